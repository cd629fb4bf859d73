"""Name search from the page: absent, rare, common, repeated and long parts, former names, bracket and width variants."""

from __future__ import annotations

from random import Random
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.test import Client

from benchmarks.city.people import SIGNS
from benchmarks.measure import Book, Do, Figure, queries_of, rows_of, side_by_side
from records.identifiers import names

AIM_MS = 50
BARE = (
    "SELECT s.id, s.code, s.name FROM records_subjectname n JOIN records_subject s ON s.id = n.subject_id "
    "WHERE n.bigrams @> %s::varchar(2)[] AND n.normal LIKE %s AND s.code IS NOT NULL LIMIT 21"
)


def run(book: Book) -> None:
    """Every class of words, each against one bare statement over the same index."""
    client = Client()
    for title, words in classes().items():
        works = [_page(client, word) for word in words]
        yards = [_bare(word) for word in words]
        found = side_by_side(works, yards, rounds=max(1, 40 // len(words)))
        book.add(
            Figure(
                "search", f"{title} ({words[0]})", **found, yard="one bare SELECT", queries=len(queries_of(works[0])),
                aim=f"p95 < {AIM_MS} ms", reached=found["p95"] < AIM_MS,
            )
        )  # fmt: skip


def classes() -> dict[str, list[str]]:
    """Words of each class, taken from what the city holds."""
    random = Random(7)
    picked = rows_of("SELECT normal FROM records_subjectname TABLESAMPLE SYSTEM (20) LIMIT 20000")
    normals = [row[0] for row in picked] or [
        row[0] for row in rows_of("SELECT normal FROM records_subjectname LIMIT 5000")
    ]
    counts: dict[str, int] = {}
    for normal in normals:
        for pair in names.bigrams(normal):
            counts[pair] = counts.get(pair, 0) + 1
    ordered = sorted(counts, key=lambda pair: -counts[pair])
    middle = [pair for pair in ordered if 0.002 < counts[pair] / len(normals) < 0.02]
    rare = [pair for pair in reversed(ordered) if not pair.isascii()][:20]
    former = [row[0] for row in rows_of("SELECT name FROM records_subjectname WHERE NOT is_current LIMIT 10")]
    bracket = [row[0] for row in rows_of("SELECT name FROM records_subject WHERE name LIKE '%%（哈尔滨）%%' LIMIT 10")]
    wide = [row[0] for row in rows_of("SELECT name FROM records_subject WHERE name LIKE '%%ＡＢＣ%%' LIMIT 5")]
    absent = [pair for pair in (random.choice(SIGNS) + random.choice("鼐鬻彧龘氍氆") for _ in range(20))]
    twins = sorted({pair for pair in ordered if pair[0] == pair[1] and not pair.isascii()})[:12]
    return {
        "absent pair": absent,
        "rare pair": rare,
        "frequent pair": random.sample(middle, min(10, len(middle))),
        "most common pairs": ordered[:10],
        "two common pairs": [a + b for a in ("食品", "商贸", "物流") for b in ("有限", "公司")][:6],
        "repeated sign": [*(["岛岛"]), *twins],
        "long part": [normal[3:-3] for normal in random.sample(normals, 10) if len(normal) > 10],
        "whole former name": former,
        "bracket variant": [name.replace("（", "(").replace("）", ")") for name in bracket] or ["(哈尔滨)"],
        "width variant": [name.replace("ＡＢＣ", "abc") for name in wide] or ["abc"],
    }


def _page(client: Client, word: str) -> Do:
    address = f"/search/?q={quote(word)}"

    def run() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address}: {answer.status_code}")

    return run


def _bare(word: str) -> Do:
    normal = names.normalise(word)
    parameters: list[Any] = [names.bigrams(normal), f"%{normal}%"]

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE, parameters)
            cursor.fetchall()

    return run
