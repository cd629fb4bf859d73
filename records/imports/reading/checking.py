"""Row by row: cells → validated row → staged row or refused row, with everything that was found and where."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from credit_platform import sealing
from credit_platform.errors import Finding, Level
from credit_platform.pg import without_nul
from records.actions.reported import Reported
from records.actions.rows import warning_rows
from records.imports.reading.findings import PlacedFinding, double_of
from records.imports.reading.seen import Seen
from records.imports.reading.staged import Place, Preparer
from records.models import ImportReject, SubjectKind
from records.sealed_places import reject_place
from records.standards.cells import is_blank
from records.standards.compile import Validator
from records.standards.declaration import Standard
from records.standards.row import Context


@dataclass(slots=True)
class Chunk:
    """What a few thousand rows gave: good rows for the staging table, refused rows, findings, arrivals of refused rows; `apart` are rows
    that are no records (`passed` counts them): they are kept to be had back, and counted nowhere."""

    good: list[tuple[object, ...]] = field(default_factory=list)
    bad: list[tuple[str, int, bytes]] = field(default_factory=list)
    apart: list[tuple[str, int, bytes]] = field(default_factory=list)
    findings: list[PlacedFinding] = field(default_factory=list)
    arrivals: list[str] = field(default_factory=list)
    reported: list[Reported] = field(default_factory=list)
    rows: int = 0
    passed: int = 0
    warned: int = 0


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a row, and the column letters of its fields."""

    sheet: str
    row: int
    letters: Mapping[str, str] = field(default_factory=dict)


class Checker:
    """Checks the rows of one batch. `seen` holds the fingerprints of good rows, to find doubles within the file."""

    def __init__(
        self, standard: Standard, item_code: str, context: Context, subject_kinds: tuple[str, ...] = ()
    ) -> None:
        self.standard = standard
        self.subject_kinds = frozenset(subject_kinds)
        self.validator = Validator(standard)
        self.context = context
        self.preparer = Preparer(standard=standard, item_code=item_code, context=context)
        self.seen = Seen()
        self.n = 0
        self.chunk = Chunk()
        self._labels = {each.code: each.label for each in standard.fields}
        self._shown = {new: old for old, new in standard.moves.items()}

    def check(self, raw: Mapping[str, object], where: Where, extra: tuple[Finding, ...] = ()) -> bool:
        """Check one row and put it into the current chunk; whether it is good. `extra`: findings of the reader."""
        self.n += 1
        self.chunk.rows += 1
        result = self.validator.validate_row(raw, self.context)
        if self.subject_kinds and result.ok and (result.keys.subject_kind or "legal") not in self.subject_kinds:
            extra = (*extra, _wrong_kind(result.keys.subject_kind or "legal"))
        findings = (*extra, *self._beside(extra, result.findings)) if extra else result.findings
        fingerprint = self.preparer.fingerprint(result.keys)
        ok = result.ok and not any(each.level is Level.ERROR for each in extra)
        if ok and fingerprint and (first := self.seen.row_of(fingerprint)):
            findings, ok = (*findings, double_of(first)), False
        if findings:
            self._tell(findings, where)
        if not ok:
            self.refuse(raw, where, fingerprint)
            if told := Reported.of(result.keys):
                self.chunk.reported.append(told)
            return False
        warnings = [each for each in findings if each.level is Level.WARNING]
        self.chunk.warned += bool(warnings)
        place = Place(self.n, where.sheet, where.row)
        self.chunk.good.append(self.preparer.prepare(place, result, fingerprint, warning_rows(warnings)))
        if fingerprint:
            self.seen.add(fingerprint, where.row)
        return True

    def _beside(self, extra: tuple[Finding, ...], found: tuple[Finding, ...]) -> list[Finding]:
        """What else is to be said of a row: a field that has no value for a reason is not also “not filled in”."""
        told = {each.field for each in extra if each.field}
        return [each for each in found if self._shown.get(each.field, each.field) not in told]

    def refuse_row(self, raw: Mapping[str, object], where: Where, finding: Finding) -> None:
        """Refuse a row that cannot be checked by this standard at all."""
        self.n += 1
        self.chunk.rows += 1
        self._tell((finding,), where)
        self.refuse(raw, where, "")

    def leave_out(self, raw: Mapping[str, object], where: Where, finding: Finding) -> None:
        """Pass by a row that is no record, and say so."""
        self.n += 1
        self.chunk.passed += 1
        self._tell((finding,), where)
        if any(not is_blank(cell) for cell in raw.values()):
            self.chunk.apart.append((where.sheet[:100], where.row, row_json(raw)))

    def refuse(self, raw: Mapping[str, object], where: Where, fingerprint: str) -> None:
        """Keep a refused row; it is encrypted when the chunk is stored."""
        self.chunk.bad.append((where.sheet[:100], where.row, row_json(raw)))
        if fingerprint:
            self.chunk.arrivals.append(fingerprint)

    def take(self) -> Chunk:
        """The chunk so far; a new one begins."""
        chunk, self.chunk = self.chunk, Chunk()
        return chunk

    def _tell(self, findings: tuple[Finding, ...], where: Where) -> None:
        for finding in findings:
            shown = self._shown.get(finding.field, finding.field)
            self.chunk.findings.append(
                PlacedFinding(
                    finding=finding,
                    sheet=where.sheet,
                    row=where.row,
                    column=where.letters.get(shown, ""),
                    label=self._labels.get(shown, ""),
                )
            )


def _wrong_kind(kind: str) -> Finding:
    label = SubjectKind(kind).label
    return Finding(
        "catalogue.subject-kind", Level.ERROR, f"该目录事项不适用于{label}。", "请核对相对人类别和选择的目录事项。"
    )


def row_json(raw: Mapping[str, object]) -> bytes:
    """A row as it came, as JSON; sealed where it is kept (`closing.keep_refused`)."""
    return json.dumps({code: cell_text(cell) for code, cell in raw.items()}, ensure_ascii=False).encode()


def open_row(reject: ImportReject) -> dict[str, str]:
    """The cells of a refused row. Unreadable when its cipher was altered or moved."""
    where = reject_place(reject.batch_id, reject.sheet, reject.row)
    return dict(json.loads(sealing.decrypt(bytes(reject.cipher), where)))


def cell_text(cell: object) -> str:
    """A cell as text, for people who mend it: dates as 2026-01-05, whole numbers without .0."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != time.min else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return format(cell, ".15g")
    if isinstance(cell, dict | list):
        return json.dumps(cell, ensure_ascii=False)
    return without_nul(str(cell))
