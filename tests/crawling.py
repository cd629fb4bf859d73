"""A visitor without an account who opens everything that the site offers: links, forms, feeds, the site map, the interface."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.test import Client

ROOT = "http://testserver"
UNREAD = ("application/pdf",)
PER_SHAPE = 6
"""How many addresses of one shape (path with its ids taken out, names of its parameters) are opened."""
PER_PATH = 36
"""How many of one path, however its parameters are combined."""
ID = re.compile(r"(?<=/)(?:[0-9A-Z]{18}|[0-9a-z]{12}|\d+)(?=/|\.|$)")


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: where, from where, status, headers, and its text, with what is packed in a workbook."""

    address: str
    referrer: str
    status: int
    kind: str
    headers: dict[str, str]
    text: str


class Markup(HTMLParser):
    """The addresses that a page offers, and what the security policy would not run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.forms: list[tuple[str, list[tuple[str, list[str]]]]] = []
        self.inline: list[str] = []
        self._form: list[tuple[str, list[str]]] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.inline.append(tag)
        self.links += [given[name] for name in ("href", "src", "hx-get", "data-src") if given.get(name)]
        self._part_of_form(tag, given)

    def _part_of_form(self, tag: str, given: dict[str, str]) -> None:
        if tag == "form":
            self._form = []
            if given.get("method", "get").lower() == "get":
                self.forms.append((given.get("action", ""), self._form))
        elif self._form is not None and tag in ("input", "select") and given.get("name"):
            self._form.append((given["name"], [given.get("value", "")]))
        elif self._form and tag == "option":
            self._form[-1][1].append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None

    def addresses(self) -> Iterator[str]:
        yield from self.links
        for action, fields in self.forms:
            usual = {name: values[0] for name, values in fields}
            yield f"{action}?{urlencode(usual)}"
            for name, values in fields:
                yield from (f"{action}?{urlencode({**usual, name: value})}" for value in values[1:])


@dataclass
class Crawl:
    """Breadth first from the given addresses, within PER_SHAPE and PER_PATH."""

    client: Client
    pages: list[Page] = field(default_factory=list)
    shapes: Counter[tuple[str, tuple[str, ...]]] = field(default_factory=Counter)
    paths: Counter[str] = field(default_factory=Counter)

    def run(self, *starts: str) -> list[Page]:
        queue = deque((start, "") for start in starts)
        seen = set(starts)
        while queue:
            address, referrer = queue.popleft()
            page = self.open(address, referrer)
            self.pages.append(page)
            for found in self.offered(page):
                if found not in seen and self.is_wanted(found):
                    seen.add(found)
                    queue.append((found, address))
        return self.pages

    def is_wanted(self, address: str) -> bool:
        parts = urlsplit(address)
        names = tuple(name for name, value in parse_qsl(parts.query) if value)
        path = ID.sub("…", parts.path)
        if self.shapes[path, names] >= PER_SHAPE or self.paths[path] >= PER_PATH:
            return False
        self.shapes[path, names] += 1
        self.paths[path] += 1
        return True

    def open(self, address: str, referrer: str) -> Page:
        # Every request from another neighbour, for the limit of requests is not what is tested here.
        number = len(self.pages)
        answer = self.client.get(address, REMOTE_ADDR=f"10.1.{number // 250}.{number % 250}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        kind = answer.headers.get("Content-Type", "").split(";")[0]
        text = (
            _unpacked(body)
            if body[:2] == b"PK"
            else ""
            if kind in UNREAD or kind.startswith("image/p")
            else body.decode("utf-8")
        )
        return Page(address, referrer, answer.status_code, kind, dict(answer.headers), text)

    def offered(self, page: Page) -> Iterator[str]:
        for found in _addresses(page):
            whole = urljoin(ROOT + page.address, found.strip()).partition("#")[0]
            if whole.startswith(ROOT + "/"):
                yield whole.removeprefix(ROOT)


def _addresses(page: Page) -> Iterator[str]:
    if location := page.headers.get("Location"):
        yield location
    elif page.status == 200 and page.kind == "text/html":
        markup = Markup()
        markup.feed(page.text)
        yield from markup.addresses()
    elif page.kind in ("application/xml", "application/rss+xml"):
        yield from map(unescape, re.findall(r"<(?:loc|link)>([^<]+)<", page.text))
    elif page.kind == "application/json" and page.address.startswith("/api/v1/"):
        yield from _of_json(page)
    elif page.kind == "text/plain":
        yield from re.findall(r"^Sitemap: (\S+)", page.text, re.MULTILINE)


def _of_json(page: Page) -> Iterator[str]:
    answer = json.loads(page.text)
    parts = urlsplit(page.address)
    if answer.get("next"):
        yield f"?{urlencode(dict(parse_qsl(parts.query)) | {'cursor': answer['next']})}"
    rows = answer.get("results") or answer.get("disclosures") or []
    for row in [answer, *(row.get("disclosure", row) or {} for row in rows)]:
        if row.get("url"):
            yield row["url"]
        if row.get("public_id"):
            yield f"/api/v1/disclosures/{row['public_id']}/"
        if code := (row.get("subject") or {}).get("code"):
            yield f"/api/v1/subjects/{code}/"


def _unpacked(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "\n".join(book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml"))
