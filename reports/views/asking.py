"""Whom a report that somebody asks for is about."""

from __future__ import annotations

from credit_platform.errors import Refused, at_field
from disclosure.public.pages import public_subject
from records.models import Subject

NOT_FOUND = "没有查到这个代码的主体，或者该主体没有公示信息。"


def subject_called(code: str, *, mend: str) -> Subject:
    """The subject with a public page under a code. Refused, at the field of the code, when there is none."""
    subject = public_subject(code)
    if subject is None:
        found = at_field("report.subject", "code", NOT_FOUND, mend=mend)
        raise Refused("report.subject", NOT_FOUND, mend=mend, findings=[found])
    return subject
