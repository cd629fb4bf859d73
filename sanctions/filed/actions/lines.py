"""The lines of a file of a published list: read from the staging table, and written as rows that are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from credit_platform import pg
from credit_platform.errors import Finding, Level
from records.imports.ledger.apply import Target
from records.models import Subject
from sanctions.filed import rules
from sanctions.filed.actions.entry_rows import Said
from sanctions.filed.models import FiledPublication, FiledRow
from sanctions.filed.queries.matching import Asked, Who
from sanctions.filed.rules import RowState

S = RowState
_STAGED = "n, row, s_kind, s_name, coalesce(id_hash, ''), id_type, doc_no, doc_key, own_day, valid_until, content, content_hash"
_INSERTED = (
    "publication_id", "department_id", "list_code", "key", "name", "numbers", "is_person", "id_hash", "content", "content_hash",
    "document_number", "listed_on", "until", "state", "why", "subject_id", "record_id", "first_batch", "version", "updated_at",
)  # fmt: skip
_UPDATED = (
    ("id", "bigint"), ("publication_id", "bigint"), ("name", "text"), ("numbers", "jsonb"), ("content", "jsonb"), ("content_hash", "text"),
    ("document_number", "text"), ("listed_on", "date"), ("until", "date"), ("state", "text"), ("why", "text"), ("subject_id", "bigint"),
    ("record_id", "bigint"), ("missing_since", "date"),
)  # fmt: skip
_TEXTS = ("list_code", "key", "name", "id_hash", "content_hash", "document_number", "state", "why")


@dataclass(slots=True)
class Line:
    """A staged row, the row that is kept of it already, and what becomes of it."""

    n: int
    row: int
    asked: Asked
    id_type: str
    content_hash: str
    said: Said
    key: str
    kept: FiledRow | None = None
    decided: Subject | None = None
    who: Who = field(default_factory=Who)
    state: RowState = S.WAITING
    why: str = ""
    record_id: int | None = None

    @property
    def same(self) -> bool:
        """Whether the list says of it what it said before."""
        return self.kept is not None and self.kept.content_hash == self.content_hash


def staged(target: Target, publication: FiledPublication) -> Iterator[Line]:
    """What is staged, line by line; a line without a number of its document or a day of its own has those of the publication."""
    found = pg.query(f"SELECT {_STAGED} FROM {target.stage} ORDER BY n")  # noqa: S608 - own table name
    for n, row, kind, name, id_hash, id_type, doc_no, doc_key, day, until, content, digest in found:
        said = Said(
            document_number=str(doc_no) or publication.document_number,
            listed_on=_day(day) or publication.published_on,
            until=_day(until),
            content=json.loads(str(content)),
        )
        asked = Asked(str(name), said.content, kind == "person", str(id_hash))
        key = rules.row_key(publication.list_code, [*asked.numbers.values(), asked.id_hash], asked.name, str(doc_key))
        yield Line(int(str(n)), int(str(row)), asked, str(id_type), str(digest), said, key)


def side_of(line: Line) -> str:
    """A line as a decision sees it: its name and numbers."""
    return rules.side(line.asked.name, line.asked.numbers, line.asked.id_hash)


def double_of(twin: Line) -> Finding:
    """The same line stands in an earlier row of the file."""
    words = f"与第{twin.row}行是同一条（名单、名称、文书号或号码均相同）。"
    return Finding("row.double", Level.ERROR, words, "同一条只保留一行；内容不同的，请保留正确的一行。")


def insert(lines: Iterable[Line], target: Target, publication: FiledPublication) -> None:
    """Keep new lines."""
    now = timezone.now().isoformat()
    pg.copy_rows(
        "sanctions_filedrow", _INSERTED, (_new(each, target, publication, now) for each in lines), texts=_TEXTS
    )


def update(lines: Iterable[Line], publication: FiledPublication) -> None:
    """Keep what lines say that are kept already, and where they stand now; none of them is missing any more."""
    pg.update_rows("sanctions_filedrow", _UPDATED, (_again(each, publication) for each in lines))


def differs(line: Line) -> bool:
    """Whether a line that is kept already says something else, stands elsewhere, or was missing."""
    kept = line.kept
    if kept is None or not line.same:
        return True
    as_kept = (kept.state, kept.why, kept.record_id, None)
    return (line.state.value, line.why, line.record_id, kept.missing_since) != as_kept


def _new(line: Line, target: Target, publication: FiledPublication, now: str) -> tuple[object, ...]:
    said, asked = line.said, line.asked
    return (
        publication.pk, target.department.pk, publication.list_code, line.key, asked.name, _json(asked.numbers), asked.is_person,
        asked.id_hash, _json(said.content), line.content_hash, said.document_number, said.listed_on.isoformat(),
        said.until and said.until.isoformat(), line.state.value, line.why, _pk(line.who.subject), line.record_id, target.batch_id, 1, now,
    )  # fmt: skip


def _again(line: Line, publication: FiledPublication) -> tuple[object, ...]:
    said, asked, kept = line.said, line.asked, line.kept
    assert kept is not None  # noqa: S101 - only rows that are kept come here
    subject = _pk(line.who.subject) if line.state is S.ENTERED else kept.subject_id
    return (
        kept.pk, publication.pk, asked.name, _json(asked.numbers), _json(said.content), line.content_hash, said.document_number,
        said.listed_on, said.until, line.state.value, line.why, subject or kept.subject_id, line.record_id, None,
    )  # fmt: skip


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _pk(subject: Subject | None) -> int | None:
    return subject.pk if subject is not None else None


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
