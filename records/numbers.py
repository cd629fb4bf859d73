"""How the numbers of subjects are kept and found again: one that is, or contains, a citizen's number by its keyed hash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from credit_platform import sealing
from records.identifiers.clean import clean_code
from records.identifiers.idcard import mask_id
from records.identifiers.personal import personal_code
from records.models import SubjectIdentifier
from records.sealed_places import IDENTIFIER

REG_NO = "reg_no"


@dataclass(frozen=True, slots=True)
class StoredNumber:
    """The columns of `SubjectIdentifier`: for most numbers the number itself and nothing else."""

    value: str
    masked: str = ""
    cipher: bytes | None = None


def stored(kind: str, value: object) -> StoredNumber:
    """How a number of a kind is kept."""
    number = personal_code(value, registration=kind == REG_NO)
    return of_person(number) if number else StoredNumber(clean_code(value))


def of_person(number: str) -> StoredNumber:
    """How a citizen's number (normal form) is kept."""
    digest = sealing.number_hash(number)
    return StoredNumber(digest, mask_id(number), sealing.encrypt(number.encode(), sealing.place(IDENTIFIER, digest)))


def sought(kind: str, value: object) -> list[str]:
    """The values under which a number of a kind may be kept, while keys change more than one."""
    number = personal_code(value, registration=kind == REG_NO)
    return of_citizen(number) if number else [clean_code(value)]


def of_citizen(number: str) -> list[str]:
    """What stands for a citizen's number (normal form), by each of the keys given."""
    return sealing.number_hashes(number)


def open_kept(value: str, cipher: bytes) -> str:
    """The plain number behind a kept one. Only actions and the engine of imports may call this, and keep nothing of it."""
    return sealing.decrypt(cipher, sealing.place(IDENTIFIER, value)).decode()


def renew(numbers: Iterable[str]) -> None:
    """While keys change: rows that hold these numbers by a former key are sealed with the current one, so that one hash finds all."""
    if not sealing.rotating():
        return
    for number in sorted(set(numbers)):
        now = of_person(number)
        former = SubjectIdentifier.objects.filter(value__in=of_citizen(number)[1:])
        for row in former.select_for_update():
            there = SubjectIdentifier.objects.filter(subject_id=row.subject_id, kind=row.kind, value=now.value)
            if not there.exists():
                row.value, row.masked, row.cipher = now.value, now.masked, now.cipher
                row.save(update_fields=["value", "masked", "cipher"])
