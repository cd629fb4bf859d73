"""Signing online: text, number, record, letter, PDF and audit in one transaction, or nothing of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from commitments.availability.queries import availability
from commitments.letters.pdf import LetterPdf, render
from commitments.letters.queries.signing import entries_for, heading_of
from commitments.letters.rules.numbers import letter_number
from commitments.lists.rules.texts import MISSING_DOCUMENTS, blanks_findings, filled, text_hash, whole_text
from commitments.models import CommitmentLetter, LetterTemplate, MatterEntry, Signature
from commitments.rules.kinds import TYPE_LABELS, Channel, CommitmentType
from companies.actions import require_signing
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform import vault
from credit_platform.accounts import policy
from credit_platform.accounts.actors import OnBehalf
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Forbidden, Level, Refused
from credit_platform.web.formats import cn_datetime
from records.actions import enter
from records.identifiers import personal
from records.identifiers.names import mask_person_name
from records.models import CreditRecord, Subject

FOLDER = "letters"


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be signed on a day: the text word for word, and its hash, which the signer sends back."""

    entry: MatterEntry
    template: LetterTemplate
    values: dict[str, str]
    text: str
    content: str
    sha256: str


def draft(entry: MatterEntry, template: LetterTemplate, subject: Subject, values: Mapping[str, str], on: date) -> Draft:
    """The letter with its blanks filled. Raises Refused with findings at `blank-<name>`: what is missing, and personal data in a
    letter that will be public (个人信息保护法 art. 28)."""
    given = {str(blank["name"]): str(values.get(str(blank["name"]), "")).strip() for blank in template.blanks}
    findings = blanks_findings(template.blanks, given)
    for name, value in given.items():
        found = personal.findings(value, field=f"blank-{name}") if entry.visibility == "public" else []
        findings += [finding for finding in found if finding.level is Level.ERROR]
    if findings:
        raise Refused("letter.blanks", "承诺书的填写项有误，没有签署。", findings=findings)
    body = filled(template.body, given, template.blanks)
    liability = filled(template.liability, given, template.blanks)
    text = whole_text(heading_of(subject, entry, template), body, liability, on)
    return Draft(entry, template, given, text, body, text_hash(text))


def sign(
    entry: MatterEntry,
    *,
    by: CompanyAccount,
    values: Mapping[str, str],
    seen: str,
    site: str,
    on: date | None = None,
) -> Signature:
    """Sign a letter for the company itself; the caller has just proved who it is.

    `seen` is the hash of the text that stood on the screen, `site` the address of the platform for the QR code. Enters the record under
    XYCN on the company's behalf, keeps the PDF encrypted with its hash. Raises Forbidden; Refused (blanks, matter not for it, 告知承诺
    barred, with the day and the reason; a password that was just reset). Conflict when the text changed since it was read, or the
    account is closed.
    """
    on = on or timezone.localdate()
    kept: list[vault.Stored] = []
    try:
        with acting(by):
            policy.require(by, "commitments.sign")
            account = _locked(by)
            subject = canonical_subject(account)
            made = draft(*_in_force(entry, subject, on), subject, values, on)
            if made.sha256 != seen:
                raise Conflict("letter.changed", "承诺书文本已有变化，没有签署。", mend="请重新阅读后再签署。")
            return _signed(made, account, subject, site, on, kept)
    except BaseException:
        for stored in kept:
            vault.remove(stored.path)
        raise


def _signed(
    made: Draft, account: CompanyAccount, subject: Subject, site: str, on: date, kept: list[vault.Stored]
) -> Signature:
    """Everything that comes of a signature; what was put on the disk stands in `kept`, for the case that something fails."""
    number, token, at = letter_number(on, next_number()), uuid4(), timezone.now()
    record = enter(
        "commitment", letter_row(made, subject, number, on), by=OnBehalf(account), department=made.entry.department
    )
    letter = _letter(record)
    pdf = render(
        _printed(made, number, account, cn_datetime(timezone.localtime(at)), _verify(site, number, str(token)), site)
    )
    kept.append(vault.store([pdf], folder=FOLDER))
    signature = Signature.objects.create(
        letter=letter,
        template=made.template,
        account=account,
        number=number,
        token=token,
        signer_name=account.handler,
        text=made.text,
        values=made.values,
        text_sha256=made.sha256,
        pdf_path=kept[-1].path,
        pdf_sha256=kept[-1].sha256,
        signed_at=at,
    )
    told = {"number": number, "text_sha256": made.sha256, "pdf_sha256": signature.pdf_sha256}
    audit.record("commitments.sign", letter, by=account, after=told, unit_id=letter.department_id)
    return signature


