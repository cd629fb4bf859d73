"""Disclosures under the rules: their facts, their period, what would be shown, what stands against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from credit_platform.errors import Finding
from disclosure.models import Disclosure
from disclosure.queries.book import book
from disclosure.queries.catalogue import ItemRule, item_rules
from disclosure.rules import masking
from disclosure.rules.claims import claim_of, is_over
from disclosure.rules.classify import step_of
from disclosure.rules.facts import Facts, facts_of
from disclosure.rules.periods import Book, PeriodResult, beside, evaluate
from disclosure.rules.values import Claim
from disclosure.rules.who_is_shown import exemption
from records.models import CreditRecord
from records.standards import registry
from records.standards.declaration import Standard

STATED_HERE = "department"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the rules say of a disclosure on a day."""

    facts: Facts
    standard: Standard
    period: PeriodResult
    beside: PeriodResult | None
    exempt: str
    claim: Claim | None
    shown: dict[str, str]
    scanned: tuple[Finding, ...]
    over: bool = False
    """The period has run out."""


class Evaluator:
    """Evaluates many with a memory: rule sets, catalogue items, standards and equal facts are looked up once."""

    def __init__(self, on: date, rules: Book | None = None) -> None:
        self.on = on
        self.book = rules or book()
        self._items: dict[int, ItemRule] = {}
        self._standards: dict[tuple[str, int], Standard | None] = {}
        self._judged: dict[tuple[Facts, date, date], tuple[PeriodResult, str]] = {}

    def learn(self, item_ids: Iterable[int]) -> None:
        """Load the catalogue items of many records at once."""
        missing = set(item_ids) - set(self._items)
        if missing:
            self._items |= item_rules(missing, self.on)

    def item(self, record: CreditRecord) -> ItemRule:
        """What the catalogue says of the record's item."""
        self.learn([record.item_id])
        return self._items[record.item_id]

    def standard(self, record: CreditRecord) -> Standard | None:
        """The standard in whose fields the content is kept."""
        key = (record.standard, record.item_id)
        if key not in self._standards:
            try:
                self._standards[key] = registry.get(record.standard)
            except LookupError:
                self._standards[key] = self.item(record).standard
        return self._standards[key]

    def facts(self, record: CreditRecord, standard: Standard, row: Disclosure | None = None) -> Facts:
        """The facts of a record; what was stated on its disclosure stands in front of the content."""
        more: dict[str, object] = {"catalogue_public": self.item(record).public}
        if record.valid_until is not None:
            more["valid_until"] = record.valid_until
        if row is not None:
            more["performed_on"] = row.performed_on
            if row.severity_stated_by == STATED_HERE:
                more["stated"] = row.severity
        return facts_of(
            record.content,
            standard.roles,
            kind=record.kind,
            subject_kind=record.subject.kind,
            decided_on=record.decided_on,
            **more,
        )

    def same_class(self, fine: str) -> str:
        """A fine (万元, as the content tells it) that the rules cannot tell from the given one: facts that differ by less are judged once."""
        return step_of(fine, self.book.thresholds, self.book.limits)

    def judged(
        self, facts: Facts, published_on: date | None = None, *, on: date | None = None
    ) -> tuple[PeriodResult, str]:
        """The period and the reason against publication ("" when there is none), as published on a day, under the rules of
        today or of the day `on`."""
        key = (facts, published_on or self.on, on or self.on)
        if key not in self._judged:
            period = evaluate(facts, self.book, on=key[2], published_on=key[1])
            self._judged[key] = (period, exemption(facts, period, on=self.on))
        return self._judged[key]

    def judged_as_published(self, facts: Facts, published_on: date | None) -> tuple[PeriodResult, str]:
        """The same for what may be public already. The rules of today hold for it too; only where they ask for a class that nobody
        has stated, it keeps the period of the rules under which it was published."""
        period, exempt = self.judged(facts, published_on)
        if period.asks and published_on is not None:
            return self.judged(facts, published_on, on=published_on)
        return period, exempt

    def of(self, row: Disclosure) -> Evaluation:
        """Everything the rules say of one disclosure, as if it were published today, or as it was published."""
        record = row.record
        standard = self.standard(record)
        if standard is None:
            raise LookupError(f"no standard {record.standard!r}")
        facts = self.facts(record, standard, row)
        period, exempt = self.judged_as_published(facts, row.published_on)
        return Evaluation(
            facts=facts,
            standard=standard,
            period=period,
            beside=beside(facts, self.book, authority=row.authority.name, published_on=row.published_on or self.on),
            exempt=exempt,
            claim=None if row.on_entry else claim_of(facts, period, on=self.on),
            shown=masking.shown_of(standard, record.content, subject_kind=record.subject.kind),
            scanned=masking.findings_of(standard, record.content),
            over=is_over(period, self.on),
        )


def evaluate_disclosure(row: Disclosure, *, on: date) -> Evaluation:
    """One disclosure under the rules; `row.record.subject` should be loaded."""
    return Evaluator(on).of(row)


def public_title(record: CreditRecord) -> str:
    """The title of a record as the public sees it."""
    subject = record.subject
    return title_shown(record.title, subject.name, subject.legal_representative, subject.kind)


def title_shown(title: str, name: str, operator: str, subject_kind: str) -> str:
    """A title as the public sees it, beside the subject that is called so; the operator is the legal representative."""
    if title == name and subject_kind != "person":
        return title
    return masking.mask_free(title, masking.private_names(name, operator, subject_kind))
