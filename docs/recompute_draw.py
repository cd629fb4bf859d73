#!/usr/bin/env python3
"""Repeat a published draw (HRB-SSJ-1) without the platform: python3 recompute_draw.py FILE.json"""

import hashlib
import json
import sys


def sha(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


draw = json.load(open(sys.argv[1], encoding="utf-8"))
ids = sorted({each for part in draw["strata"] for each in part["ids"]}, key=str.encode)
digest = hashlib.sha256("".join(f"{each}\n" for each in ids).encode()).hexdigest()
commit = sha(draw["nonce"])
seed = sha("HRB-SSJ-1", draw["nonce"], draw["public_value"], digest)
same = (digest, commit, seed) == (draw["list_digest"], draw["commit"], draw["seed"])
for part in draw["strata"]:
    order = sorted([sha("HRB-SSJ-1", seed, each), each] for each in part["ids"] if each not in draw["struck"])
    drawn = [[each, ticket] for ticket, each in order[: part["n"]]]
    same &= drawn == draw["drawn"][part["code"]]
    print(part["code"], *(each for each, _ in drawn))
print("一致" if same else "不一致")
sys.exit(not same)
