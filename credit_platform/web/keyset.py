"""Pages of a list by key, never by OFFSET and without COUNT: page 1,000 costs what page 1 costs.

    page = KeysetPage(queryset, ("-decided_on", "pk"), cursor=request.GET.get("cursor", ""), size=50)
    page.items, page.next_cursor, page.previous_cursor

NULL sorts as in PostgreSQL: last when ascending, first when descending, so that a plain index serves the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import BooleanField, F, Field, Func, Model, Q, QuerySet, Value

from credit_platform.web.errors import BadRequest

SALT = "credit_platform.web.keyset"
MAX_CURSOR = 2000
COUNT_CAP = 10_000
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Term:
    """One column of the order."""

    name: str
    descending: bool
    field: Field[Any, Any]
    nullable: bool

    def flipped(self) -> Term:
        return Term(self.name, not self.descending, self.field, self.nullable)

    def order_by(self) -> Any:
        return F(self.name).desc() if self.descending else F(self.name).asc()

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value: Any) -> Q | None:
        """Rows that this column alone puts after `value`; None when there can be none."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if self.descending else None
        later = Q(**{f"{self.name}__{'lt' if self.descending else 'gt'}": value})
        return later | Q(**{f"{self.name}__isnull": True}) if self.nullable and not self.descending else later


class RowBeyond(Func):
    """`(a, b) > (x, y)`: one comparison of rows, which PostgreSQL turns into a single range of the index."""

    output_field = BooleanField()

    def __init__(self, names: Sequence[str], values: Sequence[Value], *, descending: bool) -> None:
        super().__init__(*[F(name) for name in names], *values)
        self.width = len(names)
        self.sign = "<" if descending else ">"

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra_context: Any) -> tuple[str, tuple[Any, ...]]:
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        left = ", ".join(sql for sql, _ in parts[: self.width])
        right = ", ".join(sql for sql, _ in parts[self.width :])
        return f"({left}) {self.sign} ({right})", tuple(value for _, values in parts for value in values)


class KeysetPage(Generic[Row]):
    """One page. `order` is a tuple of field names (paths over foreign keys and annotations too), "-" before a descending
    one; the primary key is added when the order does not end with it. Raises BadRequest (400) for a cursor that is not ours
    or belongs to another list or order."""

    def __init__(self, queryset: QuerySet[Row], order: Sequence[str], *, cursor: str = "", size: int = 50) -> None:
        if size < 1:
            raise ValueError("a page has at least one row")
        self.queryset = queryset
        self.size = size
        self.terms = _terms(queryset, order)
        self._key = ",".join(
            [queryset.model._meta.label_lower, *(("-" if t.descending else "") + t.name for t in self.terms)]
        )
        self._backwards = False
        self._at: list[Any] | None = None
        if cursor:
            self._backwards, self._at = self._read(cursor)

    @cached_property
    def _fetched(self) -> list[Row]:
        terms = [term.flipped() for term in self.terms] if self._backwards else self.terms
        rows = self.queryset.order_by(*(term.order_by() for term in terms))
        if self._at is None:
            return list(rows[: self.size + 1])
        found: list[Row] = []
        for part in _after(terms, self._at):
            missing = self.size + 1 - len(found)
            if missing:
                found += rows.filter(part)[:missing]
        return found

    @cached_property
    def items(self) -> list[Row]:
        """The rows of the page in the order of the list."""
        rows = self._fetched[: self.size]
        return rows[::-1] if self._backwards else rows

    @property
    def _more(self) -> bool:
        return len(self._fetched) > self.size

    @property
    def has_next(self) -> bool:
        return self._backwards or self._more

    @property
    def has_previous(self) -> bool:
        return self._more if self._backwards else self._at is not None

    @cached_property
    def next_cursor(self) -> str:
        return self._write("n", self.items[-1] if self.items else None) if self.has_next else ""

    @cached_property
    def previous_cursor(self) -> str:
        return self._write("p", self.items[0] if self.items else None) if self.has_previous else ""

    def __iter__(self) -> Any:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def _write(self, way: str, row: Row | None) -> str:
        """A cursor that stands on `row`, or, when the page came out empty, where this page stood."""
        values = [_value(row, term.name) for term in self.terms] if row is not None else list(self._at or ())
        texts = [None if v is None else _text(term.field, v) for term, v in zip(self.terms, values, strict=True)]
        # Without the moment of signing: the same page has the same address, so that caches and ETags hold.
        return signing.Signer(salt=SALT).sign_object([way, self._key, texts], compress=True)

    def _read(self, cursor: str) -> tuple[bool, list[Any]]:
        try:
            if len(cursor) > MAX_CURSOR:
                raise ValueError("too long")
            way, key, texts = signing.Signer(salt=SALT).unsign_object(cursor)
            if key != self._key:
                raise ValueError("another list")
            values = [
                None if text is None else term.field.to_python(text)
                for term, text in zip(self.terms, texts, strict=True)
            ]
        except (signing.BadSignature, ValueError, TypeError, ValidationError) as error:
            raise BadRequest("page.cursor", "翻页位置已失效或不正确，请从第一页重新查看。") from error
        return way == "p", values


