"""The tree of RFC 6962: known heads, and what must hold for every tree and every leaf."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_platform.audit.rules import merkle

# The leaves with which implementations of RFC 6962 are tried, and the heads of the first one, two … eight of them.
LEAVES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
LEAVES.append(bytes(range(0x60, 0x70)))
HEADS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

trees = st.lists(st.binary(max_size=6), min_size=1, max_size=40)


def plainly(leaves):
    """The head as the RFC defines it, by recursion alone."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + plainly(leaves[:k]) + plainly(leaves[k:])).digest()


def test_the_heads_are_the_known_ones():
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert [merkle.root(LEAVES[:size]).hex() for size in range(1, 9)] == HEADS


def test_the_known_proof_of_the_first_leaf_of_eight():
    path = [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [each.hex() for each in merkle.inclusion_proof(0, LEAVES)] == path
    head = bytes.fromhex(HEADS[7])
    assert merkle.included(LEAVES[0], 0, 8, [bytes.fromhex(each) for each in path], head)


@given(trees)
def test_the_head_is_that_of_the_definition(leaves):
    assert merkle.root(leaves) == plainly(leaves)


@given(trees, st.integers(0, 40))
def test_a_tree_grows_in_pieces_as_in_one_go(leaves, cut):
    first = merkle.Frontier()
    first.extend(leaves[:cut])
    later = merkle.Frontier(first.size, list(first.roots))
    later.extend(leaves[cut:])
    assert (later.size, later.root()) == (len(leaves), merkle.root(leaves))
    assert len(later.roots) == len(leaves).bit_count()


@given(trees, st.data())
def test_every_leaf_can_be_shown_and_no_other(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    path, head = merkle.inclusion_proof(index, leaves), merkle.root(leaves)
    assert merkle.included(leaves[index], index, len(leaves), path, head)
    assert not merkle.included(leaves[index] + b"x", index, len(leaves), path, head)
    assert not merkle.included(leaves[index], index, len(leaves), [*path, head], head)
    assert not merkle.included(leaves[index], len(leaves), len(leaves), path, head)
    if path:
        assert not merkle.included(leaves[index], index, len(leaves), path[:-1], head)
        assert not merkle.included(leaves[index], index, len(leaves), [bytes(32), *path[1:]], head)


@given(trees, st.data())
def test_a_later_tree_is_shown_to_begin_with_an_earlier_one(leaves, data):
    before = data.draw(st.integers(1, len(leaves)))
    proof, heads = merkle.consistency_proof(before, leaves), (merkle.root(leaves[:before]), merkle.root(leaves))
    assert merkle.grew(before, heads[0], len(leaves), heads[1], proof)
    assert not merkle.grew(before, bytes(32), len(leaves), heads[1], proof)
    if before < len(leaves):
        assert not merkle.grew(before, heads[0], len(leaves), bytes(32), proof)
        assert not merkle.grew(before, heads[0], len(leaves), heads[1], [*proof, bytes(32)])


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_of_what_is_not_there(index):
    with pytest.raises(IndexError):
        merkle.inclusion_proof(index, [b"a", b"b", b"c"])
    with pytest.raises(IndexError):
        merkle.consistency_proof(0 if index < 0 else 4, [b"a", b"b", b"c"])


def test_a_frontier_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="subtrees"):
        merkle.Frontier(3, [bytes(32)])
