"""What Django's own validation finds, said as our findings."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction

from credit_platform.errors import Conflict, Finding, Level, Refused


def findings_of(error: ValidationError, rule: str) -> list[Finding]:
    """One finding per message; the field is "" for the row as a whole."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    return [
        Finding(rule, Level.ERROR, str(text), field="" if field == NON_FIELD_ERRORS else field)
        for field, texts in by_field.items()
        for text in texts
    ]


def check(row: models.Model, code: str, exclude: Collection[str] = ()) -> None:
    """Refused with every finding when the row would not pass its own fields, uniqueness and constraints."""
    try:
        row.full_clean(exclude=set(exclude))
    except ValidationError as error:
        refuse(code, findings_of(error, code))


def insert(row: models.Model, code: str) -> None:
    """Write a new row that passed `check`; Conflict when somebody else entered the same one a moment earlier."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(
            f"{code}.taken", "他人刚刚登记了相同的内容，您的提交没有保存。", mend="请刷新后核对。"
        ) from error


def refuse(code: str, findings: Collection[Finding]) -> None:
    """Refused when there is a finding; its text is all of them in one line."""
    if findings:
        text = " ".join(finding.text for finding in findings)
        article = next((finding.article for finding in findings if finding.article), "")
        mend = " ".join(finding.mend for finding in findings if finding.mend)
        raise Refused(code, text, article=article, mend=mend, findings=tuple(findings))
