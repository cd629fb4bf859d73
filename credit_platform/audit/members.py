"""What the keys among the members of an entry are, so that an act on many can be read, and found by what each of them is called.

The apps above register their kinds of objects with the beginnings of their verbs in AppConfig.ready():

    members.register(members.Kind("disclosure.disclosure", "件公示事项", find=…), "disclosure.")
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import F, Func, IntegerField, Q

from credit_platform.audit.models import AuditEntry

FEW = 5_000
"""Members up to this many are indexed one by one (migration 0005); what a larger batch touched is found by the batch."""
MOST_NAMED = 50
"""How many objects of one kind a text may stand for in a search."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object. `counted` follows a number ("29件公示事项"). `find` answers the keys of what a text calls, exactly or from
    the beginning of a document's number. `name` says how one object reads; `ref`, by which text it is found again."""

    object_type: str
    counted: str
    find: Callable[[str], Iterable[int]] | None = None
    name: Callable[[models.Model], str] = str
    ref: Callable[[models.Model], str] | None = None
    related: tuple[str, ...] = ()

    def objects(self, keys: Collection[object]) -> dict[str, models.Model]:
        """Those that are still there, by their key as text."""
        whole = [int(str(key)) for key in keys if str(key).isascii() and str(key).isdigit()]
        rows = apps.get_model(self.object_type)._default_manager.select_related(*self.related).filter(pk__in=whole)
        return {str(row.pk): row for row in rows}


@dataclass(frozen=True, slots=True)
class Member:
    """One member as a page shows it; `ref` searches the trail for everything about it ("" when there is no such text)."""

    key: str
    name: str
    ref: str = ""


_kinds: dict[str, Kind] = {}
_beginnings: dict[str, Kind] = {}


def register(kind: Kind, *beginnings: str) -> None:
    """Add a kind of object; it is that of the members of all verbs that begin so. The same again is once."""
    _kinds[kind.object_type] = kind
    for beginning in beginnings:
        _beginnings[beginning] = kind


def kind_of(verb: str) -> Kind | None:
    """The kind that the members of a verb's entries are; the longest beginning decides."""
    fitting = [beginning for beginning in _beginnings if verb.startswith(beginning)]
    return _beginnings[max(fitting, key=len)] if fitting else None


def counted(verb: str, count: int) -> str:
    """How many of what, for the column of the object."""
    kind = kind_of(verb)
    return f"{count}{kind.counted if kind else '项'}"


def named(entry: AuditEntry, keys: Sequence[object]) -> list[Member]:
    """Members of an entry with their names; one that is gone, or of a kind that nobody registered, by its key."""
    kind = kind_of(entry.verb)
    there = kind.objects(keys) if kind else {}
    found = []
    for key in map(str, keys):
        row = there.get(key)
        if kind is None or row is None:
            found.append(Member(key, key))
        else:
            found.append(Member(key, kind.name(row) or key, kind.ref(row) if kind.ref else ""))
    return found


def about(text: str) -> Q:
    """Entries about the objects that a text calls, alone or among the members of an act on many."""
    wanted = Q(pk__in=())
    for kind in _kinds.values():
        keys = list(kind.find(text))[:MOST_NAMED] if kind.find else []
        if not keys:
            continue
        wanted |= Q(object_type=kind.object_type, object_id__in=[str(key) for key in keys])
        verbs = Q(pk__in=())
        for beginning, each in _beginnings.items():
            if each.object_type == kind.object_type:
                verbs |= Q(verb__startswith=beginning)
        among = Q(pk__in=())
        for key in keys:
            among |= Q(members__contains=[key])
        wanted |= verbs & among & Q(few__lte=FEW)
    return wanted


def with_few(rows: models.QuerySet[AuditEntry]) -> models.QuerySet[AuditEntry]:
    """What `about` is asked of: the length of the members as the index has it."""
    length = Func(F("members"), function="jsonb_array_length", output_field=IntegerField())
    return rows.alias(few=length)