def pdf_of(signature: Signature) -> bytes:
    """The PDF as it was stored. vault.Lost when it is gone or was altered."""
    return vault.read(signature.pdf_path)


def _locked(by: CompanyAccount) -> CompanyAccount:
    row = CompanyAccount.objects.select_for_update(of=("self",)).select_related("subject").get(pk=by.pk)
    if not row.is_authenticated:
        raise Forbidden("commitments.account", "该账户已不能办理业务。")
    require_signing(row)
    return row


def _in_force(entry: MatterEntry, subject: Subject, on: date) -> tuple[MatterEntry, LetterTemplate]:
    """The entry and the text in force, locked against being repealed meanwhile; and whether the subject may use them."""
    current = entries_for(subject, on).filter(pk=entry.pk).select_for_update(of=("self",)).first()
    if current is None:
        raise Refused("letter.matter", "该事项目前不能由本主体在线签署承诺。", mend="请在事项清单中重新选择。")
    template = LetterTemplate.objects.in_force(on).select_for_update(of=("self",)).get(matter=current.matter)
    told = availability(subject, current.matter, on)
    if not told.available:
        raise Refused("letter.barred", told.reason, article=told.basis, findings=[_barred(told.reason, told.basis)])
    return current, template


def _barred(reason: str, basis: str) -> Finding:
    return Finding("letter.barred", Level.ERROR, reason, article=basis)


def _letter(record: CreditRecord) -> CommitmentLetter:
    """The letter that the ledger's follower made of the record; signed online, whoever entered it."""
    letter = CommitmentLetter.objects.get(record=record)
    if letter.channel != Channel.ONLINE:
        letter.channel = Channel.ONLINE.value
        letter.save(update_fields=["channel"])
    return letter


def next_number() -> int:
    """The next number of the sequence of letters; one that is not used leaves a gap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('commitments_signature_number')")
        return int(cursor.fetchone()[0])


def letter_row(made: Draft, subject: Subject, number: str, on: date) -> dict[str, object]:
    """The record of a letter in the fields of the standard."""
    department = made.entry.department
    return {
        "CN_BM": number,
        "CN_XDR_MC": subject.name,
        "CN_XDR_LB": subject.get_kind_display(),
        "CN_XDR_SHXYM": subject.code or "",
        "CN_FRDB": subject.legal_representative,
        "CN_LX": TYPE_LABELS[CommitmentType(made.entry.commitment_type)],
        "CN_SXMC": made.entry.matter.name,
        "CN_SXBM": made.entry.matter.code,
        "CN_NR": made.content.strip(),
        "CN_ZR": made.template.liability.strip(),
        "CN_RQCL": made.values.get(MISSING_DOCUMENTS, ""),
        "CN_QH": subject.district,
        "CN_ZCRQ": on.isoformat(),
        "CN_JG": department.name,
        "CN_JGDM": department.uscc or "",
        "CN_LYDW": department.name,
        "CN_LYDWDM": department.uscc or "",
        "CN_GKSX": made.entry.get_visibility_display(),
    }


def _verify(site: str, number: str, token: str) -> str:
    return f"{site.rstrip('/')}/commitments/verify/?{urlencode({'no': number, 't': token})}"


def _printed(made: Draft, number: str, account: CompanyAccount, at: str, url: str, site: str) -> LetterPdf:
    return LetterPdf(
        number=number,
        text=made.text,
        text_sha256=made.sha256,
        signer=mask_person_name(account.handler),
        signed_at=at,
        verify_url=url,
        verify_page=f"{site.rstrip('/')}/commitments/verify/",
    )


def file_hash(data: bytes) -> str:
    """SHA-256 of a file, hexadecimal."""
    return hashlib.sha256(data).hexdigest()
