"""A report of another region is taken in for a matter: read, judged, stored as it was handed in."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.utils import timezone

from casework.rules.attachments import AttachedFile, safe_name
from credit_platform import vault
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.check_characters import numbered
from credit_platform.errors import Finding, Refused, at_field, refuse, required
from credit_platform.pdf import PRODUCER
from records.identifiers.personal import removed
from records.models import Subject, SubjectKind
from reports.models import ForeignReport, ReportIssuer
from reports.queries.issued import by_file
from reports.region import rules
from reports.region.reading import Facts, facts_of
from reports.region.rules import Seal

TAKE_IN, FOLDER, RANDOM = "reports.take_in", "foreign-reports", 5
MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a report was handed in for."""

    matter: str
    case_number: str


def take_in(subject: Subject, handed: AttachedFile, case: Case, *, by: User) -> ForeignReport:
    """Store another region's report about an organisation with what is told of it: seal, data inside, what does not fit.

    Who: clerk, reviewer, window clerk, credit office (`reports.take_in`). FileRefused for what is no PDF; Refused for a natural person, without
    matter or case, for a report of ours, which is checked at /reports/verify/. A forged or altered file is stored too: it was handed in.
    Source: 哈政办规〔2020〕12号 no. 29.
    """
    policy.require(by, TAKE_IN)
    refuse(list(_against(subject, handed, case)))
    today, facts = timezone.localdate(), facts_of(handed.data)
    issuers = {each.fingerprint: each for each in ReportIssuer.objects.in_force(today).exclude(fingerprint="")}
    seal = rules.seal_of(facts.signatures, frozenset(issuers))
    twin = rules.twin_of(facts.twin)
    findings = rules.told_of(
        seal,
        twin,
        own_name=PRODUCER,
        subject_code=subject.code or "",
        acts=facts.acts,
        has_data=bool(facts.twin),
        on=today,
    )
    row = ForeignReport(
        number=_number(today),
        subject=subject,
        issuer=_issuer(facts, issuers) if seal is Seal.KNOWN else None,
        matter=case.matter.strip(),
        case_number=case.case_number.strip(),
        department=by.department,
        taken_by=by,
        name=removed(safe_name(handed.name, "application/pdf")),
        pages=facts.pages,
        seal=seal.value,
        signer=_signer(facts),
        findings=[asdict(each) for each in findings],
        twin=twin.content if twin else None,
    )
    return _stored(row, handed.data, by)


def file_of(row: ForeignReport, *, by: User) -> bytes:
    """The file as it was handed in, for who may see it; the look is written down first. Refused when it was disposed of."""
    if row.disposed_on:
        raise Refused("reports.foreign.disposed", f"文件已于{row.disposed_on:%Y年%-m月%-d日}按保存期限销毁。")
    with acting(by):
        audit.record("reports.foreign_look", row, by=by, reason=row.matter, unit_id=row.department_id)
    return vault.read(row.path)


def _against(subject: Subject, handed: AttachedFile, case: Case) -> Iterator[Finding]:
    yield from required(case.matter, "matter", "请填写办理的事项。", rule="reports.foreign.matter", most=100)
    yield from required(case.case_number, "case_number", "请填写办件编号。", rule="reports.foreign.case", most=60)
    if subject.kind == SubjectKind.PERSON or not subject.code:
        text, mend = "这里只登记法人、非法人组织和个体工商户的报告。", "个人报告只供其接收方使用，不在平台登记。"
        yield at_field("reports.foreign.person", "q", text, mend=mend)
    if len(handed.data) > MOST_BYTES:
        yield at_field("reports.foreign.size", "file", "文件超过10兆字节。", mend="请使用出具方提供的原始文件。")
    elif by_file(hashlib.sha256(handed.data).hexdigest()) is not None:
        mend = "真伪在“核对真伪”页面核对，报告在“信用报告”中查看。"
        yield at_field("reports.foreign.own", "file", "这是本平台出具的报告，不必登记。", mend=mend)


def _stored(row: ForeignReport, data: bytes, by: User) -> ForeignReport:
    stored = vault.store([data], folder=FOLDER)
    row.sha256, row.size, row.path = stored.sha256, stored.size, stored.path
    try:
        with acting(by):
            row.save(force_insert=True)
            after = {"number": row.number, "seal": row.seal, "sha256": row.sha256, "case": row.case_number}
            audit.record(TAKE_IN, row, by=by, after=after, reason=row.matter, unit_id=row.department_id)
    except BaseException:
        vault.remove(stored.path)
        raise
    return row


def _issuer(facts: Facts, issuers: Mapping[str, ReportIssuer]) -> ReportIssuer | None:
    return next((issuers[each.fingerprint] for each in facts.signatures if each.fingerprint in issuers), None)


def _signer(facts: Facts) -> str:
    return next((each.signer for each in facts.signatures if each.whole), "")[:300]


def _number(on: date) -> str:
    return numbered("YD", on, os.urandom(RANDOM), 6)
