"""The tracker: an objection opened by number and code, and its page, each beside a bare read of the case in the same run."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from django.test import Client
from django.utils import timezone

from benchmarks.measure import Book, Do, Figure, queries_of, rows_of, side_by_side, undone
from casework import disputes
from casework.disputes import Disputed
from casework.models import Case
from casework.rules.disputes import About
from objections import actions
from objections.models import ITEM
from objections.rules.claims import Capacity, Outsider
from objections.views.public import FOLLOWED

CASES = 20
AIM_MS = 100
WHO = Outsider("赵某某", "13800000000", Capacity.HEAD)


def run(book: Book) -> None:
    """Twenty objections to items of the city, lodged without an account and taken back again in the end."""
    with undone():
        lodged = [_lodged(each) for each in _disputed()]
        yards = [_bare(case) for case, _ in lodged]
        _measure(book, "by number and code", [_tracked(case, code) for case, code in lodged], yards)
        _measure(book, "the page behind it", [_followed(case) for case, _ in lodged], yards)


def _measure(book: Book, title: str, works: Sequence[Do], yards: Sequence[Do]) -> None:
    queries = max(len(queries_of(work)) for work in works)
    found = side_by_side(works, yards, rounds=5)
    book.add(
        Figure(
            "tracker", title, **found, yard="bare read of the case", queries=queries,
            aim=f"p95 < {AIM_MS} ms", reached=found["p95"] < AIM_MS,
        )
    )  # fmt: skip


def _disputed() -> list[Disputed]:
    rows = rows_of(
        "SELECT DISTINCT ON (subject_id) public_id FROM disclosure_disclosure WHERE state = 'published' AND kind = 'penalty' "
        "AND published_on < current_date AND (ends_on IS NULL OR ends_on > current_date) ORDER BY subject_id, id LIMIT %s",
        (CASES,),
    )
    found = (disputes.find(ITEM, public_id, timezone.localdate()) for (public_id,) in rows)
    return [each for each in found if each is not None]


def _lodged(disputed: Disputed) -> tuple[Case, str]:
    return actions.lodge(disputed, who=WHO, about=About.PERIOD, claimed="应当早已届满。", grounds="期限计算有误。")


def _bare(case: Case) -> Do:
    return lambda: rows_of("SELECT * FROM casework_case WHERE id = %s", (case.pk,))


_visitors = count(1)


def _tracked(case: Case, code: str) -> Do:
    """Each time another visitor, for one may ask only so often; most of it is the hash that makes guessing slow."""

    def work() -> None:
        visitor = next(_visitors)
        given = {"number": case.number, "code": code}
        answer = Client().post("/track/", given, REMOTE_ADDR=f"10.1.{visitor // 250}.{visitor % 250 + 1}")
        assert answer.status_code == 200, answer.status_code

    return work


def _followed(case: Case) -> Do:
    client = Client()
    session = client.session
    session[FOLLOWED] = case.pk
    session.save()
    client.cookies["sessionid"] = session.session_key or ""

    def work() -> None:
        answer = client.get("/objections/followed/")
        assert answer.status_code == 200, answer.status_code

    return work
