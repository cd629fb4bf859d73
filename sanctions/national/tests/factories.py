"""Events of the national system for tests, one way a state: each brought there by its real steps."""

from __future__ import annotations

import json
from datetime import date
from itertools import count

from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.models import User
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    ReviewerFactory,
)
from sanctions.national.actions import answering, handling, receiving
from sanctions.national.models import NationalDelivery, NationalEvent

TODAY = date(2026, 11, 23)
PDF = AttachedFile("证明.pdf", b"%PDF-1.4 tested")
PERSON = "11010519491231002X"
_numbers = count(1)
WAYS = {
    "received": (),
    "assigned": ("assign",),
    "verified": ("assign", "verify"),
    "answered": ("assign", "verify", "approve"),
    "dispatched": ("assign", "verify", "approve", "dispatch"),
    "closed": ("assign", "verify", "approve", "dispatch", "acknowledge"),
}


def told(number: str = "", **more: object) -> dict[str, object]:
    """An event as the national system writes it."""
    event = {
        "number": number or f"GJ-2026-{next(_numbers):06d}",
        "kind": "punishment",
        "subject_name": "哈尔滨示例有限公司",
        "subject_code": "91230100HD00000017",
        "account": "被列入失信被执行人名单，请核查。",
        "occurred_on": "2026-11-02",
        "list_name": "失信被执行人",
        "authority": "示例法院",
    } | more
    return {name: value for name, value in event.items() if value is not None}


def body(*events: dict[str, object]) -> bytes:
    return json.dumps({"format": "HRB-NE-1", "events": list(events)}, ensure_ascii=False).encode()


def receive(*events: dict[str, object], by: User | None = None, **more: str) -> NationalDelivery:
    given = {"name": "事件.json", "format_code": "HRB-NE-1", "channel": "file"} | more
    return receiving.receive(body(*events), by=by or CreditOfficeFactory(), **given)


def event_in(state: str, **more: object) -> Case:
    receive(event := told(**more))
    case = NationalEvent.objects.get(number=event["number"]).case
    for verb in WAYS[state]:
        case = take(case, verb)
    return case


def take(case: Case, verb: str, by: User | None = None, **more: object) -> Case:
    """Carry an event one step on, by the person whom it falls to."""
    unit = case.department
    given = {
        "assign": lambda: {"by": CreditOfficeFactory(), "department": DepartmentFactory()},
        "give_back": lambda: {"by": ClerkFactory(department=unit), "reason": "不属于本单位职责。"},
        "verify": lambda: {"by": ClerkFactory(department=unit), "result": "true", "statement": "经核查属实。"},
        "approve": lambda: {"by": ReviewerFactory(department=unit)},
        "send_back": lambda: {"by": ReviewerFactory(department=unit), "reason": "请补充材料。"},
    }
    if verb in given:
        options = given[verb]() | more | ({"by": by} if by else {})
        return getattr(handling, verb)(case, **options)
    with_step = {"dispatch": _dispatch, "acknowledge": _acknowledge, "reject": _reject}[verb]
    return with_step(case)


def _dispatch(case: Case) -> Case:
    """The verb of the whole file, as far as it concerns one event."""
    from casework.actions import step
    from sanctions.national.rules import EVENT

    if case.state == "answered":
        answering.dispatch(by=CreditOfficeFactory())
        return Case.objects.get(pk=case.pk)
    with step(EVENT, case, "dispatch", by=CreditOfficeFactory()):
        pass
    return Case.objects.get(pk=case.pk)


def receipt(case: Case, *, accepted: bool, reason: str = "") -> bytes:
    line = case.nationalevent.answers.latest("pk")
    results = [{"number": line.event.number, "accepted": accepted, "reason": reason}]
    return json.dumps({"format": "HRB-NE-1", "feedback": line.feedback.number, "results": results}).encode()


def _acknowledge(case: Case) -> Case:
    return _receipt(case, "acknowledge", accepted=True)


def _reject(case: Case) -> Case:
    return _receipt(case, "reject", accepted=False, reason="缺少证明材料。")


def _receipt(case: Case, verb: str, **more) -> Case:
    from casework.actions import step
    from sanctions.national.rules import EVENT

    if case.state == "dispatched":
        answering.take_receipt(receipt(case, **more), format_code="HRB-NE-1", by=CreditOfficeFactory())
        return Case.objects.get(pk=case.pk)
    with step(EVENT, case, verb, by=CreditOfficeFactory()):
        pass
    return Case.objects.get(pk=case.pk)
