"""Publication: what the public sees is fixed, the period is reckoned, the feed is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused
from credit_platform.pg import update_rows
from disclosure.actions import tallies
from disclosure.actions.anchoring import record_faces
from disclosure.actions.base import announce, announce_many, locked, note, write
from disclosure.actions.bulk import Outcome, decide
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.queries.evaluation import STATED_HERE, Evaluation, Evaluator, public_title
from disclosure.rules import masking
from disclosure.rules.periods import PeriodResult
from disclosure.rules.publication import blocking, refuse
from disclosure.rules.states import next_state
from records.rules import RecordStatus

SHOWN = (
    ("subject_name", "text"),
    ("subject_code", "text"),
    ("title", "text"),
    ("document_number", "text"),
    ("document_key", "text"),
    ("severity", "text"),
    ("severity_stated_by", "text"),
    ("rule_set", "text"),
    ("earliest_repair_on", "date"),
    ("ends_on", "date"),
    ("waits_for_performance", "boolean"),
    ("ends_explained", "jsonb"),
    ("shown", "jsonb"),
    ("shown_record_version", "integer"),
    ("needs_correction", "boolean"),
)
PUBLISHED = (("id", "bigint"), ("state", "text"), ("published_on", "date"), ("published_at", "timestamptz"), *SHOWN)
BATCH = 2000


def shown_values(row: Disclosure, evaluation: Evaluation) -> dict[str, Any]:
    """The columns that say what the public sees and until when, from the record as it stands now."""
    record, subject, period = row.record, row.record.subject, evaluation.period
    stated_here = row.severity_stated_by == STATED_HERE
    return {
        "subject_name": masking.public_name(subject.name, subject.kind),
        "subject_code": "" if subject.kind == "person" else subject.code or "",
        "title": public_title(record),
        "document_number": record.document_number,
        "document_key": record.document_key,
        "severity": period.severity or row.severity,
        "severity_stated_by": STATED_HERE if stated_here else period.source,
        "rule_set": period.rule_set,
        "earliest_repair_on": period.earliest_repair_on,
        "ends_on": period.ends_on,
        "waits_for_performance": period.waits,
        "ends_explained": explained(period, evaluation.beside),
        "shown": evaluation.shown,
        "shown_record_version": record.version,
        "needs_correction": False,
    }


def explained(period: PeriodResult, beside: PeriodResult | None) -> dict[str, Any]:
    """How a period is explained beside an item: our own lines, and what another channel shows of the same decision."""
    explained: dict[str, Any] = {"lines": list(period.explained)}
    if beside is not None:
        explained["beside"] = {
            "rule_set": beside.rule_set,
            "published": beside.published,
            "ends_on": beside.ends_on.isoformat() if beside.ends_on else "",
            "earliest_repair_on": beside.earliest_repair_on.isoformat() if beside.earliest_repair_on else "",
            "lines": list(beside.explained),
        }
    return explained


def publish(disclosure: Disclosure, *, by: Actor, on: date | None = None, version: int | None = None) -> Disclosure:
    """Show an approved item to the public from now on.

    Who: reviewer of the department; SYSTEM for what was set to a day. From APPROVED. Refused with all findings; Conflict when the
    record is no longer in the ledger. Fixes `shown`, the period and its explanation, and tells the change feed.
    """
    on = on or timezone.localdate()
    with acting(by):
        row = locked(disclosure, version)
        evaluation = _may_publish(row, Evaluator(on), by=by)
        before = {"state": row.state, "published_on": None, "ends_on": None, "rule_set": row.rule_set}
        write(
            row,
            state=next_state(row.state, "publish"),
            published_on=on,
            published_at=timezone.now(),
            **shown_values(row, evaluation),
        )
        announce(Verb.APPEARED, row, by=by)
        _count([row], on)
        note("publish", row, before, by=by, detail={"period": list(evaluation.period.explained)}, face=True)
    return row


def publish_many(ids: Sequence[int], *, by: Actor, on: date | None = None) -> list[Outcome]:
    """Publish many approved items: the rules of `publish` for each, one write, one audit row with the members."""
    on = on or timezone.localdate()
    now = timezone.now()
    found: dict[int, Evaluation] = {}

    def ask(row: Disclosure, rules: Evaluator) -> None:
        found[row.pk] = _may_publish(row, rules, by=by)

    with acting(by):
        outcomes = decide(ids, ask, on)
        passed = [each.disclosure for each in outcomes if each.ok]
        if passed:
            update_rows("disclosure_disclosure", PUBLISHED, [_cells(row, found[row.pk], on, now) for row in passed])
            announce_many(Verb.APPEARED, [row.pk for row in passed], by=by)
            _count(passed, on)
            members = [row.pk for row in passed]
            record_faces("disclosure.publish", faces_of=members, by=by, members=members, unit_id=by.department_id)
    return outcomes


def publish_approved(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """The sweep: publish what was approved for this day or earlier; how many. Safe to run twice; what is refused stays
    approved and stands on the department's list of overdue items."""
    on = on or timezone.localdate()
    ids = list(Disclosure.objects.to_publish(on).order_by("pk").values_list("pk", flat=True))
    done = 0
    for start in range(0, len(ids), BATCH):
        done += sum(each.ok for each in publish_many(ids[start : start + BATCH], by=by, on=on))
    return done


def _may_publish(row: Disclosure, rules: Evaluator, *, by: Actor) -> Evaluation:
    policy.require(by, "disclosure.publish", row.source_department)
    next_state(row.state, "publish")
    if row.record.status != RecordStatus.ACTIVE:
        raise Conflict("disclosure.record", "该记录已撤销或已撤回，不能公示。", mend="请刷新页面查看最新状态。")
    if row.objected:
        raise Refused(
            "disclosure.objected",
            "决定机关对该事项提出了异议，处理完毕前不能公示。",
            mend="请与决定机关核实，等候市信用办处理。",
        )
    evaluation = rules.of(row)
    if evaluation.exempt:
        raise Refused("disclosure.exempt", f"该事项依法不公示：{evaluation.exempt}", mend="请退回后办理“依法不公示”。")
    refuse(blocking(evaluation.scanned, evaluation.period.findings, masking_confirmed=row.masking_confirmed))
    return evaluation


def _cells(row: Disclosure, evaluation: Evaluation, on: date, now: datetime) -> tuple[Any, ...]:
    values = shown_values(row, evaluation) | {
        "id": row.pk,
        "state": next_state(row.state, "publish").value,
        "published_on": on,
        "published_at": now.isoformat(),
    }
    return tuple(
        json.dumps(values[name], ensure_ascii=False) if kind == "jsonb" else values[name] for name, kind in PUBLISHED
    )


def _count(rows: Sequence[Disclosure], on: date) -> None:
    counts = tallies.Increments()
    for row in rows:
        if not row.on_entry:
            counts.published(tallies.Timed.of(row), late=on > row.due_on)
    tallies.add(counts)
