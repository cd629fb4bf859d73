"""Where tokens lie in the records (`credit_platform.resealing`)."""

from __future__ import annotations

from credit_platform import sealing
from credit_platform.resealing import Column, Json
from records.former_keys import RETIRED
from records.ledger_rules import content_hash
from records.models import Subject

SUBJECT, IDENTIFIER, REJECT = "records.subject", "records.identifier", "records.reject"

RECORDS = Json(
    label="记录内容中的证件号码",
    table="records_creditrecord",
    column="content",
    content_hash="content_hash",
    hashed=content_hash,
)
PLACES = (
    Column(
        label="自然人证件号码",
        table="records_subject",
        column="id_cipher",
        purpose=SUBJECT,
        bound=("id_hash",),
        digest="id_hash",
    ),
    Column(
        label="主体号码中的证件号码",
        table="records_subjectidentifier",
        column="cipher",
        purpose=IDENTIFIER,
        bound=("value",),
        digest="value",
        within=("subject_id", "kind"),
    ),
    RECORDS,
    Json(
        label="历史版本中的证件号码",
        table="audit_history",
        column="old",
        hashed=content_hash,
        inside=True,
        only="table_name = 'records_creditrecord'",
    ),
    Json(label="暂存表单中的证件号码", table="records_entrydraft", column="data"),
    Column(
        label="导入退回行",
        table="records_importreject",
        column="cipher",
        purpose=REJECT,
        bound=("batch_id", "sheet", '"row"'),
    ),
    Column(
        label="已停用的到达摘要密钥",
        table="records_retiredlookup",
        column="token",
        purpose=RETIRED,
        bound=("number",),
        key="number",
    ),
)


def sealed_number(number: str) -> tuple[str, bytes]:
    """The look-up hash and the token of a natural person's number; the token opens beside this hash alone."""
    digest = sealing.number_hash(number)
    return digest, sealing.encrypt(number.encode(), sealing.place(SUBJECT, digest))


def number_of(subject: Subject) -> str:
    """The plain number of a natural person, "" when there is none. Only actions may call this, after the look was registered."""
    if not subject.id_cipher:
        return ""
    return sealing.decrypt(bytes(subject.id_cipher), sealing.place(SUBJECT, subject.id_hash)).decode()


def reject_place(batch_id: int, sheet: str, row: int) -> str:
    """What a refused row of an import is bound to."""
    return sealing.place(REJECT, batch_id, sheet, row)
