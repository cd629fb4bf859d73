"""What is published of a draw: what was fixed beforehand at once, the list and the nonce when it was revealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from casework import sampling
from casework.models import Draw
from casework.rules import drawing
from casework.rules.draws import DrawState, draw_by_stratum
from credit_platform.pg import query


def announced(row: Draw) -> dict[str, Any]:
    """What was fixed before anybody could know the result: it goes into the audit chain and into the published file."""
    return {
        "number": row.number,
        "algorithm": drawing.ALGORITHM,
        "list_digest": row.list_digest,
        "commit": row.nonce_digest,
        "sizes": {part.code: part.size for part in row.parts()},
        "source": row.source,
        "source_number": row.source_number,
        "value_at": timezone.localtime(row.value_at).isoformat(timespec="minutes"),
        "fallback_number": row.fallback_number,
        "fallback_at": timezone.localtime(row.fallback_at).isoformat(timespec="minutes"),
        "reveal_by": row.reveal_by.isoformat(),
    }


@dataclass(frozen=True, slots=True)
class Shape:
    """A stratum without its ids: what a page tells of it."""

    code: str
    label: str
    ground: str
    size: int
    count: int


def shapes(row: Draw) -> list[Shape]:
    """The strata of a draw; the ids, of which there may be a million, are counted where they lie and not read."""
    rows = query(
        "SELECT part ->> 'code', part ->> 'label', part ->> 'ground', (part ->> 'size')::int, jsonb_array_length(part -> 'ids')"
        " FROM casework_draw, jsonb_array_elements(strata) WITH ORDINALITY AS p(part, place) WHERE id = %s ORDER BY place",
        [row.pk],
    )
    return [
        Shape(str(code), str(label), str(ground), int(str(size)), int(str(count)))
        for code, label, ground, size, count in rows
    ]


def published(row: Draw) -> dict[str, Any]:
    """The file that anybody may take away: before the draw is revealed the digests only, afterwards all that is needed to repeat it."""
    told = {
        "title": row.title,
        "sampling": sampling.get(row.sampling).label,
        "department": row.department.name,
        "state": row.get_state_display(),
        "announced_at": timezone.localtime(row.announced_at).isoformat(timespec="seconds"),
        **announced(row),
    }
    if not row.nonce:
        return told
    told |= {
        "strata": [
            {"code": part.code, "label": part.label, "n": part.size, "ids": list(part.ids)} for part in row.parts()
        ],
        "nonce": row.nonce,
        "public_value": row.public_value,
        "seed": row.seed,
        "struck": row.struck,
        "drawn": row.drawn,
    }
    return told | ({"void_reason": row.void_reason} if row.state == DrawState.VOID else {})


def holds(row: Draw) -> bool:
    """Whether a draw that was revealed comes out the same when it is computed again from what is kept of it."""
    ids = [each for part in row.parts() for each in part.ids]
    digest, commit = drawing.list_digest(ids), drawing.nonce_digest(row.nonce)
    if (digest, commit) != (row.list_digest, row.nonce_digest):
        return False
    if row.state == DrawState.VOID:
        return True
    seed = drawing.seed_of(row.nonce, row.public_value, digest)
    drawn = draw_by_stratum(row.parts(), seed, struck=row.struck)
    kept = {code: [[ticket.id, ticket.value] for ticket in tickets] for code, tickets in drawn.items()}
    return seed == row.seed and kept == row.drawn
