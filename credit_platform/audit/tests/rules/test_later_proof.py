"""The proof of a leaf that came after a tree was known, from the frontier of that tree alone; every tree of up to seventeen leaves."""

import pytest

from credit_platform.audit.rules.merkle import Frontier, inclusion_proof, later_proof

LEAVES = [bytes([number]) for number in range(17)]


@pytest.mark.parametrize("before", range(17))
def test_the_later_proof_is_the_proof_of_the_whole_tree(before):
    known = Frontier()
    known.extend(LEAVES[:before])
    for after in range(before + 1, 18):
        for index in range(before, after):
            assert later_proof(known, LEAVES[before:after], index) == inclusion_proof(index, LEAVES[:after])


def test_a_leaf_of_before_or_beyond_has_none():
    known = Frontier()
    known.extend(LEAVES[:3])
    for index in (-1, 0, 2, 5, 6):
        with pytest.raises(IndexError):
            later_proof(known, LEAVES[3:5], index)
    assert later_proof(known, LEAVES[3:5], 3)


def test_a_frontier_has_as_many_roots_as_its_size_has_ones():
    for size, roots in ((-1, []), (-1, [b""]), (0, [b""]), (1, []), (3, [b""])):
        with pytest.raises(ValueError, match="full subtrees"):
            Frontier(size, roots)
