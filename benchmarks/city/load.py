"""From an empty database to a city: `load(subjects)`. A few minutes for a hundred thousand subjects, half an hour for the whole city."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from benchmarks.city import tables
from benchmarks.city.authorities import Authority, authorities
from benchmarks.city.decisions import NULL, YEARS, Decisions
from benchmarks.city.people import KINDS, PERSON, People, Person, generate
from benchmarks.city.tables import Writer
from credit_platform import sealing
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department, Role, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.demo.accounts import PASSWORD
from disclosure.actions.tallies import recount
from disclosure.models import Disclosure, DisclosureChange
from records.identifiers import names
from records.models import Arrival, CreditRecord, ImportBatch, ImportEffect, Subject, SubjectName

SEED = 20201016
RECORDS_EACH = 10
POURED = (Subject, SubjectName, CreditRecord, Arrival, ImportBatch, ImportEffect, Disclosure, DisclosureChange)
SUBJECT = [
    "id",
    "kind",
    "code",
    "name",
    "district",
    "registered_on",
    "legal_representative",
    "operating_status",
    "id_type",
    "id_hash",
    "created_at",
    "updated_at",
]
NAME = ["id", "subject_id", "name", "normal", "bigrams", "is_current", "since"]
BATCH_OF_REGISTER = 5000

AUDIT = """
INSERT INTO audit_entry (at, kind, verb, actor_kind, actor_id, actor_name, department_id, unit_id, object_type, object_id,
    object_label, members, detail, reason, basis, purpose, request_id, ip)
SELECT b.received_at + step.later, 'act', step.verb, 'staff', b.department_id * 2 - step.clerk, b.uploaded_by_name, b.department_id,
    b.department_id, CASE WHEN step.clerk = 1 THEN 'records.importbatch' ELSE '' END, CASE WHEN step.clerk = 1 THEN b.id::text ELSE '' END,
    '导入批次 ' || b.id, m.ids, jsonb_build_object('accepted', b.accepted), '', '', '', 'bench-' || b.id, ''
FROM records_importbatch b
CROSS JOIN (VALUES ('records.import.receive', 1, interval '0'), ('records.import.apply', 1, interval '1 minute'),
    ('disclosure.prepare', 1, interval '1 minute'), ('disclosure.submit', 1, interval '2 hours'),
    ('disclosure.approve', 0, interval '1 day'), ('disclosure.publish', 0, interval '1 day')) AS step(verb, clerk, later)
LEFT JOIN LATERAL (SELECT jsonb_agg(e.record_id) AS ids FROM (
    SELECT record_id FROM records_importeffect WHERE batch_id = b.id ORDER BY id LIMIT 200) e) m ON step.verb <> 'records.import.receive'
ORDER BY b.id, step.later
"""
LOOKS = """
INSERT INTO audit_entry (at, kind, verb, actor_kind, actor_id, actor_name, department_id, unit_id, object_type, object_id,
    object_label, reason, basis, purpose, results, request_id, ip)
SELECT now() - make_interval(hours => (g %% 60000)), 'look', 'subject.timeline', 'staff', 1 + g %% 400, '窗口人员', 1 + g %% 200, 1 + g %% 200,
    'records.subject', (1 + (g * 7919) %% %(subjects)s)::text, '', '', '', '办理行政许可', 3, '', '10.0.0.1'
