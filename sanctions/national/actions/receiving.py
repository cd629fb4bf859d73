"""Taking in: a delivery is kept as it came, and its events are new, the same, changed, or refused. Any delivery can be read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from casework.actions.opening import open_many
from casework.models import Case
from casework.queries.clocks import days_of
from credit_platform import pg, sealing, vault
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import ApiClient, Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Refused
from records.identifiers.idcard import mask_id
from records.identifiers.personal import removed
from records.models import Subject
from records.queries import canonical
from sanctions.national import rules
from sanctions.national.formats import Format, Misread, digest_of, format_of
from sanctions.national.models import NationalDelivery, NationalDeliveryLine, NationalEvent
from sanctions.national.rules import EVENT, Arrival, ReceivedEvent, Stage, against_event
from sanctions.national.sealed_places import PERSON

FOLDER = "national"
MOST_BYTES = 10 * 1024 * 1024
MOST_IN_FILE = 10_000
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('sanctions.national.receive'))"
"""Two deliveries that hold the same event do not both find it new."""


@dataclass(slots=True)
class _Line:
    """One event of a delivery as it was judged; `event` once there is one."""

    number: str
    outcome: Arrival
    text: str = ""
    event: NationalEvent | None = None


def receive(data: bytes, *, name: str, format_code: str, channel: str, by: User | ApiClient) -> NationalDelivery:
    """Take a delivery in: keep it, judge each event alone. Credit office (file), its client (interface).

    Refused when nothing can be read of it, or it holds more than 10,000 events (1,000 by the interface). The same delivery again is kept
    again and changes nothing: its lines say 无变化.
    """
    found = format_of(format_code)
    if len(data) > MOST_BYTES:
        raise Refused("delivery.size", f"文件超过{MOST_BYTES // 1048576}兆字节。", mend="请分成几份。")
    items = found.events(data)
    most = rules.MOST_EVENTS if channel == "api" else MOST_IN_FILE
    if len(items) > most:
        raise Refused("delivery.many", f"一次最多接收{most}个事件，现为{len(items)}个。", mend="请分成几次。")
    with acting(by):
        policy.require(by, rules.RECEIVE if channel == "api" else rules.RUN, by.department)
        if by.department is None:
            raise Refused("delivery.office", "接收事件的账号没有所属单位。", mend="请安全管理员补上单位。")
        stored = vault.store([data], folder=FOLDER)
        try:
            with transaction.atomic():
                return _kept(stored, found, items, name=name, channel=channel, office=by.department, by=by)
        except BaseException:
            vault.remove(stored.path)
            raise


def replay(delivery: NationalDelivery, *, by: User) -> NationalDelivery:
    """Read a kept delivery again, for events that were refused before a mistake of ours was mended. Credit office."""
    with acting(by):
        policy.require(by, rules.RUN)
        data = vault.read(delivery.path)
    name = f"重新读取：{delivery.name}"[:200]
    return receive(data, name=name, format_code=delivery.format, channel="file", by=by)


def _kept(
    stored: vault.Stored,
    found: Format,
    items: Sequence[ReceivedEvent | Misread],
    *,
    name: str,
    channel: str,
    office: Department,
    by: Actor,
) -> NationalDelivery:
    pg.query(ONE_AT_A_TIME)
    delivery = NationalDelivery.objects.create(
        channel=channel,
        format=found.code,
        name=removed(name)[:200],
        path=stored.path,
        size=stored.size,
        sha256=stored.sha256,
        received_by=by.actor_name[:100],
    )
    today = timezone.localdate()
    lines = _judged(items, today)
    _open(items, lines, office=office, by=by, on=today)
    _follow(items, lines, by=by)
    NationalDeliveryLine.objects.bulk_create(
        NationalDeliveryLine(
            delivery=delivery,
            place=place,
            number=line.number,
            outcome=line.outcome,
            text=line.text[:500],
            event=line.event,
        )
        for place, line in enumerate(lines)
    )
    counts = {each.value: sum(line.outcome is each for line in lines) for each in Arrival}
    audit.record("sanctions.national.receive", delivery, by=by, detail=counts, unit_id=office.pk)
    return delivery


def _judged(items: Sequence[ReceivedEvent | Misread], today: date) -> list[_Line]:
    numbers = [each.number for each in items if each.number]
    known = {row.number: row for row in NationalEvent.objects.select_related("case").filter(number__in=numbers)}
    seen: set[str] = set()
    lines = []
    for each in items:
        lines.append(_line(each, known.get(each.number), today, again=each.number in seen))
        seen.add(each.number)
    return lines


def _line(item: ReceivedEvent | Misread, event: NationalEvent | None, today: date, *, again: bool) -> _Line:
    if isinstance(item, Misread):
        return _Line(item.number, Arrival.REFUSED, item.text)
    if found := list(against_event(item, today=today)):
        return _Line(item.number[:64], Arrival.REFUSED, "；".join(each.text for each in found))
    if again:
        return _Line(item.number, Arrival.REFUSED, "同一份材料中事件编号重复，只接收第一个。")
    same_person = event is None or _number_of(event) == item.id_number
    known = event.digest if event and same_person else "" if event else None
    outcome = rules.arrival(known, digest_of(item), event.case.state if event else "")
    text = "该事件已经答复，内容又有变化，请人工核对。" if outcome is Arrival.LATE else ""
    return _Line(item.number, outcome, text, event)


def _number_of(event: NationalEvent) -> str:
    if not event.id_number:
        return ""
    return sealing.decrypt(bytes(event.id_number), sealing.place(PERSON, event.pk)).decode()


def _open(
    items: Sequence[ReceivedEvent | Misread], lines: Sequence[_Line], *, office: Department, by: Actor, on: date
) -> None:
    """Cases for what is new, with the days to assign them."""
    new = [
        (item, line)
        for item, line in zip(items, lines, strict=True)
        if isinstance(item, ReceivedEvent) and line.outcome is Arrival.NEW
    ]
    subjects = _subjects([item for item, _ in new])
    begun = [(subjects.get(item.number), office, {"office": office} | _columns(item)) for item, _ in new]
    days = days_of(EVENT, Stage.ASSIGNING, on=on, otherwise=rules.DAYS[Stage.ASSIGNING])
    cases = open_many(EVENT, begun, by=by, on=on, days=days)
    for (item, line), case in zip(new, cases, strict=True):
        line.event = case.nationalevent
        _seal(line.event, item)


def _follow(items: Sequence[ReceivedEvent | Misread], lines: Sequence[_Line], *, by: Actor) -> None:
    """What is not answered yet takes the new content; the case keeps its state and its clock."""
    for item, line in zip(items, lines, strict=True):
        if not isinstance(item, ReceivedEvent) or line.outcome is not Arrival.CHANGED or line.event is None:
            continue
        case = Case.objects.select_for_update().get(pk=line.event.pk)
        event = NationalEvent.objects.select_for_update().get(pk=case.pk)
        before = {"digest": event.digest}
        for name, value in _columns(item).items():
            setattr(event, name, value)
        event.save()
        _seal(event, item)
        case.subject, case.version = _subjects([item]).get(item.number), case.version + 1
        case.save(update_fields=["subject", "version"])
        after = {"digest": event.digest}
        audit.record("sanctions.national.change", case, by=by, before=before, after=after, unit_id=case.department_id)


def _columns(item: ReceivedEvent) -> dict[str, object]:
    """The event as its table keeps it: no number of a person in any text."""
    return {
        "number": item.number,
        "digest": digest_of(item),
        "kind": item.kind,
        "subject_name": removed(item.subject_name),
        "subject_code": item.subject_code[:18],
        "id_masked": mask_id(item.id_number) if item.id_number else "",
        "list_name": removed(item.list_name)[:200],
        "authority": removed(item.authority)[:200],
        "account": removed(item.account),
        "occurred_on": item.occurred_on,
        "answer_by": item.answer_by,
    }


def _seal(event: NationalEvent, item: ReceivedEvent) -> None:
    where = sealing.place(PERSON, event.pk)
    sealed = sealing.encrypt(item.id_number.encode(), where) if item.id_number else None
    NationalEvent.objects.filter(pk=event.pk).update(id_number=sealed)


def _subjects(items: Sequence[ReceivedEvent]) -> dict[str, Subject]:
    """The subjects of events by their numbers: by code, persons by the digest of their number, never by name."""
    codes = {item.subject_code: item.number for item in items if item.subject_code}
    found = {
        codes[str(row.code)]: canonical(row)
        for row in Subject.objects.filter(code__in=codes).select_related("merged_into")
    }
    by_code = {item.subject_code: found[item.number] for item in items if item.number in found}
    hashes = {digest: item for item in items if item.id_number for digest in sealing.number_hashes(item.id_number)}
    people = Subject.objects.filter(id_hash__in=hashes).select_related("merged_into")
    by_person = {hashes[str(row.id_hash)].id_number: canonical(row) for row in people}
    matched = {item.number: by_code.get(item.subject_code) or by_person.get(item.id_number) for item in items}
    return {number: subject for number, subject in matched.items() if subject is not None}
