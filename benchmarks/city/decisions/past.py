"""The whole past: who reports when and about whom, weighted as a city does."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from benchmarks.city.authorities import Authority
from benchmarks.city.decisions.columns import Pens
from benchmarks.city.decisions.reports import Event, Report, lines_of
from benchmarks.city.people import LEGAL, PERSON, SOLE_TRADER, People, sealed
from benchmarks.city.templates import Templates
from credit_platform.workdays.queries import calendar
from disclosure.queries.deadlines import DueDays
from disclosure.rules.masking import mask_name

YEARS = 8
SKEW = 2.2
PRIME = 7_368_787
MIX = (("permit-2018", 62), ("penalty-2018", 13), ("act", 25))


class Decisions:
    """Writes the past. `today` is the day on which the city stands."""

    def __init__(self, people: People, authorities: list[Authority], today: date, random: Random) -> None:
        self.people, self.authorities, self.today, self.random = people, authorities, today, random
        self.templates = Templates(today)
        self.days = DueDays()
        self.calendar = calendar()
        self.pens = Pens()
        self.serial: dict[tuple[str, str, int], int] = defaultdict(int)
        self.id = 0
        self.batch = 0
        self.of_kind = {
            kind: [i for i, k in enumerate(people.kinds) if k == kind] for kind in (LEGAL, SOLE_TRADER, PERSON)
        }
        self.seals = lru_cache(maxsize=None)(sealed)
        self.lines = lru_cache(maxsize=20_000)(lines_of)
        self.masked = lru_cache(maxsize=100_000)(mask_name)

    def events(self, rows: int) -> list[Event]:
        """The reports of eight years with about `rows` rows, more of them in later years."""
        each = max(5, int(20 * (rows / 100_000) ** 0.7))
        count = max(200, rows // each)
        span = YEARS * 365
        weights = [authority.weight for authority in self.authorities]
        able = {authority.key: self._standards(authority) for authority in self.authorities}
        speaking = [authority for authority in self.authorities if able[authority.key]]
        weights = [authority.weight for authority in speaking]
        found = []
        for authority in self.random.choices(speaking, weights, k=count):
            back = int(span * self.random.random() ** 1.25)
            day = self.today - timedelta(days=max(1, back))
            while not self.calendar.is_workday(day):
                day -= timedelta(days=1)
            standards, chances = able[authority.key]
            standard = self.random.choices(standards, chances)[0]
            found.append(Event(day, authority, standard, max(1, int(self.random.expovariate(1 / each)))))
        found.sort(key=lambda event: (event.day, event.authority.key))
        _trim(found, rows)
        return found

    def _standards(self, authority: Authority) -> Any:
        known = {standard for standard, _ in self.templates.by_authority.get(authority.templates, {})}
        chances = dict(MIX)
        pairs = [(standard, chances.get(standard, chances["act"])) for standard in sorted(known)]
        return [list(column) for column in zip(*pairs, strict=True)] if pairs else None

    def write(self, event: Event) -> None:
        """One report: the batch and its rows."""
        self.batch += 1
        options = self.templates.by_authority[event.authority.templates]
        kinds = [
            kind for kind in (LEGAL, SOLE_TRADER, PERSON) if options.get((event.standard, kind)) and self.of_kind[kind]
        ]
        chosen = {kind: self.random.choice(options[event.standard, kind]) for kind in kinds}
        lags = [self.random.choice((1, 2, 3)), self.random.choice((4, 5, 6))]
        if self.random.random() < 0.3:
            lags.append(self.random.randrange(14, 30))
        arrived = f"{event.day} 09:{self.random.randrange(60):02d}:00+08"
        report = Report(self, event, arrived, self._publication(event.day))
        for _ in range(event.rows):
            kind = self._kind(kinds)
            decided = event.day - timedelta(days=self.random.choices(lags, (60, 36, 4)[: len(lags)])[0])
            report.row(chosen[kind], self._subject(kind), decided)
        self._batch_line(event, next(iter(chosen.values())).item_id, arrived)

    def _batch_line(self, event: Event, item_id: int, arrived: str) -> None:
        clerk = event.authority.key * 2 - 1
        bad = event.rows // 40
        sign = hashlib.sha256(str(self.batch).encode()).hexdigest()
        name = f"{event.authority.row.code}_{event.standard}_{event.day:%Y%m%d}.xlsx"
        self.pens.batches.add(
            f"{self.batch}\t{event.authority.key}\t{event.standard}\t{item_id}\tdesk\t{clerk}\t"
            f"{event.authority.row.short_name}录入员\t{name}\t{event.rows * 700}\t{sign}\tdone\t{event.rows + bad}\t{event.rows}\t{bad}\t"
            f"{arrived}\t{arrived}\t{arrived}"
        )

    def _kind(self, kinds: list[int]) -> int:
        if len(kinds) == 1:
            return kinds[0]
        share = self.random.random()
        wanted = LEGAL if share < 0.62 else SOLE_TRADER if share < 0.99 else PERSON
        return wanted if wanted in kinds else kinds[0]

    def _subject(self, kind: int) -> int:
        """A few are spoken of very often, most seldom: the position follows a power law over a mixed order."""
        pool = self.of_kind[kind]
        return pool[int(len(pool) * self.random.random() ** SKEW) * PRIME % len(pool)]

    def _publication(self, day: date) -> date:
        return min(self.calendar.deadline(day, self.random.choice((1, 1, 2, 3))).due_on, self.today)


def _trim(events: list[Event], rows: int) -> None:
    """Bring the sum of rows to exactly what was asked for."""
    missing = rows - sum(event.rows for event in events)
    place = 0
    while missing:
        event = events[place % len(events)]
        step = 1 if missing > 0 else -1 if event.rows > 1 else 0
        event.rows += step
        missing -= step
        place += 1
