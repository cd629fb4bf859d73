"""The draw that anybody can repeat, HRB-SSJ-1: nobody alone can steer it, and every place in it can be recomputed. Pure.

A list is frozen and its digest published together with how many are drawn and the hash of a secret nonce; only then comes a public
value that the office does not make (a lottery's number of a named day). Both together are the seed; every object's ticket is the hash
of the seed with its id. SHA-256 over UTF-8, lower-case hexadecimal, parts joined by a line feed: no library's random generator is part
of the rule, so that it can be repeated in any language and in a spreadsheet (after RFC 3797 and the audits of elections).
"""

from __future__ import annotations

import hashlib
import heapq
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from credit_platform.errors import Finding, at_field

ALGORITHM = "HRB-SSJ-1"
NONCE = re.compile(r"[0-9a-f]{32}")
"""128 bits."""
PUBLIC_LEAST = 6
"""Characters of a public value: what is shorter can be tried out beforehand."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """An object with its place: `value` orders, the id decides between equal ones."""

    value: str
    id: str


def canonical(ids: Iterable[str]) -> list[str]:
    """The frozen list: upper case, each once, in the order of bytes. ValueError for an empty id and one with a line feed."""
    found = dict.fromkeys(
        map(str.upper, map(str.strip, ids))
    )  # keeps the order: what is in order already is sorted in no time
    if "" in found or "\n" in "".join(found):
        raise ValueError("an id of a draw is empty or has a line feed")
    return sorted(found)  # UTF-8 keeps the order of code points, so that this is the order of bytes


def list_digest(ids: Iterable[str]) -> str:
    """SHA-256 over the canonical list, each id with a line feed behind it."""
    return _hash("\n".join([*canonical(ids), ""]))


def new_nonce() -> str:
    """A secret nonce of 128 bits."""
    return secrets.token_hex(16)


def nonce_digest(nonce: str) -> str:
    """What is published of the nonce before the public value is known."""
    return _hash(nonce)


def seed_of(nonce: str, public_value: str, digest: str) -> str:
    """The seed: neither who keeps the nonce nor who makes the public value can choose it."""
    return _joined(ALGORITHM, nonce, public_value, digest)


def ticket_of(seed: str, object_id: str) -> Ticket:
    """The ticket of one object; it depends on no other object, so that a longer sample only adds to it."""
    return Ticket(_joined(ALGORITHM, seed, object_id), object_id)


def ranked(ids: Iterable[str], seed: str) -> list[Ticket]:
    """All tickets in the order of the draw."""
    return sorted((ticket_of(seed, each) for each in canonical(ids)), key=lambda ticket: (ticket.value, ticket.id))


def first(ids: Iterable[str], seed: str, size: int, *, gone: Collection[str] = ()) -> list[Ticket]:
    """The first `size` tickets of a canonical list, without who is gone: of a million only the few that are drawn are ever sorted."""
    before = f"{ALGORITHM}\n{seed}\n"
    values = ((_hash(before + each), each) for each in ids if each not in gone)
    return [Ticket(value, each) for value, each in heapq.nsmallest(size, values)]


def sample(ids: Iterable[str], seed: str, size: int, *, struck: Iterable[str] = ()) -> list[str]:
    """The first `size` of the order; who was struck off after the draw is replaced by the next, and nobody else moves.

    ValueError for a size below 0.
    """
    if size < 0:
        raise ValueError(f"a sample of {size}")
    gone = {each.upper() for each in struck}
    return [ticket.id for ticket in first(canonical(ids), seed, size, gone=gone)]


def at_least(size: int, share: Decimal) -> int:
    """How many of `size` objects "not less than `share` percent" asks for: rounded up, so that at least one where neither is 0.

    ValueError for a share outside 0 to 100. Never in floats: 7 % of 700 would be 50.
    """
    if not 0 <= share <= 100:
        raise ValueError(f"a share of {share} percent")
    return int((Decimal(size) * share / 100).to_integral_value(rounding=ROUND_CEILING))


def against(nonce: str, public_value: str) -> Iterable[Finding]:
    """What stands against the two halves of a seed."""
    if not NONCE.fullmatch(nonce):
        yield at_field("draw.nonce", "nonce", "随机数应为32位小写十六进制字符（128位）。")
    if len(public_value.strip()) < PUBLIC_LEAST or "\n" in public_value:
        yield at_field("draw.public", "public_value", f"公开值至少{PUBLIC_LEAST}个字符，不得换行。")


def _joined(*parts: str) -> str:
    return _hash("\n".join(parts))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
