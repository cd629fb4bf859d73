"""Questions about accounts: whose they are, which wait, and whether a subject is in the register."""

from __future__ import annotations

from companies.models import CompanyAccount, CompanyAccountQuerySet
from credit_platform.errors import Finding, Level
from records.identifiers.clean import clean_code
from records.identifiers.names import normalise
from records.models import Subject, SubjectKind
from records.queries import standing

UNKNOWN = "登记信息中没有这个统一社会信用代码。"
UNKNOWN_MEND = "请对照营业执照核对；新设立的主体须待登记机关报送后申请，也可以到政务服务大厅信用窗口咨询。"
OTHER_NAME = "名称与登记信息不一致，请填写营业执照或者登记证书上的全称。"


def subject_called(code: str, name: str) -> tuple[Subject | None, list[Finding]]:
    """The subject of the register with a code and a present name, and what stands against it (fields `code`, `name`).

    Only what the public register tells anyway is told. A code of a subject that was merged leads to the one that is kept.
    """
    cleaned = clean_code(code)
    if not cleaned:
        return None, [Finding("company.code", Level.ERROR, "请填写统一社会信用代码。", field="code")]
    found = Subject.objects.exclude(kind=SubjectKind.PERSON).filter(code=cleaned).first()
    if found is None:
        return None, [Finding("company.code", Level.ERROR, UNKNOWN, mend=UNKNOWN_MEND, field="code")]
    subject = standing(found)
    names = {normalise(found.name), normalise(subject.name)}
    if normalise(name) not in names:
        return subject, [Finding("company.name", Level.ERROR, OTHER_NAME, field="name")]
    return subject, []


def standing_subject(account: CompanyAccount) -> Subject:
    """Whom an account acts for today: its subject, or the one that it was merged into."""
    return standing(account.subject)


def accounts() -> CompanyAccountQuerySet:
    """All accounts with what a list shows; the encrypted phone stays in the database."""
    return (
        CompanyAccount.objects.select_related("subject", "confirmed_by", "confirmed_at_department")
        .defer("phone", "password")
        .order_by("-applied_at", "-id")
    )


def found_at_window(text: str) -> list[CompanyAccount]:
    """Accounts by receipt, whole code, or beginning of the subject's name; those that wait first, twenty at most."""
    wanted = clean_code(text)
    if len(wanted) < 2:
        return []
    by_number = accounts().filter(receipt=wanted) | accounts().filter(subject__code=wanted)
    rows = list(by_number[:20]) or list(accounts().filter(subject__name__startswith=text.strip())[:20])
    return sorted(rows, key=lambda row: row.state != "applied")
