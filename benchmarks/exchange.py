"""`python -m benchmarks.exchange --messages 1000000 --behaviour silent`: the outbox beside a bare INSERT and COPY, and all of it through a province.

The database `bench_exchange_<messages>` is made anew and dropped with --drop. One item is entered by the real importer and copied set-wise; opening the
channel makes a message of each. The province runs in this process, so that both share the processor.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks import environment

CLONES = (
    """INSERT INTO records_subject SELECT (jsonb_populate_record(s, jsonb_build_object('id', s.id + n, 'code', 'B' || lpad(n::text, 17, '0')))).*
       FROM records_subject s, generate_series(1, %(more)s) n""",
    """INSERT INTO records_creditrecord SELECT (jsonb_populate_record(r, jsonb_build_object('id', r.id + n, 'subject_id', r.subject_id + n))).*
       FROM records_creditrecord r, generate_series(1, %(more)s) n""",
    """INSERT INTO disclosure_disclosure SELECT (jsonb_populate_record(d, jsonb_build_object('id', d.id + n, 'record_id', d.record_id + n,
           'subject_id', d.subject_id + n, 'subject_code', 'B' || lpad(n::text, 17, '0'), 'public_id', 'b' || lpad(n::text, 11, '0')))).*
       FROM disclosure_disclosure d, generate_series(1, %(more)s) n""",
)
BARE = "CREATE TABLE bench_bare (LIKE exchange_message)"
COLUMNS = "id, channel_id, disclosure_id, mapping_id, key, version, number, verb, rank, why, month, body, digest, state, tries, made_at, next_at"
KEY = "the-key-of-a-measurement-forty-characters"
ROW = {
    "QYMC": "哈尔滨示例商贸有限公司",
    "TYSHXYDM": "",
    "CLRQ": "2020-05-06",
    "QYLX": "有限责任公司",
    "FDDBR": "赵某某",
    "JYFW": "日用百货销售",
    "SF": "黑龙江省",
    "CS": "哈尔滨市",
    "ZS": "哈尔滨市道里区示例街1号",
    "DJZT": "存续",
}


def name_of(messages: int) -> str:
    """The database of a number of messages."""
    return f"bench_exchange_{messages}"


def build(messages: int) -> Any:
    """The items, a partner and its channel, prepared and not open."""
    environment.use(0)
    environment.execute(f"DROP DATABASE IF EXISTS {name_of(messages)} WITH (FORCE)")
    environment.execute(f"CREATE DATABASE {name_of(messages)} TEMPLATE template0")
    address = urlsplit(os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = address._replace(path=f"/{name_of(messages)}").geturl()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_base")
    return _channel(messages)


def _channel(messages: int) -> Any:
    from django.db import connection
    from django.utils import timezone

    from credit_platform.accounts.actors import SYSTEM
    from credit_platform.accounts.models import ApiClient, Department, Role, User
    from credit_platform.accounts.models.clients import hash_key
    from credit_platform.audit.context import acting
    from exchange.actions.opening import enter_mapping, set_secret
    from exchange.models import Channel, Partner
    from exchange.queries.fields import first_mapping
    from records.imports.batches.push import push_rows

    with acting(SYSTEM):
        bureau = Department.objects.create(code="first", name="哈尔滨市市场监督管理局", short_name="市市场监管局")
        admin = User.objects.create(username="a", full_name="a", roles=[Role.SYSTEM_ADMIN])
        User.objects.create(username="o", full_name="o", roles=[Role.CREDIT_OFFICE], department=bureau)
        client = ApiClient.objects.create(
            name="province", department=bureau, prefix="bench", key_hash=hash_key("bench"), scopes=["records.write"]
        )
    code = _valid_code()
    [answer] = push_rows("registration", [ROW | {"TYSHXYDM": code}], by=client, department=bureau).rows
    if not answer.ok:
        raise SystemExit(str(answer.findings))
    with acting(SYSTEM), connection.cursor() as cursor:
        for sql in CLONES:
            cursor.execute(sql, {"more": messages - 1})
        partner = Partner.objects.create(code="province", name="province", client=client, address="http://127.0.0.1:1/")
        channel = Channel.objects.create(partner=partner, kind="registration", way="service")
    set_secret(partner, KEY, by=admin)
    since = timezone.localdate() - timedelta(days=1)
    enter_mapping(channel, first_mapping("registration"), valid_from=since, basis="measurement", by=admin)
    return channel


def _valid_code() -> str:
    """A made-up code with right check characters."""
    from records.identifiers import orgcode, uscc

    body = "MA1B2C3D"
    first = f"91230100{body}{orgcode.make_check_digit(body)}"
    return first + uscc.make_check_digit(first)


def measure(channel: Any, messages: int, behaviour: str) -> None:
    """Opening beside a bare INSERT … SELECT and a COPY of the same rows; then everything to the province, and what it has in the end."""
    from django.db import connection

    opened = _timed("opened: a message of each item, with digest, history and trail", messages, _opened(channel))
    with connection.cursor() as cursor:
        cursor.execute(BARE)
    select = f"INSERT INTO bench_bare ({COLUMNS}) SELECT {COLUMNS} FROM exchange_message"
    inserted = _timed("bare INSERT … SELECT of the same rows, no index", messages, lambda: _execute(select))
    copied = _timed("bare COPY of the same rows, no index", messages, lambda: _copy(connection))
    print(f"the outbox costs {opened / inserted:.1f} times the bare INSERT, {opened / copied:.1f} times the bare COPY")
    _carry(channel, messages, behaviour)


def _opened(channel: Any) -> Callable[[], object]:
    from credit_platform.accounts.actors import SYSTEM
    from credit_platform.accounts.models import User
    from exchange.actions.following import fill
    from exchange.actions.opening import open_channel

    return lambda: fill(open_channel(channel, by=User.objects.get(username="o")), by=SYSTEM)


def _execute(sql: str) -> None:
    from credit_platform.pg import execute

    execute(sql)


def _copy(connection: Any) -> None:
    with tempfile.TemporaryFile() as file, connection.cursor() as cursor:
        cursor.copy_expert(f"COPY (SELECT {COLUMNS} FROM bench_bare) TO STDOUT", file)
        file.seek(0)
        cursor.execute("TRUNCATE bench_bare")
        begin = time.perf_counter()
        cursor.copy_expert(f"COPY bench_bare ({COLUMNS}) FROM STDIN", file)
        print(f"  of it the COPY itself: {time.perf_counter() - begin:.2f} s")


def _carry(channel: Any, messages: int, behaviour: str) -> None:
    from exchange.actions.reconciling import reconcile
    from exchange.actions.sending import turn
    from exchange.models import Channel, Message, Parcel, Partner
    from exchange.rules.messages import State
    from exchange.simulator.behaviours import Behaviour
    from exchange.simulator.province import Province
    from exchange.simulator.service import Service

    with tempfile.TemporaryDirectory() as folder:
        server = Service(Province(Path(folder) / "province.sqlite", Behaviour(behaviour)), KEY.encode())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        Partner.objects.update(address=server.address)

        def until_done() -> None:
            while Message.objects.exclude(state__in=(State.APPLIED, State.REJECTED)).exists():
                turn(Channel.objects.select_related("partner").get())
                past = time_past()
                Channel.objects.update(next_at=None)
                Message.objects.filter(state__in=(State.UNKNOWN, State.QUEUED), next_at__gt=past).update(next_at=past)
                Parcel.objects.waiting().update(answer_by=past)

        took = _timed(f"carried over to a province that is {behaviour}, waits taken out", messages, until_done)
        print(f"  {messages / took:,.0f} messages a second, one worker, both sides on this machine")
        applied = server.province.applied()
        rejected = Message.objects.filter(state=State.REJECTED).count()
        print(f"  applied {len(applied):,}, of them twice {len(applied) - len(set(applied)):,}, rejected {rejected:,}")
        print(f"  lost {messages - rejected - len({key for key, _, _ in applied}):,}")
        row: list[Any] = []
        _timed("compared", messages, lambda: row.append(reconcile(Channel.objects.select_related("partner").get())))
        print(f"  differing {row[0].differing}")
        server.shutdown()


def time_past() -> Any:
    """A minute ago."""
    from django.utils import timezone

    return timezone.now() - timedelta(minutes=1)


def _timed(what: str, count: int, act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    took = time.perf_counter() - begin
    print(f"{what}: {took:.2f} s, {count / took:,.0f} a second", flush=True)
    return took


def main() -> int:
    """Parse, build, measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exchange", description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--behaviour", default="honest")
    parser.add_argument("--drop", action="store_true", help="remove the database and end")
    given = parser.parse_args()
    if given.drop:
        environment.use(0)
        environment.execute(f"DROP DATABASE IF EXISTS {name_of(given.messages)} WITH (FORCE)")
        return 0
    measure(build(given.messages), given.messages, given.behaviour)
    return 0


if __name__ == "__main__":
    sys.exit(main())
