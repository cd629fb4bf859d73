"""What was stored with a citizen's number in clear is sealed, what was shown with one is shown without, and the feed says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from disclosure.actions.anchoring import record_faces
from disclosure.actions.base import announce, write
from disclosure.followers import Verb
from disclosure.models import Disclosure
from disclosure.rules.states import State
from records.identifiers.personal import removed
from records.models import CreditRecord
from records.privacy import stored

SEALED = "records.personal.seal"
_OWN_WAY = frozenset({"records_subjectidentifier", "records_subjectname"})


def seal_stored(*, by: Actor = SYSTEM) -> Counter[str]:
    """Seal the numbers of citizens that stand in clear in the database; how many rows by table and column.

    In pieces, each its own transaction with its history; safe to run twice and to break off. The audit keeps what was changed. Only the
    platform may (Forbidden).
    """
    policy.require(by, SEALED)
    done = stored.seal_numbers(by=by)
    done += stored.seal_records(by=by, followed=lambda ids: _shown_again(ids, by=by))
    done += stored.seal_names(by=by)
    done += _others(by=by)
    done += stored.seal_texts(by=by, but=_OWN_WAY)
    done = +done
    with acting(by):
        audit.record(SEALED, by=by, detail={"rows": dict(sorted(done.items()))})
    return done


def _shown_again(record_ids: Sequence[int], *, by: Actor) -> None:
    for row in (
        Disclosure.objects.select_for_update(of=("self",)).filter(record_id__in=record_ids).select_related("record")
    ):
        _clean(row, row.record, by=by)


def _others(*, by: Actor) -> Counter[str]:
    """Disclosures whose record is clean by now, and which show a number all the same."""
    done: Counter[str] = Counter()
    for rows in stored.pieces(
        "disclosure_disclosure", ["shown", "subject_name", "title", "document_number", "document_key"]
    ):
        with acting(by):
            ids = [row[0] for row in rows]
            for row in Disclosure.objects.select_for_update(of=("self",)).filter(pk__in=ids).select_related("record"):
                done["disclosure_disclosure.shown"] += _clean(row, row.record, by=by)
    return done


def _clean(row: Disclosure, record: CreditRecord, *, by: Actor) -> bool:
    values = {
        "shown": {code: removed(text) if isinstance(text, str) else text for code, text in row.shown.items()},
        "subject_name": removed(row.subject_name),
        "title": removed(row.title),
        "document_number": removed(row.document_number),
        "document_key": stored.key_without(row.document_key),
    }
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return False
    write(row, **changed)
    if row.state == State.PUBLISHED:
        announce(Verb.CHANGED, row, by=by)
    record_faces(
        SEALED, row, faces_of=[row.pk], by=by, unit_id=row.source_department_id, detail={"columns": sorted(changed)}
    )
    return True
