"""Slips (签条): what stands for a subject in the published list of a draw. Pure.

The seed of a draw is public, and so is the register: were the list made of credit codes, everybody could compute the tickets of all firms on
the day of the draw and know who will be visited before the notice. So each code goes into the list as a hash with a salt of its own, which only
the authority knows until the slip is opened. It cannot choose afterwards for which firm a slip stands: that would need two inputs of one hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

LENGTH = 32
"""Hexadecimal figures of a salt and of a slip: 128 bits."""


def salt_of(secret: str, code: str) -> str:
    """The salt of one subject in one task, from the secret of the task: opening one slip says nothing about another."""
    return _hash(f"HRB-SSJ-1/salt\n{secret}\n{code}")


def slip_of(salt: str, code: str) -> str:
    """The slip of a subject: anybody who is told code and salt can compute it and look it up in the published list."""
    return _hash(f"HRB-SSJ-1/slip\n{salt}\n{code}").upper()


def slip(secret: str, code: str) -> str:
    """The slip of a subject, for who knows the secret of the task."""
    return slip_of(salt_of(secret, code), code)


def slips(secret: str, codes: Iterable[str]) -> Iterator[str]:
    """The slips of many, in the order of their codes: `slip` without its calls, which for a million are half of the time."""
    sha, before = hashlib.sha256, f"HRB-SSJ-1/salt\n{secret}\n"
    for code in codes:
        salt = sha(f"{before}{code}".encode()).hexdigest()[:LENGTH]
        yield sha(f"HRB-SSJ-1/slip\n{salt}\n{code}".encode()).hexdigest()[:LENGTH].upper()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
