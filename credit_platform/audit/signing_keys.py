"""The public keys that signed or sign, as rows that stay for ever: entered when a key is first used, ended when another takes its place."""

from __future__ import annotations

from base64 import b64decode, b64encode
from functools import partial

from django.db import connection
from django.db.models.functions import Now

from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions, signing
from credit_platform.audit.context import acting
from credit_platform.audit.models import SigningKey
from credit_platform.audit.rules import notes
from credit_platform.errors import Conflict

# Key of the advisory lock: processes that sign for the first time at once enter their key once.
KEYS_LOCK = 0x61756469740003


def entered(signer: signing.Signer, *, by: Actor) -> SigningKey:
    """The row of a signer's key, made and published the first time it signs; the key that signed before for the same use ends.

    Both are entries of the trail. Conflict for a key that has ended: what ended stays ended.
    """
    public = b64encode(signer.public).decode()
    known = SigningKey.objects.filter(name=signer.name, public=public)
    if key := _in_use(known.first()):
        return key
    with acting(by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEYS_LOCK])
        if key := _in_use(known.first()):
            return key
        for old in SigningKey.objects.filter(use=signer.use, not_after__isnull=True):
            old.not_after = Now()  # by the clock that says when a key began
            old.save(update_fields=["not_after"])
            actions.record("audit.key_ended", old, by=by, after={"key": str(old)})
        key_id = notes.key_id(signer.name, signer.public).hex()
        key = SigningKey.objects.create(name=signer.name, key_id=key_id, public=public, use=signer.use)
        actions.record("audit.key", key, by=by, after={"key": notes.verifier_key(signer.name, signer.public)})
    return key


def _in_use(key: SigningKey | None) -> SigningKey | None:
    if key is not None and key.not_after is not None:
        raise Conflict("audit.old-key", f"签名密钥 {key} 已停用，不能再用。", mend="请换一个新生成的密钥。")
    return key


def verifiers(use: str) -> dict[tuple[str, bytes], notes.Verify]:
    """Every key that signed or signs for a use, as the readers of notes and proofs ask for them."""
    return {(key.name, bytes.fromhex(key.key_id)): verifier(key) for key in SigningKey.objects.filter(use=use)}


def verifier(key: SigningKey) -> notes.Verify:
    """Who verifies what this key has signed."""
    return partial(signing.holds, b64decode(key.public))
