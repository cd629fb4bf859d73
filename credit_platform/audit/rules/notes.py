"""Signed notes and checkpoints as C2SP writes them down (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), with Ed25519. Pure.

A checkpoint is a text of three lines (who speaks, how many entries, the head of their tree in base64), a blank line and the signature.
Who signs and who verifies is an argument, for the key is none of the rules' business.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

ED25519 = b"\x01"
DASH = "\u2014"
LARGEST = 16_384
"""Characters of a note that are looked at; one of ours has about 200."""
MOST_SIGNATURES = 16
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]{1,200}")
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")

Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes], bool]
"""Signature and signed bytes → whether they belong together."""


class BadNote(ValueError):
    """A note that is not one, that nobody known has signed, or whose signature does not hold; the text says which, in Chinese."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: who speaks, how many entries the log has, the head of their tree."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed."""
        if not is_name(self.origin) or not _SIZE.fullmatch(str(self.size)) or len(self.root) != 32:
            raise ValueError("not the head of a tree")
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


def is_name(text: str) -> bool:
    """Whether this can be the name of a key and the origin of a log: not empty, no blank, no plus sign."""
    return bool(_NAME.fullmatch(text))


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes by which a signature says whose it is: SHA-256 over name, line feed, kind of key and key."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """How a public key is handed to others: name, key id and key, `name+hash+base64`."""
    return f"{name}+{key_id(name, public).hex()}+{_base64(ED25519 + public)}"


def read_verifier_key(text: str) -> tuple[str, bytes]:
    """Name and public key (32 bytes). BadNote when it is none, of another kind, or its id does not fit."""
    name, _, rest = text.strip().partition("+")
    known, _, encoded = rest.partition("+")
    key = _bytes(encoded)
    if not is_name(name) or len(key) != 33 or key[:1] != ED25519 or key_id(name, key[1:]).hex() != known:
        raise BadNote("不是有效的验证公钥。")
    return name, key[1:]


def signed(text: str, name: str, public: bytes, sign: Sign) -> str:
    """The note over `text` (ends with a line feed) with one signature."""
    if not text.endswith("\n") or not is_name(name) or _has_controls(text):
        raise ValueError("a note is lines of text, signed by a name without blanks")
    return f"{text}\n{DASH} {name} {_base64(key_id(name, public) + sign(text.encode()))}\n"


def opened(note: str, known: Mapping[tuple[str, bytes], Verify]) -> str:
    """The text of a note that a known key has signed. `known`: (name, key id) → who verifies.

    Signatures of unknown keys are passed over; one of a known key that does not hold refuses the whole note. BadNote otherwise.
    """
    head, sep, tail = note.rpartition("\n\n")
    lines = tail.removesuffix("\n").split("\n")
    if len(note) > LARGEST or not sep or not tail.endswith("\n") or _has_controls(note) or len(lines) > MOST_SIGNATURES:
        raise BadNote("不是签名文本：应为若干行文字、一个空行和签名行。")
    text, good = head + "\n", False
    for line in lines:
        name, key, signature = _signature(line)
        verify = known.get((name, key))
        if verify is None:
            continue
        if not verify(signature, text.encode()):
            raise BadNote(f"签名无效：内容与 {name} 的签名不符。")
        good = True
    if not good:
        raise BadNote("没有已知公钥的签名。")
    return text


def read_head(text: str) -> Head:
    """The head that the text of a checkpoint tells; further lines are passed over. BadNote when it is none."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or "" in lines[:-1]:
        raise BadNote("不是检查点：应有日志名称、条数和树根三行。")
    origin, size, encoded = lines[:3]
    found = _bytes(encoded)
    if not _SIZE.fullmatch(size) or len(found) != 32:
        raise BadNote("不是检查点：条数或树根的写法不对。")
    return Head(origin, int(size), found)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    found = _bytes(encoded)
    if dash != DASH or not is_name(name) or len(found) < 5:
        raise BadNote("不是签名文本：签名行的写法不对。")
    return name, found[:4], found[4:]


def _has_controls(text: str) -> bool:
    return any(ord(sign) < 0x20 and sign != "\n" for sign in text)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:  # what is no base64 is one too
        return b""
