"""Every face that is shown or corrected goes under the audit: its hash into a row, the digest over all of an act into the act's entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.audit.models import AuditEntry
from credit_platform.pg import execute
from disclosure.models import Disclosure
from disclosure.queries import faces

CHUNK = 10_000
ANCHORED = "disclosure.anchor"
_KEEP = f"""INSERT INTO disclosure_face (disclosure_id, entry_id, hash, record_version, record_hash)
SELECT f.disclosure_id, %s, f.hash, f.record_version, f.record_hash FROM ({faces.COMPUTED}) f"""  # noqa: S608 - own names only


def record_faces(
    verb: str,
    obj: Disclosure | None = None,
    *,
    faces_of: Sequence[int],
    by: Actor,
    detail: Mapping[str, Any] | None = None,
    **more: Any,
) -> AuditEntry:
    """`audit.record` for an act that wrote what the public sees of the disclosures `faces_of`, after it wrote them, in its transaction.

    Whoever writes `shown` or a column of `queries.faces.FACE_COLUMNS` of a published item records the act with this; else the nightly
    re-reading names the item as altered.
    """
    if not faces_of:
        return audit.record(verb, obj, by=by, detail=detail, **more)
    digest = faces.digest_of(faces_of)
    told = {**(detail or {}), "faces": digest.as_detail()} if digest.count else detail
    entry = audit.record(verb, obj, by=by, detail=told, **more)
    if digest.count:
        execute(_KEEP, [entry.pk, list(faces_of)])
    return entry


def anchor_faces(*, by: Actor = SYSTEM, chunk: int = CHUNK) -> int:
    """Put under the audit what was shown before faces were kept there; how many. In pieces, each its own entry; safe to run twice.

    The last entry says that it is done: from then on a face without an entry counts as altered.
    """
    policy.require(by, ANCHORED)
    done, after = 0, 0
    while ids := faces.unanchored(after, chunk):
        with acting(by):
            held = Disclosure.objects.select_for_update().filter(pk__in=ids).order_by("pk")
            ids = list(held.values_list("pk", flat=True))
            record_faces(ANCHORED, faces_of=ids, by=by, detail={"first": ids[0], "last": ids[-1]})
        done, after = done + len(ids), ids[-1]
    if done or not AuditEntry.objects.filter(verb=ANCHORED, detail__whole=True).exists():
        with acting(by):
            audit.record(ANCHORED, by=by, detail={"whole": True, "count": done})
    return done
