"""Where tokens lie in the commitments (`credit_platform.resealing`)."""

from __future__ import annotations

from credit_platform.resealing import Column

CONTACT = "commitments.contact"
PLACES = (Column(label="不实反映联系方式", table="commitments_declarationreport", column="contact", purpose=CONTACT),)
