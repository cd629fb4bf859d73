"""Letters that another system sends (哈政办规〔2020〕12号第2项): through the push of the ledger, with their scanned attachments.

A letter is known by its number (承诺编码): sent again it changes nothing, sent with other content it is corrected, sent for another
subject or day it is refused, for then one of the two numbers is wrong.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from casework.rules.attachments import MOST, AttachedFile, media_type
from commitments.letters.actions.attachments import attach
from commitments.models import Attachment, CommitmentLetter
from credit_platform import vault
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department
from credit_platform.audit.context import acting
from credit_platform.errors import Finding, Level, Refused
from records.identifiers import docnumber
from records.imports.batches.push import Pushed, push_rows
from records.standards import registry

STANDARD = "commitment"
CODE, MADE, SUBJECT = "CN_BM", "CN_ZCRQ", "CN_XDR_SHXYM"
ROLE = "承诺书"
_LOCK = 0x434E42
ARTICLE = "哈政办规〔2020〕12号第2项"


@dataclass(frozen=True, slots=True)
class Sent:
    """One letter as it was sent: field code or label → value, and its attachments in base64."""

    fields: Mapping[str, object]
    attachments: Sequence[Mapping[str, str]] = field(default_factory=tuple)

    @property
    def code(self) -> str:
        """承诺编码 as it was written, "" when it is missing."""
        label = registry.get(STANDARD).field(CODE).label
        value = self.fields.get(CODE, self.fields.get(label))
        return value.strip() if isinstance(value, str) else ""


def collect(letters: Sequence[Sent], *, by: Actor, department: Department, key: str = "") -> Pushed:
    """Enter letters and keep their attachments, all in one transaction; each letter is answered by itself.

    1 to 1,000 letters. Who: an API client of the department (`records.import`). Raises Forbidden; Refused for more than a thousand and
    for an item outside the catalogue; Conflict when the key was used for other letters.
    """
    known: dict[int, list[Finding]] = {}
    attachments = [_attachments(letter, index, known) for index, letter in enumerate(letters)]
    _doubles(letters, known)
    beside = hashlib.sha256(
        "".join(hashlib.sha256(each.data).hexdigest() for given in attachments for each in given).encode()
    ).hexdigest()
    rows = [letter.fields for letter in letters]
    kept: list[Attachment] = []
    try:
        with acting(by):
            _taken(letters, department, known)
            pushed = push_rows(
                STANDARD,
                rows,
                by=by,
                department=department,
                key=key,
                known=known,
                beside=f" {beside}" * any(attachments),
            )
            if not pushed.repeated:
                kept += _keep(pushed, attachments, by=by)
    except BaseException:
        for attachment in kept:
            vault.remove(attachment.path)
        raise
    return pushed


def _attachments(letter: Sent, index: int, known: dict[int, list[Finding]]) -> list[AttachedFile]:
    """The attachments in clear; what is wrong with them refuses the letter, with the place in the request."""
    given = []
    found = known.setdefault(index, [])
    if len(letter.attachments) > MOST:
        found.append(_wrong("attachment.many", f"一份承诺书最多附 {MOST} 个文件。", "请合并成一个 PDF 文件。"))
        return []
    for number, attachment in enumerate(letter.attachments, start=1):
        try:
            data = base64.b64decode(attachment["content"], validate=True)
            media_type(data)
        except ValueError:  # binascii.Error is one, and what is no ASCII raises it bare
            found.append(
                _wrong("attachment.base64", f"第 {number} 个附件不是正确的 base64 文本。", "请重新编码后发送。")
            )
        except Refused as error:
            found.append(_wrong(error.code, f"第 {number} 个附件：{error.text}", error.mend))
        else:
            given.append(AttachedFile(attachment["name"], data))
    return given


def _doubles(letters: Sequence[Sent], known: dict[int, list[Finding]]) -> None:
    counts = Counter(docnumber.key(letter.code) for letter in letters if letter.code)
    seen: set[str] = set()
    for index, letter in enumerate(letters):
        key = docnumber.key(letter.code) if letter.code else ""
        if counts[key] > 1 and key in seen:
            text = "同一次报送中有两份承诺书使用这一承诺编码。"
            known.setdefault(index, []).append(
                _wrong("commitment.code-twice", text, "每份承诺书一个编码。", letter.code)
            )
        seen.add(key)


def _taken(letters: Sequence[Sent], department: Department, known: dict[int, list[Finding]]) -> None:
    """Numbers that stand for another letter already: of another subject, or made on another day."""
    with connection.cursor() as cursor:  # two requests at once shall not both find a number free
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, department.pk])
    codes = {docnumber.key(letter.code): index for index, letter in enumerate(letters) if letter.code}
    active = CommitmentLetter.objects.active().filter(
        record__document_key__in=codes, record__source_department=department
    )
    for there in active.select_related("subject", "record").only("made_on", "subject__code", "record__document_key"):
        index = codes[there.record.document_key]
        fields = letters[index].fields
        code, made = str(fields.get(SUBJECT) or "").strip().upper(), str(fields.get(MADE) or "").strip()
        other_day = made[:10].replace("/", "-") not in ("", there.made_on.isoformat(), there.made_on.strftime("%Y%m%d"))
        if (code and there.subject.code and code != there.subject.code) or (other_day and _iso(made)):
            text = "该承诺编码已用于另一份承诺书（主体或承诺日期不同）。"
            mend = "请核对编码；原承诺书填写有误的，请先撤销原记录。"
            known.setdefault(index, []).append(_wrong("commitment.code-taken", text, mend, letters[index].code))


def _iso(made: str) -> bool:
    """Whether a day is written so that it can be compared here; other forms are left to the reader of the standard."""
    return len(made) >= 8 and made.replace("-", "").replace("/", "")[:8].isdigit()


def _keep(pushed: Pushed, attachments: Sequence[Sequence[AttachedFile]], *, by: Actor) -> list[Attachment]:
    """Keep the attachments of accepted letters; one that is there already (the same content) is not kept twice."""
    wanted = {
        row.record_id: attachments[row.index]
        for row in pushed.rows
        if row.ok and row.record_id and attachments[row.index]
    }
    letters = CommitmentLetter.objects.filter(record_id__in=wanted).prefetch_related("attachments")
    kept: list[Attachment] = []
    for letter in letters:
        there = {attachment.sha256 for attachment in letter.attachments.all()}
        fresh = [each for each in wanted[letter.record_id] if hashlib.sha256(each.data).hexdigest() not in there]
        if fresh:
            kept += attach(letter, fresh, role=ROLE, by=by)
    return kept


def _wrong(rule: str, text: str, mend: str, value: str = "") -> Finding:
    code = CODE if rule.startswith("commitment.") else ""
    return Finding(rule, Level.ERROR, text, mend, field=code, value=value, article=ARTICLE if code else "")
