"""The Merkle tree of RFC 6962 (section 2.1): its root, how it grows, and the short proofs that something is in it. Pure.

Leaves are byte strings, hashes SHA-256. A `Frontier` holds what a growing tree needs to know of its past: the roots of its full subtrees,
the largest first, one for every 1 in the binary form of the size; so the head of a tree of ten million leaves grows out of at most 24 hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf: SHA-256 over 0x00 and the data, so that no leaf can pass for a node."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees: SHA-256 over 0x01 and both."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Frontier:
    """A growing tree: how many leaves it has, and the roots of its full subtrees, the largest first."""

    size: int = 0
    roots: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.size < 0 or self.size.bit_count() != len(self.roots):
            raise ValueError("a tree of this size has another number of full subtrees")

    def append(self, data: bytes) -> None:
        """One more leaf: equal subtrees at the right join, as carries do in an addition."""
        self.roots.append(leaf_hash(data))
        carry = self.size
        while carry & 1:
            right = self.roots.pop()
            self.roots[-1] = node_hash(self.roots[-1], right)
            carry >>= 1
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Many more leaves, in order."""
        for data in leaves:
            self.append(data)

    def root(self) -> bytes:
        """The head of the tree as it stands."""
        if not self.roots:
            return EMPTY_ROOT
        found = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            found = node_hash(left, found)
        return found


def root(leaves: Sequence[bytes]) -> bytes:
    """The head of the tree over these leaves."""
    grown = Frontier()
    grown.extend(leaves)
    return grown.root()


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The path of the leaf `index` (from 0) in the tree over `leaves`, from the leaf upwards. IndexError when there is no such leaf."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*inclusion_proof(index, leaves[:k]), root(leaves[k:])]
    return [*inclusion_proof(index - k, leaves[k:]), root(leaves[:k])]


def later_proof(before: Frontier, leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The path of the leaf `index` in the tree that `before` became with these further `leaves`, from the leaf upwards; IndexError when it is not
    one of them.

    What lies before is not read again: a subtree beside the path is full or contains new leaves, and the full ones within the old tree are
    its frontier.
    """
    size = before.size + len(leaves)
    if not before.size <= index < size:
        raise IndexError(index)
    known, place = {}, 0
    for found in before.roots:
        width = 1 << ((before.size - place).bit_length() - 1)
        known[place, place + width] = found
        place += width

    def head(low: int, high: int) -> bytes:
        if (low, high) in known:
            return known[low, high]
        if low >= before.size:
            return root(leaves[low - before.size : high - before.size])
        middle = low + _split(high - low)
        return node_hash(head(low, middle), head(middle, high))

    path, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(head(middle, high))
            high = middle
        else:
            path.append(head(low, middle))
            low = middle
    return path[::-1]


def included(data: bytes, index: int, size: int, path: Sequence[bytes], head: bytes) -> bool:
    """Whether `path` shows that `data` is the leaf `index` of the tree of `size` leaves with this head (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, found = index, size - 1, leaf_hash(data)
    for other in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            found = node_hash(other, found)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, other)
        node, last = node >> 1, last >> 1
    return last == 0 and found == head


def consistency_proof(before: int, leaves: Sequence[bytes]) -> list[bytes]:
    """What shows that the tree of the first `before` leaves is the beginning of the tree over all of them (RFC 6962, 2.1.2)."""
    if not 0 < before <= len(leaves):
        raise IndexError(before)
    return _subproof(before, leaves, whole=True)


def _subproof(before: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if before == len(leaves):
        return [] if whole else [root(leaves)]
    k = _split(len(leaves))
    if before <= k:
        return [*_subproof(before, leaves[:k], whole=whole), root(leaves[k:])]
    return [*_subproof(before - k, leaves[k:], whole=False), root(leaves[:k])]


def grew(before: int, head_before: bytes, size: int, head: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the tree of `size` leaves begins with the tree of `before` leaves (RFC 9162, 2.1.4.2)."""
    if not 0 < before <= size:
        return False
    if before == size:
        return not proof and head_before == head
    path = list(proof) if before & (before - 1) else [head_before, *proof]
    if not path:
        return False
    node, last = before - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, other)
        node, last = node >> 1, last >> 1
    return last == 0 and old == head_before and new == head


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)
