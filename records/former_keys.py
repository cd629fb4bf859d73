"""What a number, a content and an arrival looked like under the keys before, for look-ups while keys change (`credit_platform.sealing`).

Fingerprints of arrivals and of refused rows cannot be made anew where no record came of them: their text is kept nowhere. So the key
that made them is kept, sealed with the current one, when a rotation begins (`RetiredLookup`), and stays in the ring of look-ups for good.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from credit_platform import sealing
from records.ledger_rules import content_hash
from records.models import RetiredLookup

RETIRED = "records.retired_lookup"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The keys of fingerprints, the current one first; read once per batch or form."""

    keys: Sequence[bytes]

    @classmethod
    def known(cls) -> Arrivals:
        """Those of the keys given, and those retired by a rotation."""
        given = sealing.arrival_keys()
        retired = RetiredLookup.objects.exclude(number__in=given).order_by("-number")
        return cls([*given.values(), *(_opened(each) for each in retired)])

    def fingerprint(self, text: str) -> str:
        """The keyed hash under which an arrival is remembered from now on."""
        return sealing.fingerprint(self.keys[0], text)

    def former(self, text: str) -> list[str]:
        """Those under which it may have been remembered before."""
        return [sealing.fingerprint(key, text) for key in self.keys[1:]]


def retire_lookups() -> None:
    """Keep the arrival keys of all keys but the current one, sealed with that. Again and again harmless."""
    current = sealing.key_number()
    kept = [
        RetiredLookup(number=number, token=sealing.encrypt(key, sealing.place(RETIRED, number)))
        for number, key in sealing.arrival_keys().items()
        if number != current
    ]
    RetiredLookup.objects.bulk_create(kept, ignore_conflicts=True)


def _opened(each: RetiredLookup) -> bytes:
    return sealing.decrypt(bytes(each.token), sealing.place(RETIRED, each.number))


def former_content_hashes(content: Mapping[str, Any]) -> list[str]:
    """What `content_hash` was under each former key; [] when no key is changing or no number is in the content."""
    if not sealing.rotating():
        return []
    hashes = {
        code: sealing.number_hashes(sealing.open_sealed(value))  # type: ignore[arg-type]
        for code, value in content.items()
        if isinstance(value, dict) and "sealed" in value
    }
    if not hashes:
        return []
    former = range(1, min(map(len, hashes.values())))
    return [
        content_hash({**content, **{code: content[code] | {"hash": tried[at]} for code, tried in hashes.items()}})
        for at in former
    ]


def same_content(digest: str, content: Mapping[str, Any], made: str) -> bool:
    """Whether a record with `digest` holds `content`, whose hash under the current key is `made`."""
    return digest == made or digest in former_content_hashes(content)
