"""From the staging table into the ledger: one transaction, a fixed number of statements, whatever the number of rows."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.utils import timezone

from credit_platform import sealing
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import Department
from credit_platform.accounts.queries import own_department_ids
from credit_platform.errors import Finding
from credit_platform.pg import execute, query
from records import followers
from records.actions import reported
from records.imports.ledger import merging
from records.imports.ledger.authorities import place_staged
from records.imports.ledger.remarks import (
    REVOKED,
    add_late_remarks,
    other_department,
    other_source,
    place_remarks,
)
from records.imports.ledger.subjects import SubjectStep
from records.imports.reading.findings import RowFinding, double_of
from records.ledger_rules import one_per_subject
from records.models import CatalogueItem
from records.sealed_places import RECORDS
from records.standards.declaration import Standard


class MovedMeanwhile(Exception):  # noqa: N818 - a signal to try again, not an error of anybody
    """Somebody changed a record between our look and our write: roll back and apply again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where the rows go, and on whose behalf. `clear`: what a row leaves out is deleted; else the ledger keeps it."""

    stage: str
    batch_id: int
    item: CatalogueItem
    standard: Standard
    stored_as: str
    department: Department
    received_at: datetime
    entered_by_id: int | None
    clear: bool = False


@dataclass(slots=True)
class Outcome:
    """What became of the staged rows: ids per verb, the refused, remarks about rows and file; `left_out`: field code → records that hold it while
    their row does not (kept, or emptied where the target says so), `emptied` the rows that do so; `apart`: rows that a door
    took in beside the ledger."""

    created: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    revived: list[int] = field(default_factory=list)
    unchanged: int = 0
    warned: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    emptied: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    refused: list[RowFinding] = field(default_factory=list)
    warnings: list[RowFinding] = field(default_factory=list)
    about_file: list[Finding] = field(default_factory=list)
    apart: list[int] = field(default_factory=list)


def apply(target: Target, *, by: Actor) -> Outcome:
    """Enter everything that is staged. Runs inside the caller's transaction, `acting` open, the policy asked.

    Subjects are found or made, records inserted or updated by their natural key, followers told. Raises MovedMeanwhile when a record
    changed under us; the caller rolls back and calls again.
    """
    outcome = Outcome()
    execute("DROP TABLE IF EXISTS pg_temp.imp_row")
    single = one_per_subject(target.standard.kind)
    outcome.warnings += place_staged(target.stage, target.department, by=by, registration=single)
    subjects = SubjectStep(target.stage, item_id=target.item.pk, registration=single)
    subjects.run()
    if sealing.rotating():  # contents are compared by hashes of the current key
        RECORDS.renew("item_id = %s AND subject_id IN (SELECT subject_id FROM imp_subject)", [target.item.pk])
    _place_rows(target)
    merging.place_kept(target.stage, target.stored_as, merging.Roles.of(target.standard), clear=target.clear)
    outcome.left_out = merging.left_out()
    outcome.emptied = merging.emptied() if target.clear else []
    outcome.refused += _refused(target)
    outcome.warnings += subjects.warnings + _remarks(target)
    place_remarks(outcome.warnings)
    _insert(target)
    _update(target)
    late = subjects.follow() + _from_above()
    if late:
        place_remarks(late)
        add_late_remarks()
    outcome.warnings += late
    _arrivals(target)
    _effects(target)
    _collect(target, outcome)
    reported.mended(outcome.created + outcome.updated + outcome.revived)
    _tell_followers(outcome, by)
    return outcome


def _place_rows(target: Target) -> None:
    """Every row with its subject, its authority, the record that the ledger holds already, and what is to become of it.

    A record is found by its natural key; registration data by subject and item. `what`: c(reate), u(pdate), r(evive), = (unchanged),
    k (revoked, stays), x (refused: a double that shows only now that subjects are known, or a record of another department).
    Made in one go and never updated: the planner then knows all of it, and no row is written twice.
    """
    single = one_per_subject(target.standard.kind)
    key = "p.subject_id" if single else "p.subject_id, p.authority_id, p.doc_key, p.decided_on"
    same = "r.subject_id = p.subject_id" + (
        ""
        if single
        else " AND r.authority_id = p.authority_id AND r.document_key = p.doc_key AND r.decided_on = p.decided_on"
    )
    execute(
        f"""CREATE TEMP TABLE imp_row ON COMMIT DROP AS
        WITH placed AS (
            SELECT s.n, i.subject_id, a.authority_id, s.doc_key, s.decided_on, s.content_hash
            FROM {target.stage} s JOIN imp_subject i USING (skey)
            JOIN imp_auth a ON a.auth_code = s.auth_code AND a.auth_name = s.auth_name
        ), held AS (
            SELECT p.n, p.subject_id, p.authority_id, p.content_hash, r.id, r.version, r.status, r.content_hash AS held_hash, r.standard,
                   r.source_department_id <> ALL(%(own)s) AS others, first_value(p.n) OVER (PARTITION BY {key} ORDER BY p.n) AS first
            FROM placed p LEFT JOIN (SELECT * FROM records_creditrecord WHERE item_id = %(item)s) r ON {same}
        ), decided AS (
            SELECT n, subject_id, authority_id, id, version,
                   CASE WHEN others THEN 'other' WHEN first <> n THEN 'double:' || first ELSE '' END AS why,
                   CASE WHEN others OR first <> n THEN 'x' WHEN id IS NULL THEN 'c' WHEN status = 'revoked' THEN 'k'
                        WHEN status = 'undone' THEN 'r'
                        WHEN held_hash = content_hash AND standard = %(standard)s THEN '='
                        ELSE 'u' END AS what
            FROM held ORDER BY n
        )
        SELECT n, subject_id, authority_id, version, what, why,
               CASE WHEN what = 'c' THEN nextval('{_SEQUENCE}') ELSE id END AS record_id
        FROM decided""",  # noqa: S608 - own table names
        {
            "own": sorted(own_department_ids(target.department.pk, timezone.localdate())),
            "standard": target.stored_as,
            "item": target.item.pk,
        },
    )
    execute("CREATE UNIQUE INDEX ON imp_row (n)")
    execute("ANALYZE imp_row")
    if query("SELECT count(*) FROM imp_row WHERE subject_id IS NULL")[0][0]:
        raise MovedMeanwhile


_SEQUENCE = "records_creditrecord_id_seq"


def _refused(target: Target) -> list[RowFinding]:
    """Rows that turned out to be one record only now that their subjects are known, and records of another department."""
    found = query(
        f"""SELECT w.n, w.why, d.name, f.row FROM imp_row w
        LEFT JOIN records_creditrecord r ON r.id = w.record_id
        LEFT JOIN accounts_department d ON d.id = r.source_department_id
        LEFT JOIN {target.stage} f ON f.n = CASE WHEN w.why LIKE 'double:%%' THEN split_part(w.why, ':', 2)::int END
        WHERE w.what = 'x' ORDER BY w.n"""  # noqa: S608
    )
    return [RowFinding(int(str(n)), _why_refused(str(why), str(department), row)) for n, why, department, row in found]


def _why_refused(why: str, department: str, row: object) -> Finding:
    if why == "period":
        return merging.PERIOD
    return other_department(department) if why == "other" else double_of(int(str(row)))


def _insert(target: Target) -> None:
    wanted = int(str(query("SELECT count(*) FROM imp_row WHERE what = 'c'")[0][0]))
    former = "(SELECT min(f.first_at) FROM records_arrival f WHERE f.fingerprint = ANY(s.arrival_formers))"
    if not query(f"SELECT EXISTS (SELECT 1 FROM {target.stage} WHERE arrival_formers IS NOT NULL)")[0][0]:  # noqa: S608
        former = "NULL"  # no key was ever changed
    done = execute(
        f"""INSERT INTO records_creditrecord (id, subject_id, item_id, kind, standard, authority_id, authority_name, source_department_id,
              title, document_number, document_key, decided_on, valid_from, valid_until, content, content_hash, warnings, status,
              version, batch_id, entered_by_id, first_arrived_at, first_compliant_at, revoked_reason, created_at, updated_at)
        SELECT w.record_id, w.subject_id, %(item)s, %(kind)s, %(standard)s, w.authority_id,
               coalesce(nullif(s.auth_name, ''), d.name), %(source)s, s.title, s.doc_no, s.doc_key, s.decided_on, s.valid_from,
               s.valid_until, s.content::jsonb, s.content_hash,
               s.warnings::jsonb || coalesce(k.remarks, '[]')::jsonb, 'active', 1, %(batch)s, %(user)s,
               least(a.first_at, {former}, %(received)s), %(received)s, '', now(), now()
        FROM imp_row w JOIN {target.stage} s USING (n) JOIN accounts_department d ON d.id = w.authority_id
        LEFT JOIN imp_remark k USING (n)
        LEFT JOIN records_arrival a ON a.fingerprint = s.fingerprint AND s.fingerprint <> ''
        WHERE w.what = 'c' ORDER BY w.n ON CONFLICT DO NOTHING""",  # noqa: S608
        _values(target),
    )
    if done != wanted:
        raise MovedMeanwhile


def _update(target: Target) -> None:
    """Changed and revived records; a revoked one stays as it is (trap 32)."""
    wanted = int(str(query("SELECT count(*) FROM imp_row WHERE what IN ('u', 'r')")[0][0]))
    if not wanted:
        return
    done = execute(
        f"""UPDATE records_creditrecord r SET standard = %(standard)s, authority_id = w.authority_id,
              authority_name = {merging.AUTHORITY_NAME}, title = {merging.TITLE}, document_number = s.doc_no,
              decided_on = {merging.DECIDED_ON}, valid_from = {merging.VALID_FROM}, valid_until = {merging.VALID_UNTIL},
              content = coalesce(k.content, s.content::jsonb), content_hash = coalesce(k.hash, s.content_hash),
              warnings = s.warnings::jsonb || coalesce(m.remarks, '[]')::jsonb, status = 'active',
              version = r.version + 1,
              first_compliant_at = coalesce(r.first_compliant_at, %(received)s), updated_at = now()
        FROM imp_row w JOIN {target.stage} s USING (n) JOIN accounts_department d ON d.id = w.authority_id
        LEFT JOIN imp_remark m USING (n) LEFT JOIN (SELECT * FROM imp_kept WHERE content IS NOT NULL) k USING (n)
        WHERE r.id = w.record_id AND w.what IN ('u', 'r') AND r.version = w.version
              AND r.status = CASE w.what WHEN 'u' THEN 'active' ELSE 'undone' END""",  # noqa: S608
        _values(target) | asdict(merging.Roles.of(target.standard)),
    )
    if done != wanted:
        raise MovedMeanwhile


def _values(target: Target) -> dict[str, object]:
    return {
        "item": target.item.pk,
        "kind": target.standard.kind,
        "standard": target.stored_as,
        "source": target.department.pk,
        "batch": target.batch_id,
        "user": target.entered_by_id,
        "received": target.received_at,
    }


def _remarks(target: Target) -> list[RowFinding]:
    """What is worth saying about good rows: revoked records, and a source that is another department."""
    kept = [RowFinding(int(str(n)), REVOKED) for (n,) in query("SELECT n FROM imp_row WHERE what = 'k' ORDER BY n")]
    others = query(
        f"""SELECT s.n, d.name FROM {target.stage} s JOIN imp_row w USING (n) JOIN accounts_department d ON d.uscc = s.source_code
        WHERE w.what <> 'x' AND d.id <> ALL(%s) ORDER BY s.n""",  # noqa: S608
        [sorted(own_department_ids(target.department.pk, timezone.localdate()))],
    )
    return kept + [RowFinding(int(str(n)), other_source(str(name), target.department)) for n, name in others]


def _from_above() -> list[RowFinding]:
    """What those above the ledger know of the records that are in now: a decision that was taken back from the public, for one."""
    rows = query("SELECT record_id, n FROM imp_row WHERE what IN ('c', 'u', 'r')")
    place = {int(str(record_id)): int(str(n)) for record_id, n in rows}
    said = followers.remarks_of(list(place)) if place else []
    return sorted((RowFinding(place[record_id], finding) for record_id, finding in said), key=lambda each: each.n)


def _arrivals(target: Target) -> None:
    execute(
        f"""INSERT INTO records_arrival (fingerprint, first_at) SELECT DISTINCT s.fingerprint, %s::timestamptz
        FROM {target.stage} s JOIN imp_row w USING (n) WHERE s.fingerprint <> '' AND w.what IN ('c', 'x')
        ON CONFLICT DO NOTHING""",  # noqa: S608
        [target.received_at],
    )


def _effects(target: Target) -> None:
    execute(
        """INSERT INTO records_importeffect (batch_id, record_id, what, version)
        SELECT %s, record_id, what, coalesce(version + 1, 1) FROM imp_row WHERE what IN ('c', 'u', 'r')""",
        [target.batch_id],
    )


def _collect(target: Target, outcome: Outcome) -> None:
    lists = {"c": outcome.created, "u": outcome.updated, "r": outcome.revived}
    for what, ids in query(
        "SELECT what, array_agg(record_id ORDER BY n) FROM imp_row WHERE what IN ('c', 'u', 'r') GROUP BY what"
    ):
        lists[str(what)].extend(ids)  # type: ignore[arg-type]
    outcome.unchanged = int(str(query("SELECT count(*) FROM imp_row WHERE what IN ('=', 'k')")[0][0]))
    warned = {
        int(str(n))
        for (n,) in query(
            f"SELECT n FROM {target.stage} JOIN imp_row USING (n) WHERE what <> 'x' AND warnings <> '[]'"  # noqa: S608
        )
    }
    refused = {each.n for each in outcome.refused}
    outcome.warned = len((warned | {each.n for each in outcome.warnings}) - refused)


def _tell_followers(outcome: Outcome, by: Actor) -> None:
    for follower in followers.followers():
        if outcome.created or outcome.revived:
            follower.entered(outcome.created + outcome.revived, by=by)
        if outcome.updated:
            follower.changed(outcome.updated, by=by)
