"""The public pages under load on this machine: requests a second beside a bare read of Django REST framework, taking turns."""

from __future__ import annotations

from urllib.parse import quote

from benchmarks.measure import Book, Figure, rows_of
from benchmarks.pages import pages
from benchmarks.search import classes
from benchmarks.serving import etag_of, press, served

HOT = 0.4
"""Of the requests a second that `/healthz` answers."""
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def run(book: Book) -> None:
    """Each mix for some seconds, the bare read before it."""
    bare = bare_reads()
    with served() as port:
        before = rows_of(CONNECTIONS)[0][0]
        for title, (paths, headers) in mixes(port).items():
            yard, found = press(port, bare), press(port, paths, headers)
            book.add(
                Figure(
                    "load", title, found.p50, found.p95, found.requests, 0.0, "bare read by key", yard.p50, yard.p95,
                    yard.rate / max(found.rate, 0.01),
                    note=f"{found.rate:,.0f} requests/s (bare {yard.rate:,.0f}), {found.kilobytes:.1f} KB each, {found.errors} errors",
                )
            )  # fmt: skip
        for title, path in hot().items():
            yard, found = press(port, ["/healthz"]), press(port, [path])
            share = found.rate / max(yard.rate, 0.01)
            book.add(
                Figure(
                    "load", f"hot: {title}", found.p50, found.p95, found.requests, 0.0, "/healthz", yard.p50, yard.p95, 1 / max(share, 0.001),
                    aim=f"{HOT} of /healthz", reached=share >= HOT,
                    note=f"{found.rate:,.0f} requests/s (/healthz {yard.rate:,.0f}, share {share:.2f}), {found.errors} errors",
                )
            )  # fmt: skip
        held = rows_of(CONNECTIONS)[0][0]
        print(f"connections to PostgreSQL: {before} at the start, {held} after the load")


def hot() -> dict[str, str]:
    """One address of each shared page, asked again and again."""
    known = pages()
    titles = {"home": "home", "list": "list, first page", "subject": "subject, some records", "record": "record"}
    return {title: known[name][0] for title, name in titles.items()} | {"search": f"/search/?q={quote('哈尔滨')}"}


def bare_reads() -> list[str]:
    """Addresses of the yardstick."""
    rows = rows_of("SELECT id FROM disclosure_disclosure WHERE id %% 97 = 0 ORDER BY id LIMIT 200")
    return [f"/bare/{pk}/" for (pk,) in rows]


def mixed() -> list[str]:
    """What visitors ask for: searches, subjects and lists, one of each in turn."""
    known = pages()
    searches = [f"/search/?q={quote(word)}" for group in classes().values() for word in group][:60]
    subjects, lists = known["subject, some records"], known["list by district"] + known["list, first page"]
    trios = zip(searches, (subjects * 9)[: len(searches)], (lists * 30)[: len(searches)], strict=True)
    return [path for trio in trios for path in trio]


def mixes(port: int) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Titles with the addresses and headers of each mix."""
    known, every = pages(), mixed()
    lists = known["list, first page"] + known["list by district"]
    tag = etag_of(port, lists[0])
    return {
        "search": (every[0::3], {}),
        "subject pages": (known["subject, some records"], {}),
        "lists": (lists, {}),
        "search, subjects and lists": (every, {}),
        "a list that has not changed (304)": (lists[:1], {"If-None-Match": tag} if tag else {}),
        "api: subject": (known["api: subject"], {}),
    }
