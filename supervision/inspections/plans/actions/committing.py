"""The commitment of a frozen list, and what follows when it was drawn: who is inspected, for what, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from casework.actions.draws import announce
from casework.models import Draw
from casework.rules.draws import Named, Stratum
from casework.sampling import Sampling
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Forbidden, Refused, at_field
from supervision.inspections.plans.actions.steps import DRAW, locked, save, secret_of, trail
from supervision.inspections.plans.actions.teams import assign_all, teams_of
from supervision.inspections.plans.models import InspectionTask, TaskObject
from supervision.inspections.plans.queries.freezing import items_of
from supervision.inspections.plans.rules.slips import slips

SLUG = "inspections"
GROUND = "名单是冻结时符合任务条件的全部检查对象，按监管等级分层；已注销、已达检查次数上限等排除的另列（国办发〔2024〕54号）。"


def commit(
    task: InspectionTask,
    *,
    named: Named,
    by: User,
    load_cap: int | None = None,
    version: str | None = None,
    now: datetime | None = None,
) -> InspectionTask:
    """Announce the frozen list: digest, numbers, the hash of the nonce, the public value that will decide.

    `inspections.draw`, never who froze it (Forbidden). Refused while nobody could be found for some sample of that size; `load_cap` sets how many
    objects one inspector takes at most, by default as few as the numbers allow.
    """
    now = now or timezone.now()
    with acting(by):
        row = locked(task, DRAW, "commit", by=by, version=version)
        if row.frozen_by_id == by.pk:
            raise Forbidden("task.two_people", "名单应由另一人公布，冻结人不能公布自己冻结的名单。")
        row.load_cap = load_cap or row.load_cap
        _require_enough(row, timezone.localdate(now))
        secret = secret_of(row)
        strata = [
            Stratum(each.code, each.label, list(slips(secret, each.codes())), each.size, each.ground)
            for each in row.strata.all()
        ]
        row.draw = announce(
            SAMPLING, row.department, occasion=row.number, title=row.title, named=named, by=by, strata=strata, now=now
        )
        row.committed_by = by
        save(row, "draw", "committed_by", "load_cap")
        trail(row, "commit", by=by, draw=row.draw.number)
    return row


def _require_enough(row: InspectionTask, on: date) -> None:
    subjects = [pk for each in row.strata.all() for _, pk in each.pairs()]
    missing = [words for team in teams_of(row, row.size) if (words := team.missing(subjects, row.size, on))]
    if missing:
        mend = "请增加检查人员、延长执法证有效期，或者提高每人承担的户数。"
        words = "".join(missing)
        raise Refused(
            "task.inspectors", words, mend=mend, findings=[at_field("task.inspectors", "load_cap", words, mend=mend)]
        )


def carry_out(draw: Draw, ids: Sequence[str], by: Actor, on: date) -> None:
    """The kit's: in the transaction of the draw its task has its objects, their items, and two inspectors of each department for each of them."""
    task = locked_of(draw)
    task.state = "drawn"
    tickets = {code: [(each[0], each[1]) for each in drawn] for code, drawn in draw.drawn.items()}
    made = [each for code, drawn in tickets.items() for each in make_objects(task, code, drawn, first=1)]
    without = assign_all(task, made, draw.seed, on)
    save(task)
    trail(task, "draw", by=by, objects=len(made), without_inspectors=without)


def voided(draw: Draw, reason: str, by: Actor) -> None:
    """The kit's: a draw that came to nothing takes its task with it; both stay public."""
    task = locked_of(draw)
    task.state, task.ended_reason = "void", reason
    save(task, "ended_reason")
    trail(task, "void", by=by, reason=reason)


def locked_of(draw: Draw) -> InspectionTask:
    """The task of a draw, held until the end of the transaction."""
    return InspectionTask.objects.select_for_update(of=("self",)).select_related("department").get(draw=draw)


def make_objects(
    task: InspectionTask,
    stratum: str,
    tickets: Sequence[tuple[str, str]],
    *,
    first: int,
    stands_for: TaskObject | None = None,
) -> list[TaskObject]:
    """The objects of these slips and tickets, whose ranks begin at `first`, with the items that reach so far down in their stratum.

    A substitute has the items of whom it stands for; who is drawn beyond the first numbers has those that reached furthest.
    """
    subjects = _subjects(task, stratum, {each for each, _ in tickets})
    made = TaskObject.objects.bulk_create(
        [
            TaskObject(
                task=task,
                subject_id=subjects[each],
                stratum=stratum,
                slip=each,
                ticket=ticket,
                place=place,
                stands_for=stands_for,
            )
            for place, (each, ticket) in enumerate(tickets, first)
        ],
        batch_size=1000,
    )
    through = TaskObject.items.through
    sizes = {item.pk: item.sizes.get(stratum, 0) for item in items_of(task)}
    most = max(sizes.values())
    given = set(stands_for.items.values_list("pk", flat=True)) if stands_for else None
    wanted = [
        through(taskobject_id=each.pk, taskitem_id=item)
        for each in made
        for item, size in sizes.items()
        if (item in given if given is not None else min(each.place, most) <= size)
    ]
    through._default_manager.bulk_create(wanted, batch_size=1000)
    return made


def _subjects(task: InspectionTask, stratum: str, wanted: set[str]) -> dict[str, int]:
    """Slip → id of its subject, as the list was frozen."""
    listed = task.strata.get(code=stratum)
    every = zip(slips(secret_of(task), listed.codes()), listed.members.splitlines(), strict=True)
    return {each: int(line.partition(" ")[2]) for each, line in every if each in wanted}


def _objects(draw: Draw, ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """For the desk's page of the draw: no names, only the way to the task, where looking is logged."""
    task = InspectionTask.objects.get(draw=draw)
    address = reverse("inspections:drawn", args=[task.pk])
    return [(draw.number, f"抽中的{len(ids)}户检查对象和检查人员", address)]


def _nobody(ids: object) -> list[str]:
    """Whoever fell out since the list was frozen is skipped with evidence, in the open; nobody is struck off in silence."""
    return []


SAMPLING = Sampling(
    slug=SLUG,
    label="双随机抽查",
    counted="户检查对象",
    ground=GROUND,
    permission=DRAW,
    population=None,
    gone=_nobody,
    carry_out=carry_out,
    objects=_objects,
    voided=voided,
)