def _terms(queryset: QuerySet[Any], order: Sequence[str]) -> list[Term]:
    names = list(order)
    primary = queryset.model._meta.pk.name
    if not names or names[-1].lstrip("-") not in {"pk", primary}:
        names.append("-pk" if names and names[-1].startswith("-") else "pk")
    return [_term(queryset, name.lstrip("-"), name.startswith("-")) for name in names]


def _term(queryset: QuerySet[Any], name: str, descending: bool) -> Term:
    annotation = queryset.query.annotations.get(name)
    if annotation is not None:
        return Term(name, descending, annotation.output_field, nullable=True)
    options, nullable = queryset.model._meta, False
    field: Any = None
    for part in name.split("__"):
        if options is None:
            raise FieldDoesNotExist(f"{name} cannot order {queryset.model.__name__}")
        field = options.pk if part == "pk" else options.get_field(part)
        nullable = nullable or field.null
        options = field.related_model._meta if field.is_relation else None
    target = field.target_field if field.is_relation else field
    return Term(name, descending, target, nullable)


def _after(terms: Sequence[Term], values: Sequence[Any]) -> list[Any]:
    """The rows strictly after the given place in the order of `terms`: one range of the leading column's index after the
    other. NULLs are a range of their own, since an OR with IS NULL would read the index from its beginning."""
    first, at = terms[0], values[0]
    missing = Q(**{f"{first.name}__isnull": True})
    if at is None:
        rest = [_place(terms, values) & missing]
        return [*rest, ~missing] if first.descending else rest
    if len({term.descending for term in terms}) == 1 and not any(term.nullable for term in terms[1:]):
        named = [Value(value, output_field=term.field) for term, value in zip(terms, values, strict=True)]
        ranges: list[Any] = [RowBeyond([term.name for term in terms], named, descending=first.descending)]
    else:
        ranges = [_place(terms, values) & Q(**{f"{first.name}__{'lte' if first.descending else 'gte'}": at})]
    return [*ranges, missing] if first.nullable and not first.descending else ranges


def _place(terms: Sequence[Term], values: Sequence[Any]) -> Q:
    """Beyond in the first column, or the same there and beyond in the second, and so on."""
    place, equal = Q(pk__in=[]), Q()
    for term, value in zip(terms, values, strict=True):
        beyond = term.beyond(value)
        if beyond is not None:
            place |= equal & beyond
        equal &= term.same(value)
    return place


def _value(row: Any, path: str) -> Any:
    for part in path.split("__"):
        if row is None:
            return None
        row = row.get(part) if isinstance(row, dict) else getattr(row, part)
    return row.pk if isinstance(row, Model) else row


def _text(field: Field[Any, Any], value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@dataclass(frozen=True, slots=True)
class CappedCount:
    """A number of rows that is exact up to a cap and "10,000+" beyond it."""

    value: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.value:,}{'+' if self.more else ''}"

    def __int__(self) -> int:
        return self.value

    def __bool__(self) -> bool:
        return self.value > 0


def capped_count(queryset: QuerySet[Any], cap: int = COUNT_CAP) -> CappedCount:
    """Counts at most `cap` rows, so that the cost does not grow with the table. An order that an index serves may stay."""
    found = queryset.values("pk")[: cap + 1].count()
    return CappedCount(min(found, cap), found > cap)
