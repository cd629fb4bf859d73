"""Where tokens lie in the commitments (`credit_platform.resealing`)."""

from __future__ import annotations

from credit_platform.resealing import Column

REPORTER, CONTACT = "commitments.reporter", "commitments.contact"
PLACES = (
    Column(label="违诺线索反映人", table="commitments_breachreport", column="reporter", purpose=REPORTER),
    Column(label="不实反映联系方式", table="commitments_declarationreport", column="contact", purpose=CONTACT),
)
