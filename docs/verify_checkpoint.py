#!/usr/bin/env python3
"""Check a checkpoint of the audit chain without the platform: Python 3 and the library `cryptography`, nothing else.

    python3 verify_checkpoint.py 'VERIFIER KEY' note.txt [earlier-note.txt …]

The verifier key (name+id+base64) is printed on the page of the checkpoints; compare it with one that you wrote down earlier.
Exit code 0: every note was signed by this key, and no two tell of as many entries with another root.
"""

import base64
import hashlib
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def main(key_text: str, *paths: str) -> None:
    name, key_id, encoded = key_text.strip().split("+", 2)
    key = base64.b64decode(encoded, validate=True)
    expected = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    if key[:1] != b"\x01" or len(key) != 33 or expected.hex() != key_id:
        raise ValueError("不是有效的验证公钥")
    sizes: dict[str, tuple[int, str]] = {}
    for path in paths:
        with open(path, encoding="utf-8", newline="") as handle:
            text, _, signatures = handle.read().rpartition("\n\n")
        found = [line.split(" ")[2] for line in signatures.splitlines() if line.startswith(f"\u2014 {name} ")]
        ours = [data for data in (base64.b64decode(each, validate=True) for each in found) if data[:4] == expected]
        if not ours:
            raise ValueError(f"{path}：没有这个公钥的签名")
        for signature in ours:
            Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[4:], f"{text}\n".encode())
        origin, size, root = text.split("\n")[:3]
        print(f"{path}：签名有效。{origin} 共 {size} 条审计记录，树根 {root}")
        sizes[path] = (int(size), root)
    if len({root for size, root in sizes.values()}) != len({size for size, root in sizes.values()}):
        raise ValueError("条数相同而树根不同：日志曾被改写")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (InvalidSignature, ValueError, TypeError, OSError) as error:
        sys.exit(f"未通过：{error or '签名无效，内容被改动过'}")
