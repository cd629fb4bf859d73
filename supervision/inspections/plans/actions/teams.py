"""Who can go to the objects of a task, and who goes: the rules asked with what the tables know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from supervision.inspections.libraries.models import Inspector
from supervision.inspections.libraries.queries import able, avoided
from supervision.inspections.plans.models import Assignment, InspectionTask, TaskObject, TaskPart
from supervision.inspections.plans.rules import assigning
from supervision.inspections.plans.rules.assigning import Able, Place, hardest_sample, load_of, short


@dataclass(slots=True)
class Team:
    """A part of a task with those who can be drawn for it."""

    part: TaskPart
    inspectors: dict[str, Inspector]
    speciality: str
    load: int
    busy: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, task: InspectionTask, part: TaskPart, size: int) -> Team:
        """Who of the part's department may inspect all its items with a card that is valid through the whole task.

        `size` objects are shared out; one gets ⌈2 · size / inspectors⌉ at most, or what the task says.
        """
        entries = [each.entry for each in part.items.select_related("entry") if each.entry]
        rows = able(part.department, [each.item_id for each in entries], task.starts_on, task.ends_on)
        inspectors = {row.card_number: row for row in rows}
        speciality = next((each.speciality for each in entries if each.speciality), "")
        return cls(part, inspectors, speciality, task.load_cap or load_of(size, len(inspectors)))

    @property
    def able(self) -> list[Able]:
        return [
            Able(card, special=not self.speciality or self.speciality in row.specialities)
            for card, row in self.inspectors.items()
        ]

    def avoiding(self, subjects: Sequence[int], on: date) -> dict[int, frozenset[str]]:
        """Subject → cards of those who stay away from it."""
        cards = {row.pk: card for card, row in self.inspectors.items()}
        found = avoided(subjects, list(cards), on)
        return {subject: frozenset(cards[each] for each in away) for subject, away in found.items()}

    def missing(self, subjects: Sequence[int], size: int, on: date) -> str:
        """ "" when everybody of the hardest sample of `size` would have two, whatever the seed; else who is missing, in Chinese."""
        listed = set(subjects)
        avoided_by = {str(pk): cards for pk, cards in self.avoiding(subjects, on).items() if pk in listed}
        sample = hardest_sample(avoided_by, size, population=len(listed))
        without = short(sample, self.able, load=self.load, special=bool(self.speciality))
        if not without:
            return ""
        special = sum(each.special for each in self.able)
        asked = f"，其中具有“{self.speciality}”专业的{special}名" if self.speciality else ""
        return (
            f"{self.part.department.label}有{len(self.inspectors)}名符合条件的检查人员{asked}，每人至多{self.load}户，"
            f"抽取{size}户时有{len(without)}户可能派不出两人。"
        )

    def assign(self, objects: Sequence[TaskObject], seed: str, on: date) -> list[Assignment]:
        """Who goes to each of these objects, in the order of their tickets."""
        away = self.avoiding([each.subject_id for each in objects], on)
        ordered = sorted(objects, key=lambda each: (each.ticket, each.slip))
        places = [Place(each.slip, away.get(each.subject_id, frozenset())) for each in ordered]
        chosen = assigning.assign(
            places, self.able, seed, load=self.load, special=bool(self.speciality), busy=self.busy
        )
        return [
            Assignment(object=each, part=self.part, inspector=self.inspectors[who.card], rank=who.rank, since=on)
            for each in ordered
            for who in chosen[each.slip]
        ]


def teams_of(task: InspectionTask, size: int) -> list[Team]:
    """Those of each part of a task; joint tasks draw the inspectors of each department apart."""
    return [Team.of(task, part, size) for part in task.parts.select_related("department")]


def assign_all(task: InspectionTask, objects: Sequence[TaskObject], seed: str, on: date) -> int:
    """Write who goes to these objects, for every part; how many objects were left without two. What each carries already counts."""
    made: list[Assignment] = []
    for team in teams_of(task, task.size):
        team.busy = _carried(team)
        made += team.assign(objects, seed, on)
    Assignment.objects.bulk_create(made, batch_size=1000)
    parts = task.parts.count()
    served: dict[int, int] = {}
    for each in made:
        served[each.object_id] = served.get(each.object_id, 0) + 1
    return sum(served.get(each.pk, 0) < assigning.TEAM * parts for each in objects)


def _carried(team: Team) -> dict[str, int]:
    rows = Assignment.objects.current().filter(part=team.part).order_by().values_list("inspector__card_number")
    return dict(rows.annotate(n=Count("pk")))


def next_in_rank(
    team: Team, drawn: TaskObject, seed: str, used: Iterable[int], *, on: date
) -> tuple[Inspector, int] | None:
    """The next of the object's own order who may go there on a day: neither used before, nor avoiding it, nor at the load; None for nobody."""
    away = team.avoiding([drawn.subject_id], on).get(drawn.subject_id, frozenset())
    past, carried = set(used), _carried(team)
    for rank, card in enumerate(assigning.ranked(seed, drawn.slip, team.inspectors), 1):
        row = team.inspectors[card]
        if row.pk not in past and card not in away and carried.get(card, 0) < team.load:
            return row, rank
    return None
