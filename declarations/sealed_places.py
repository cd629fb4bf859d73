"""Where tokens lie in declarations (`credit_platform.resealing`)."""

from __future__ import annotations

from credit_platform.resealing import Column

CONTACT = "commitments.contact"
"""The place that the tokens are bound to. It is older than this app, and what was sealed under it still opens."""
PLACES = (Column(label="不实反映联系方式", table="declarations_declarationreport", column="contact", purpose=CONTACT),)