FROM generate_series(1, %(looks)s) g
"""


def load(subjects: int, tell: Callable[[str], None] = print, *, today: date | None = None) -> dict[str, float]:
    """Build the city in the connected, empty, migrated database; seconds by step. The same seed and day give the same city."""
    today = today or timezone.localdate()
    steps: dict[str, float] = {}
    with _step("prepare", steps, tell):
        call_command("load_base", verbosity=0)
        offices = authorities()
        _register(offices)
        aside = tables.lay_aside([model._meta.db_table for model in POURED])
    random = Random(SEED)
    with _step("subjects", steps, tell):
        people, register = _people(subjects, random)
    with _step("records", steps, tell):
        _past(people, register, offices, today, random, tell)
    with _step("ended in the feed", steps, tell):
        _ended()
    with _step("indexes and constraints", steps, tell):
        tables.put_back(aside)
        tables.after_load([model._meta.db_table for model in POURED])
    with _step("tallies", steps, tell):
        recount(by=SYSTEM)
    with _step("audit trail", steps, tell):
        _trail(subjects)
    return steps


@contextmanager
def _step(name: str, steps: dict[str, float], tell: Callable[[str], None]) -> Iterator[None]:
    begin = time.perf_counter()
    yield
    steps[name] = time.perf_counter() - begin
    tell(f"{name:<26}{steps[name]:9.1f} s")


def _register(offices: list[Authority]) -> None:
    password = make_password(PASSWORD)
    with acting(SYSTEM):
        Department.objects.bulk_create(
            Department(
                pk=each.key, code=each.row.code, uscc=each.uscc, name=each.row.name, short_name=each.row.short_name,
                district=each.row.district, level=each.row.level,
            )
            for each in offices
        )  # fmt: skip
        staff = []
        for each in offices:
            for pk, sign, word, role in (
                (each.key * 2 - 1, "lr", "录入员", Role.CLERK), (each.key * 2, "sh", "审核员", Role.REVIEWER),
            ):  # fmt: skip
                name = f"{each.row.short_name}{word}"
                staff.append(
                    User(
                        pk=pk,
                        username=f"{each.row.code}_{sign}",
                        full_name=name[:60],
                        department_id=each.key,
                        roles=[role],
                        password=password,
                    )
                )
        staff.append(
            User(
                pk=len(offices) * 2 + 1,
                username="xyb",
                full_name="信用办工作人员",
                department_id=1,
                roles=[Role.CREDIT_OFFICE],
                password=password,
            )
        )
        User.objects.bulk_create(staff)
    tables.after_load(["accounts_department", "accounts_user"])


def _people(count: int, random: Random) -> tuple[People, list[Person]]:
    people = People()
    register: list[Person] = []
    subjects, named = Writer(Subject, SUBJECT), Writer(SubjectName, NAME)
    moment = timezone.now().isoformat()
    name_id = 0
    for position, each in enumerate(generate(count, random)):
        people.kinds.append(each.kind)
        people.names.append(each.name)
        people.codes.append(each.code)
        people.reps.append(each.rep)
        people.districts.append(each.district)
        person = each.kind == PERSON
        if person:
            people.numbers[position] = each.number
        mark = sealing.number_hash(each.number) if person else NULL
        since = NULL if person else str(each.since)
        subjects.add(
            f"{position + 1}\t{KINDS[each.kind]}\t{each.code or NULL}\t{each.name}\t{each.district}\t{since}\t{each.rep}\t"
            f"{'' if person else '存续'}\t{'身份证' if person else ''}\t{mark}\t{moment}\t{moment}"
        )
        for name, current in ((each.name, "t"), (each.former, "f")):
            if name and not person:
                name_id += 1
                normal = names.normalise(name)
                pieces = ",".join(names.bigrams(normal))
                named.add(f"{name_id}\t{position + 1}\t{name}\t{normal}\t{{{pieces}}}\t{current}\t{since}")
        register.append(each)
    subjects.close()
    named.close()
    return people, register


def _past(
    people: People,
    register: list[Person],
    offices: list[Authority],
    today: date,
    random: Random,
    tell: Callable[[str], None],
) -> None:
    city = Decisions(people, offices, today, random)
    registrar = next(each for each in offices if each.row.code == "scjgj")
    opening = today - timedelta(days=YEARS * 365 + 30)
    for position, each in enumerate(register):
        if each.kind != PERSON:
            _registration(city, registrar, position, each, max(opening, min(each.since + timedelta(days=2), today)))
    register.clear()
    events = city.events(len(people) * RECORDS_EACH - city.id)
    begin = time.perf_counter()
    for number, event in enumerate(events):
        city.write(event)
        if number % 1000 == 999:
            rate = city.id / (time.perf_counter() - begin)
            tell(f"  … {city.id:,} records, {rate:,.0f} a second")
    city.pens.close()


def _registration(city: Decisions, authority: Authority, position: int, each: Person, day: date) -> None:
    """The registration data of a subject: published on entry."""
    city.id += 1
    if city.id % BATCH_OF_REGISTER == 1:
        city.batch += 1
        sign = hashlib.sha256(str(city.batch).encode()).hexdigest()
        city.pens.batches.add(
            f"{city.batch}\t{authority.key}\tregistration\t{city.templates.registrations[0].item_id}\tapi\t{authority.key * 2 - 1}\t"
            f"{authority.row.short_name}录入员\t登记注册.json\t0\t{sign}\tdone\t{BATCH_OF_REGISTER}\t{BATCH_OF_REGISTER}\t0\t"
            f"{day} 08:00+08\t{day} 08:00+08\t{day} 08:00+08"
        )
    template = city.templates.registrations[each.kind]
    values = {
        "n": each.name, "c": each.code, "r": each.rep, "d": each.since, "form": each.form, "cap": each.capital,
        "scope": each.scope, "at": each.address,
    }  # fmt: skip
    moment = f"{day} 08:00:00+08"
    content_hash = hashlib.md5((template.canonical % values).encode(), usedforsecurity=False).hexdigest()
    city.pens.records.add(
        f"{city.id}\t{position + 1}\t{template.item_id}\tregistration\tregistration\t{authority.key}\t{authority.row.name}\t{authority.key}\t"
        f"{each.name}\t\t\t{each.since}\t{NULL}\t{NULL}\t{template.content % values}\t{content_hash}\tactive\t{city.batch}\t"
        f"{authority.key * 2 - 1}\t{moment}\t{moment}\t{NULL}\t\t{moment}\t{moment}"
    )
    city.pens.effects.add(f"{city.id}\t{city.batch}\t{city.id}\tc\t1")
    city.pens.disclosures.add(
        f"{city.id}\t{city.id}\tr{city.id:011d}\tregistration\t{position + 1}\t{each.name}\t{each.code}\t{authority.key}\t{authority.key}\t\t"
        f"{each.name}\t\t\t{each.since}\tpublished\t1\tt\t{max(day, each.since)}\tf\t{day}\tf\t入库即公示，不适用7个工作日。\t\t\t\t"
        f"{moment}\t{day}\t{NULL}\t{NULL}\tf\t{{}}\t{NULL}\t\t{template.shown % values}\t1\tf\t{authority.key * 2 - 1}\t{NULL}\t{NULL}\t"
        f"{NULL}\t{NULL}\t{NULL}\t{moment}\t{moment}"
    )
    place = city.pens.changes.rows + len(city.pens.changes._lines) + 1
    city.pens.changes.add(f"{place}\t{city.id}\tappeared\t{moment}\t{place}")


def _ended() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO disclosure_disclosurechange (id, disclosure_id, event, at, number)
            SELECT last.n + row_number() OVER (ORDER BY d.ended_at, d.id), d.id, 'ended', d.ended_at,
                last.n + row_number() OVER (ORDER BY d.ended_at, d.id)
            FROM disclosure_disclosure d, (SELECT max(number) AS n FROM disclosure_disclosurechange) last WHERE d.ended_at IS NOT NULL"""
        )


def _trail(subjects: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(AUDIT)
        cursor.execute(LOOKS, {"subjects": subjects, "looks": max(1000, subjects // 10)})
    while audit.seal(limit=20_000):
        pass
    tables.after_load(["audit_entry"])
