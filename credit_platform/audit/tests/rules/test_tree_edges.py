"""Proofs at their limits: an index, a size or a path that is one too small or one too long shows nothing."""

import pytest

from credit_platform.audit.rules.merkle import (
    EMPTY_ROOT,
    consistency_proof,
    grew,
    included,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
)

LEAVES = [bytes([number]) for number in range(40)]
MORE = b"m" * 32


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 12, 24, 33, 40])
def test_every_beginning_is_shown_to_be_one(size):
    leaves, head = LEAVES[:size], root(LEAVES[:size])
    for before in range(1, size + 1):
        proof, earlier = consistency_proof(before, leaves), root(leaves[:before])
        assert grew(before, earlier, size, head, proof) is True, before
        assert grew(before, MORE, size, head, proof) is False, before
        assert grew(before, earlier, size, MORE, proof) is False, before


def test_no_leaf_lies_before_the_first():
    head = root(LEAVES[:2])
    path = inclusion_proof(1, LEAVES[:2])
    assert included(LEAVES[1], 1, 2, path, head) is True
    assert included(LEAVES[1], -1, 2, path, head) is False


def test_a_path_that_goes_on_above_the_head_shows_nothing():
    assert included(LEAVES[0], 0, 1, [MORE], node_hash(MORE, leaf_hash(LEAVES[0]))) is False
    longer = [*consistency_proof(3, LEAVES[:4]), MORE]
    heads = [node_hash(MORE, root(LEAVES[:size])) for size in (3, 4)]
    assert grew(3, heads[0], 4, heads[1], longer) is False


def test_nothing_grew_out_of_no_tree_nor_into_a_smaller_one():
    assert grew(0, EMPTY_ROOT, 0, EMPTY_ROOT, []) is False
    assert grew(3, root(LEAVES[:3]), 2, root(LEAVES[:2]), []) is False


def test_a_proof_without_a_step_shows_nothing_of_a_tree_that_was_not_full():
    assert grew(3, root(LEAVES[:3]), 5, root(LEAVES[:5]), []) is False
