"""Letters and breaches that the public sees, as the follower and the verbs leave them."""

from __future__ import annotations

from datetime import date

from django.test import Client

from commitments.breaches.rules import BreachState
from commitments.models import CommitmentLetter
from commitments.tests import cases
from credit_platform.accounts.models import Department
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory
from disclosure.models import Disclosure
from disclosure.tests.public.factories import ShownPermitFactory
from records.actions import enter
from records.models import CreditRecord
from records.standards import registry
from records.standards.example import example_row
from records.tests import factories as ledger

DOOR = "/commitments/"


def a_bureau() -> Department:
    """An authority of the first district, as rows of letters name it."""
    return DepartmentFactory(uscc=ledger.valid_code(70000001, "11"), district="230102")


def a_letter(bureau, number=1, **changes) -> CommitmentLetter:
    """A letter that came in the usual way, so that it is public as it stands."""
    authority = {"CN_JG": bureau.name, "CN_JGDM": bureau.uscc, "CN_LYDW": bureau.name, "CN_LYDWDM": bureau.uscc}
    free = {
        "CN_LX": "主动型",
        "CN_SXBM": "",
        "CN_GKSX": "社会公开",
        "CN_BM": f"HRBCN2026-{number:06d}",
        "CN_QH": "230102",
    }
    free["CN_ZCRQ"] = "2026-10-08"
    row = example_row(registry.get("commitment"), date(2026, 10, 8)) | authority | free | changes
    record = enter("commitment", row, by=ClerkFactory(department=bureau), department=bureau)
    return CommitmentLetter.objects.get(record=record)


def page(address: str = DOOR, **query: str) -> str:
    answer = Client().get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def shown_letter(*, disclosed: dict | None = None, **values) -> CommitmentLetter:
    """A letter whose disclosure is public; `disclosed` goes to the disclosure."""
    letter = cases.LetterFactory(**values)
    given = {"kind": "commitment", "on_entry": True, "ends_on": None} | (disclosed or {})
    ShownPermitFactory(record=letter.record, **given)
    return letter


def person_letter(name: str = "欧阳小某") -> CommitmentLetter:
    """The letter of a natural person."""
    return shown_letter(record__subject=ledger.PersonFactory(name=name))


def disclosure_of(letter) -> Disclosure:
    """The disclosure of a letter."""
    return Disclosure.objects.get(record=letter.record)


def shown_breach(letter=None, **values):
    """A decided breach of a public letter, with its public disclosure."""
    letter = letter or shown_letter()
    number = values.pop("number", f"示市监诺决〔2026〕{letter.pk}号")
    content = {"WN_WSH": number, "WN_BM": letter.code, "WN_SS": "未按承诺配备冷藏设备。", "WN_CS": "一年内不再适用告知承诺",
               "WN_CSZ": "2027-11-23", "WN_GKSX": "社会公开"}  # fmt: skip
    record: CreditRecord = ledger.CreditRecordFactory(
        subject=letter.subject, item=ledger.CatalogueItemFactory(code="XYWN", name="违背信用承诺信息"),
        kind="commitment-breach", standard="commitment-breach", title="食品经营许可（仅销售预包装食品）",
        document_number=number, authority=letter.department, content=content, decided_on=cases.TODAY,
    )  # fmt: skip
    case = cases.CandidateFactory(
        letter=letter, state=BreachState.DECIDED, determined_on=cases.TODAY, decided_on=cases.TODAY, closed_on=cases.TODAY,
        reasons="事实清楚。", record=record, document_number=number,
    )  # fmt: skip
    ShownPermitFactory(record=record, kind="commitment-breach", title=record.title, on_entry=True, **values)
    return case
