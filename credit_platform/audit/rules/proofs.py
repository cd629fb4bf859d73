"""That an entry stands in the chain, as one small file that anybody can check offline (c2sp.org/tlog-proof). Pure.

The leaf of the tree is the hash of a link; the line `extra` holds what the link was made of, so that the entry itself is what is shown, and not
only that some hash is there:

    c2sp.org/tlog-proof@v1
    extra <base64 of {"entry": "…", "prev": "…", "seq": …}>
    index <seq - 1>
    <base64 of the hashes of the path, one a line>

    <the checkpoint, a signed note>
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from credit_platform.audit.rules import chain, merkle, notes

TITLE = "c2sp.org/tlog-proof@v1"
LARGEST = 262_144
MOST_HASHES = 64


class BadProof(ValueError):
    """No proof: not of this form, or it does not lead to the head of the checkpoint; the text says which, in Chinese."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One link, what it was made of, and the way from it to the head of a checkpoint. `algorithm` is that of the link."""

    seq: int
    prev: str
    entry: str
    path: tuple[bytes, ...]
    note: str
    algorithm: str = "sha256"

    @property
    def leaf(self) -> bytes:
        """The hash of the link, which is the leaf."""
        return bytes.fromhex(chain.link(self.seq, self.prev, self.entry.encode(), self.algorithm))

    @property
    def said(self) -> dict[str, Any]:
        """The entry as it was linked."""
        found = json.loads(self.entry)
        return found if isinstance(found, dict) else {}


def written(proof: Proof) -> str:
    """The proof as a text file."""
    made_of = {"entry": proof.entry, "prev": proof.prev, "seq": proof.seq}
    if proof.algorithm != "sha256":
        made_of["algorithm"] = proof.algorithm
    extra = base64.b64encode(json.dumps(made_of, ensure_ascii=False, sort_keys=True).encode()).decode()
    hashes = [base64.b64encode(each).decode() for each in proof.path]
    return "\n".join([TITLE, f"extra {extra}", f"index {proof.seq - 1}", *hashes, "", proof.note])


def read(text: str) -> Proof:
    """The proof of a text file. BadProof when it is none."""
    head, sep, note = text.partition("\n\n")
    lines = head.split("\n")
    if len(text) > LARGEST or not sep or len(lines) < 3 or lines[0] != TITLE or len(lines) - 3 > MOST_HASHES:
        raise BadProof("不是入链证明：首行应为 " + TITLE + "。")
    try:
        made_of = json.loads(base64.b64decode(lines[1].removeprefix("extra "), validate=True))
        path = tuple(base64.b64decode(line, validate=True) for line in lines[3:])
        proof = Proof(made_of["seq"], made_of["prev"], made_of["entry"], path, note, made_of.get("algorithm", "sha256"))
        sound = lines[2] == f"index {proof.seq - 1}" and proof.algorithm in chain.ALGORITHMS and len(proof.leaf) == 32
        said = proof.said
    except (binascii.Error, ValueError, KeyError, TypeError, AttributeError):
        raise BadProof("入链证明的内容不可读。") from None
    if not sound or not said:
        raise BadProof("入链证明的内容不可读。")
    return proof


def checked(proof: Proof, known: Mapping[tuple[str, bytes], notes.Verify]) -> notes.Head:
    """The head that the proof leads to. BadProof when it does not lead there, or when no known key has signed the checkpoint."""
    try:
        head = notes.read_head(notes.opened(proof.note, known))
    except notes.BadNote as error:
        raise BadProof(str(error)) from None
    if not merkle.included(proof.leaf, proof.seq - 1, head.size, proof.path, head.root):
        raise BadProof("入链证明不成立：由这条审计记录算不出检查点的树根。")
    return head


def path_of(seq: int, before: merkle.Frontier, links: Sequence[str]) -> tuple[bytes, ...]:
    """The path of the link `seq` among the hashes (hexadecimal) that came after `before`, up to a checkpoint."""
    return tuple(merkle.later_proof(before, [bytes.fromhex(each) for each in links], seq - 1))
