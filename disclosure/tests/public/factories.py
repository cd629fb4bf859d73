"""What the public site shows, made as the verbs make it: `shown` is the masked content of the record."""

from __future__ import annotations

from datetime import date

import factory

from disclosure.models import Disclosure
from disclosure.rules.masking import public_name, shown_of
from disclosure.tests.factories import BY_STATE, PublishedFactory
from records.models import CreditRecord
from records.standards import registry
from records.tests import factories as ledger

TODAY = date(2026, 11, 23)


def masked_content(made: Disclosure) -> dict[str, str]:
    """The public fields of the record, as a publication would show them."""
    record = made.record
    return shown_of(registry.get(record.standard), record.content, subject_kind=record.subject.kind)


class ShownPenaltyFactory(PublishedFactory):
    record = factory.SubFactory(ledger.PenaltyRecordFactory)
    subject_name = factory.LazyAttribute(lambda made: public_name(made.record.subject.name, made.record.subject.kind))
    shown = factory.LazyAttribute(masked_content)
    ends_explained = {"lines": ["适用规则：R3 信用修复管理办法。", "最长公示三年：截至2029年11月10日（含当日）。"]}
    drafted_by = None
    submitted_by = None
    reviewed_by = None


class ShownPermitFactory(ShownPenaltyFactory):
    record = factory.SubFactory(ledger.PermitRecordFactory)
    ends_on = date(2031, 11, 1)
    earliest_repair_on = None
    severity = ""


class PersonPermitFactory(ShownPermitFactory):
    """The permit of a natural person, whose name the public sees masked."""

    record = factory.SubFactory(
        ledger.PermitRecordFactory, subject=factory.SubFactory(ledger.PersonFactory, name="欧阳小某")
    )


def shown_act(kind: str = "act-inspection", **values: object) -> Disclosure:
    """One of the eight other acts, of an inspection that found nothing."""
    content = {
        "JC_XDR_MC": "示例公司", "JC_SXMC": "消防监督检查", "JC_NR": "检查消防设施", "JC_YJ": "《消防法》第五十三条",
        "JC_JG_LX": "未发现问题", "JC_WSH": "示消查〔2026〕1号",
    }  # fmt: skip
    record = ledger.CreditRecordFactory(
        kind=kind,
        standard=kind,
        title="消防监督检查",
        content=content,
        item=ledger.CatalogueItemFactory(code=f"{kind}-1", name="行政行为"),
    )
    return ShownPenaltyFactory(record=record, earliest_repair_on=None, shown=content, **values)


def registration(subject: object, **values: object) -> Disclosure:
    """The registration data of a subject."""
    record = ledger.CreditRecordFactory(
        subject=subject,
        kind="registration",
        standard="registration",
        title="登记",
        decided_on=date(2015, 7, 20),
        content={"QYMC": "示例", "QYLX": "有限责任公司", "ZCZB": "50万元人民币", "DJZT": "存续"},
        item=ledger.CatalogueItemFactory(code="DJXX", name="登记信息"),
    )
    return ShownPermitFactory(record=record, ends_on=None, on_entry=True, **values)


def in_state(state: str, **values: object) -> Disclosure:
    """A disclosure of a penalty in a state, published before where the state allows it."""
    record: CreditRecord = ledger.PenaltyRecordFactory()
    return BY_STATE[state](record=record, drafted_by=None, submitted_by=None, reviewed_by=None, **values)
