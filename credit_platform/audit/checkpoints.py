"""The daily checkpoint: the chain as one signed line that others can keep."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions, signing, signing_keys
from credit_platform.audit.context import acting
from credit_platform.audit.models import AuditSeal, Checkpoint
from credit_platform.audit.rules import merkle, notes
from credit_platform.errors import Conflict

# Key of the advisory lock that makes the maker one at a time.
MAKER_LOCK = 0x61756469740002
CHUNK = 5000
LOOK = "请执行 verify_audit 查明，查明前不再签发检查点。"


def make_checkpoint(*, by: Actor, on: date | None = None) -> Checkpoint | None:
    """Sign the chain as it stands and publish it, once a day: a second call answers the one of the day. None while there is no link.

    Only the links since the last checkpoint are read. Conflict, and nothing is signed, when the chain is no longer the one that the last
    checkpoint tells of: cut, with a gap, or with another link at its end. A key that is new is entered and published, the one before it
    ends; both are entries of the trail. The note also goes into a file of CHECKPOINT_DIR, outside the database.
    """
    day = on or timezone.localdate()
    while actions.seal():
        pass
    with acting(by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MAKER_LOCK])
        made = Checkpoint.objects.filter(day=day).first()
        if made is None:
            made = _made(day, by)
        if made is not None:
            transaction.on_commit(partial(keep_file, made), robust=True)  # a full disk takes nothing back
    return made


def _made(day: date, by: Actor) -> Checkpoint | None:
    tree, head_hash = _grown(Checkpoint.objects.order_by("-size").first())
    if not tree.size:
        return None
    signer = signing.signer()
    key = signing_keys.entered(signer, by=by)
    head = notes.Head(signer.name, tree.size, tree.root())
    row = Checkpoint.objects.create(
        day=day,
        size=tree.size,
        root=head.root.hex(),
        head_hash=head_hash,
        frontier=[each.hex() for each in tree.roots],
        note=notes.signed(head.text(), signer.name, signer.public, signer.sign),
        key=key,
    )
    actions.record("audit.checkpoint", row, by=by, after={"day": day, "size": row.size, "root": row.root})
    return row


def _grown(last: Checkpoint | None) -> tuple[merkle.Frontier, str]:
    """The tree over all links, from the last checkpoint on, and the hash of the last link."""
    tree, head_hash = merkle.Frontier(), ""
    if last is not None:
        tree = merkle.Frontier(last.size, [bytes.fromhex(each) for each in last.frontier])
        head_hash = last.head_hash
        if not AuditSeal.objects.filter(seq=last.size, hash=last.head_hash).exists():
            raise Conflict(
                "audit.cut", f"{last.day} 的检查点记有第 {last.size} 环，链上没有这一环或已被改动。", mend=LOOK
            )
    while links := list(AuditSeal.objects.filter(seq__gt=tree.size).order_by("seq").values_list("seq", "hash")[:CHUNK]):
        for seq, found in links:
            if seq != tree.size + 1:
                raise Conflict("audit.gap", f"审计链缺少第 {tree.size + 1} 环。", mend=LOOK)
            tree.append(bytes.fromhex(found))
            head_hash = found
    return tree, head_hash


def keep_file(row: Checkpoint) -> Path:
    """The note as a file of its day, which is never written over."""
    folder = Path(settings.CHECKPOINT_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{row.day:%Y-%m-%d}.txt"
    if not path.exists():
        with NamedTemporaryFile("w", dir=folder, encoding="utf-8", newline="", delete=False) as draft:
            draft.write(row.note)
        Path(draft.name).replace(path)
    return path
