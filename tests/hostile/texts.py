"""CSV, JSON and everything that is no table."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

from tests.hostile.old_workbooks import NAME

HEAD = "文书号,行政相对人名称,统一社会信用代码,处罚机关,处罚决定日期"
ROW = f"示罚〔2026〕1号,{NAME},91230100MA1B2C3D4E,示例局,2026-11-02"
OBJECT = {"CF_WSH": "示罚〔2026〕1号", "CF_XDR_MC": NAME, "CF_SY": "家住示例街9号3单元501室", "CF_CFJG": "示例局"}


def good_csv() -> bytes:
    return "\r\n".join([HEAD, *[ROW] * 30]).encode()


def good_json() -> bytes:
    return json.dumps([OBJECT] * 20, ensure_ascii=False).encode()


def objects(*more: str) -> bytes:
    return ("[" + ",".join([json.dumps(OBJECT, ensure_ascii=False), *more]) + "]").encode()


def with_field(value: str) -> bytes:
    return objects(json.dumps(OBJECT, ensure_ascii=False)[:-1] + f',"CF_NR":{value}}}')


CSV: dict[str, Callable[[], bytes]] = {
    "a field of a megabyte": lambda: f"{HEAD}\n{'x' * 2**20},b".encode(),
    "a quote that never ends": lambda: f'{HEAD}\n"{NAME * 300_000}'.encode(),
    "three hundred columns": lambda: f"{HEAD}\n{'1,' * 300}".encode(),
    "a million commas": lambda: f"{HEAD}\n{',' * 10**6}".encode(),
    "three hundred thousand rows": lambda: f"{HEAD}\n".encode() + b"1,2,3\n" * 300_000,
    "a quarter of a million blank rows": lambda: f"{HEAD}\n{ROW}\n".encode() + b",,\n" * 250_000,
    "empty": lambda: b"",
    "a mark alone": lambda: b"\xef\xbb\xbf",
    "NUL inside": lambda: f"{HEAD}\n{ROW}\x00".encode(),
    "NUL alone": lambda: bytes(5000),
    "UTF-16": lambda: f"{HEAD}\n{ROW}".encode("utf-16"),
    "no encoding": lambda: bytes(range(128, 256)) * 50,
    "half a character at the end": lambda: f"{HEAD}\n{ROW}".encode()[:-1],
    "ends of lines of a Macintosh": lambda: f"{HEAD}\r{ROW}\r".encode(),
    "lone quotes": lambda: f'{HEAD}\n"a"b"c,"d\n{ROW}'.encode(),
    "strange headers": lambda: "\n".join(
        ",".join(f"处罚{r}机关{c}名称" for c in range(250)) for r in range(40)
    ).encode(),
    "headers of thirty thousand signs": lambda: (",".join(["处罚机关" * 8_000] * 250)).encode(),
    "headers of three hundred lines": lambda: (",".join(['"' + "处罚\n" * 300 + '"'] * 250)).encode(),
    "headers of brackets": lambda: (",".join(["(" * 300 + ")" * 300] * 250)).encode(),
    "formulas": lambda: f"{HEAD}\n=cmd|' /C calc'!A0,{NAME},@x,+1,-1".encode(),
    "controls": lambda: (HEAD + "\n" + "\x01\x02\x1b[31m\u202e\u2066," * 5).encode(),
}

JSON: dict[str, Callable[[], bytes]] = {
    "two hundred thousand keys": lambda: json.dumps([{f"k{n}": 1 for n in range(200_000)}]).encode(),
    "three hundred keys": lambda: json.dumps([OBJECT | {f"k{n}": 1 for n in range(300)}]).encode(),
    "a hundred strange lists of keys": lambda: json.dumps([{f"k{n}": 1, "a": 2} for n in range(100)]).encode(),
    "six thousand lists of keys": lambda: json.dumps([OBJECT | {f"k{n}": 1} for n in range(6_000)]).encode(),
    "half a character": lambda: with_field('"\\ud800"'),
    "half a character in a key": lambda: objects('{"CF_WSH":"1","\\udfff":"' + NAME + '"}'),
    "half a character deep inside": lambda: with_field('{"a":["\\uD83D"]}'),
    "depth of a hundred thousand": lambda: b"[" * 100_000,
    "depth inside a value": lambda: with_field("[" * 500 + "]" * 500),
    "objects inside objects": lambda: with_field('{"a":' * 300 + "1" + "}" * 300),
    "a number of five thousand digits": lambda: with_field("9" * 5_000),
    "a number beyond all bounds": lambda: with_field("1e999"),
    "no number": lambda: with_field("NaN"),
    "the same key twice": lambda: objects('{"CF_WSH":"1","CF_WSH":"2"}'),
    "millions of empty objects": lambda: b"[" + b"{}," * 3_000_000 + b"{}]",
    "no objects": lambda: b"[1,2,3]",
    "null": lambda: b"[null]",
    "empty": lambda: b"[]",
    "cut off": lambda: good_json()[:-40],
    "a mark in front": lambda: b"\xef\xbb\xbf" + good_json(),
    "UTF-16": lambda: good_json().decode().encode("utf-16"),
    "a text of five megabytes": lambda: with_field(json.dumps("x" * 5 * 2**20)),
    "arrays of arrays": lambda: b"[[[]],[[]]]",
    "NUL by name": lambda: with_field('"a\\u0000b"'),
}

OTHER: dict[str, tuple[str, Callable[[], bytes]]] = {
    "PDF as workbook": ("a.xlsx", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20),
    "PDF of scripts": ("a.pdf", lambda: b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"),
    "picture of billions of dots": (
        "a.png",
        lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\6\0\0\0" + bytes(40),
    ),
    "picture cut off": ("a.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(10)),
    "script as picture": ("a.png", lambda: b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"),
    "picture that is a page": ("a.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "page as workbook": ("a.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>"),
    "program": ("a.xlsx", lambda: b"MZ" + bytes(900)),
    "gzip": ("a.xlsx", lambda: gzip.compress(bytes(10**6))),
    "RAR": ("a.csv", lambda: b"Rar!\x1a\x07\x00" + bytes(99)),
    "name of a path": ("../../../etc/passwd.csv", good_csv),
    "name of thousands of signs": ("长" * 3_000 + ".csv", good_csv),
    "name of controls": ("a\u202efdp\x01.csv", good_csv),
    "no ending": ("名单", good_csv),
}
