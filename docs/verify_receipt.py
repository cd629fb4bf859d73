"""python3 verify_receipt.py jwks.json receipt.txt [proof.tlog-proof]: needs `cryptography`; InvalidSignature when anything was altered."""

import base64
import hashlib
import json
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.replace("+", "-").replace("/", "_") + "=" * (-len(text) % 4))


def root(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:  # RFC 6962, 2.1.1
    if size == 1:
        return hashlib.sha256(b"\0" + leaf).digest()
    half = 1 << (size - 1).bit_length() - 1
    left = root(leaf, index, half, path[:-1]) if index < half else path[-1]
    right = path[-1] if index < half else root(leaf, index - half, size - half, path[:-1])
    return hashlib.sha256(b"\1" + left + right).digest()


keys, receipt, *proof = (open(path, encoding="utf-8").read() for path in sys.argv[1:])
known = {key["kid"]: Ed25519PublicKey.from_public_bytes(raw(key["x"])) for key in json.loads(keys)["keys"]}
head, payload, signature = "".join(receipt.split()).split(".")
known[json.loads(raw(head))["kid"]].verify(raw(signature), f"{head}.{payload}".encode())
print("签名有效。", json.dumps(told := json.loads(raw(payload)), ensure_ascii=False, indent=1), sep="\n")
if proof:  # the receipt was written into the audit chain before it was given: link, path, head of a signed checkpoint
    lines, text, signed = (part.strip().split("\n") for part in proof[0].split("\n\n"))
    made_of, name, note = json.loads(raw(lines[1].split()[1])), *signed[0].split()[1:]
    known[f"{name}+{raw(note)[:4].hex()}"].verify(raw(note)[4:], ("\n".join(text) + "\n").encode())
    link = "{seq}\n{prev}\n{entry}".format(**made_of).encode()
    leaf = hashlib.new(made_of.get("algorithm", "sha256"), link).digest()
    found = root(leaf, made_of["seq"] - 1, int(text[1]), [raw(line) for line in lines[3:]])
    if found != raw(text[2]) or json.loads(made_of["entry"])["detail"]["receipt"] != told["receipt"]:
        sys.exit("未通过：入链证明与回执或检查点不符")
    print(f"出具之前已写入审计记录：第 {made_of['seq']} 环，在检查点的 {text[1]} 环之中。")
