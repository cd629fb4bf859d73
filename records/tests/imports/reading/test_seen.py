from __future__ import annotations

from random import Random

from records.imports.reading.seen import Seen


def fingerprints(count: int) -> list[str]:
    random = Random(7)
    return [f"{random.getrandbits(256):064x}" for _ in range(count)]


def test_every_row_is_found_again_however_many_there_are():
    known, others = fingerprints(20_000)[:15_000], fingerprints(20_000)[15_000:]
    seen = Seen((each, row) for row, each in enumerate(known, start=1))
    assert len(seen) == 15_000
    assert [seen.row_of(each) for each in known] == list(range(1, 15_001))
    assert {seen.row_of(each) for each in others} == {0}


def test_fingerprints_that_begin_alike_are_told_apart():
    alike = [f"{'ab' * 8}{number:016x}{'00' * 16}" for number in range(3_000)]
    seen = Seen((each, row) for row, each in enumerate(alike, start=1))
    assert [seen.row_of(each) for each in alike] == list(range(1, 3_001))
    assert seen.row_of("ab" * 8 + "f" * 48) == 0


def test_it_takes_few_bytes_a_row():
    seen = Seen((each, row) for row, each in enumerate(fingerprints(50_000), start=1))
    assert seen._keys.itemsize * len(seen._keys) + seen._rows.itemsize * len(seen._rows) < 60 * 50_000
