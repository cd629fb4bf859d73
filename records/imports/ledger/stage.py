"""The staging table of one batch: validated rows on their way to the ledger, put there by COPY, chunk by chunk.

One UNLOGGED table per batch, dropped with the end of the batch. After a crash of the database server it is empty; the engine sees
that by counting and reads the file again. What a row of it holds stands in `reading.staged`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from credit_platform import pg
from records.imports.reading.seen import Seen
from records.imports.reading.staged import COLUMNS, NAMES, TEXTS


def table_of(batch_id: int, part: str = "") -> str:
    """The name of a batch's staging table; `part` names a second one beside it, for what its rows turn out to be."""
    return f"records_stage_{int(batch_id)}{part}"


def create(batch_id: int, *, for_now: bool = False, part: str = "") -> None:
    """Make the table anew and empty; `for_now`: only for the running transaction."""
    drop(batch_id, part)
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS)
    kind, end = ("TEMP", " ON COMMIT DROP") if for_now else ("UNLOGGED", "")
    place = "" if for_now else _own_schema()
    pg.execute(f"CREATE {kind} TABLE {place}{table_of(batch_id, part)} ({columns}){end}")


def _own_schema() -> str:
    """Where this role may make a table: a run-time role owns nothing in `public`, and has a schema of its own name behind it."""
    return str(
        pg.query(
            "SELECT CASE WHEN has_schema_privilege(current_schema(), 'CREATE') THEN '' ELSE quote_ident(current_user) || '.' END"
        )[0][0]
    )


def drop(batch_id: int, part: str = "") -> None:
    """Remove the table, when it is there."""
    pg.execute(f"DROP TABLE IF EXISTS {table_of(batch_id, part)}")


def count(batch_id: int) -> int | None:
    """How many rows are staged; None when there is no table, or one of an earlier release with other columns."""
    exists = pg.query(
        "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = ANY(%s)",
        [table_of(batch_id), list(NAMES)],
    )[0][0]
    if int(str(exists)) != len(NAMES):
        return None
    return int(str(pg.query(f"SELECT count(*) FROM {table_of(batch_id)}")[0][0]))  # noqa: S608 - own name


def add(batch_id: int, rows: Iterable[tuple[object, ...]], part: str = "") -> int:
    """Stage prepared rows."""
    return pg.copy_rows(table_of(batch_id, part), NAMES, rows, texts=TEXTS)


def seen(batch_id: int) -> Seen:
    """Fingerprint → row of what is staged, to go on finding doubles after a restart."""
    found = pg.query(f"SELECT fingerprint, row FROM {table_of(batch_id)} WHERE fingerprint <> ''")  # noqa: S608
    return Seen((str(fingerprint), int(str(row))) for fingerprint, row in found)


def places(batch_id: int, numbers: Iterable[int]) -> dict[int, tuple[str, int]]:
    """Sheet and row of staged rows by their number within the batch."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    found = pg.query(
        f"SELECT n, sheet, row FROM {table_of(batch_id)} WHERE n = ANY(%s)",  # noqa: S608
        [wanted],
    )
    return {int(str(n)): (str(sheet), int(str(row))) for n, sheet, row in found}


def analyze(batch_id: int, part: str = "") -> None:
    """Tell the planner about the rows that COPY brought."""
    pg.execute(f"ANALYZE {table_of(batch_id, part)}")


def remember_arrivals(fingerprints: Sequence[str], at: datetime) -> None:
    """Keep the first arrival of rows that were refused (trap 47)."""
    if fingerprints:
        pg.execute(
            "INSERT INTO records_arrival (fingerprint, first_at) SELECT DISTINCT f, %s::timestamptz FROM unnest(%s::text[]) f "
            "ON CONFLICT DO NOTHING",
            [at, list(fingerprints)],
        )


def remember_staged_arrivals(batch_id: int, at: datetime) -> None:
    """The same for good rows that were not entered, because others of their file were bad."""
    pg.execute(
        f"""INSERT INTO records_arrival (fingerprint, first_at)
        SELECT DISTINCT fingerprint, %s::timestamptz FROM {table_of(batch_id)} WHERE fingerprint <> ''
        ON CONFLICT DO NOTHING""",  # noqa: S608
        [at],
    )
