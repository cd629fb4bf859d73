"""What is told of another region's report: the state of its seal, and everything that does not fit. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from reports.rules.twin import FORMAT


class Seal(StrEnum):
    """The state of a file's seal; the table of the README says what each means."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    ALTERED = "altered"
    CONTINUED = "continued"
    UNREADABLE = "unreadable"
    NONE = "none"


SEAL_LABELS = {
    Seal.KNOWN: "签章有效",
    Seal.UNKNOWN: "签章完整，签章人未登记",
    Seal.ALTERED: "签章后被改动",
    Seal.CONTINUED: "签章后被追加内容",
    Seal.UNREADABLE: "签章无法核验",
    Seal.NONE: "没有签章",
}
SEAL_TONES = {
    Seal.KNOWN: "good",
    Seal.UNKNOWN: "warn",
    Seal.ALTERED: "serious",
    Seal.CONTINUED: "serious",
    Seal.UNREADABLE: "warn",
    Seal.NONE: "warn",
}
SEAL_TEXTS = {
    Seal.KNOWN: "文件由所列单位签章，签章以后没有改动。",
    Seal.UNKNOWN: "签章以后没有改动，但签章证书没有在本平台登记，不能说明是谁出具的。请到出具方网站核对。",
    Seal.ALTERED: "文件在签章以后被改动，不能采用。请索取原始文件。",
    Seal.CONTINUED: "文件在签章以后被追加内容，追加的部分没有签章。请索取原始文件。",
    Seal.UNREADABLE: "签章的格式或者算法本平台不能核验，请到出具方网站核对。",
    Seal.NONE: "文件没有签章，不能说明是谁出具的、有没有改动。请到出具方网站核对。",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: `readable`: it could be checked; `holds`: what it covers is as it was; `whole`: that is the whole file."""

    readable: bool
    holds: bool
    whole: bool
    signer: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is told of a file, with its tone."""

    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class Twin:
    """What the data inside says of itself, as far as it is held against something; `content` is the whole of it."""

    issuer: str
    code: str
    valid_until: date
    content: Mapping[str, Any]


def seal_of(signatures: Sequence[Signature], trusted: frozenset[str]) -> Seal:
    """The state of a file's seal; `trusted` are the fingerprints (SHA-256, hexadecimal) of certificates that stand for a region on the day.

    The last signature decides whether the file goes on after it; one that does not hold decides everything.
    """
    if not signatures:
        return Seal.NONE
    if any(each.readable and not each.holds for each in signatures):
        return Seal.ALTERED
    if any(not each.readable for each in signatures):
        return Seal.UNREADABLE
    if not any(each.whole for each in signatures):
        return Seal.CONTINUED
    last = next(each for each in signatures if each.whole)
    return Seal.KNOWN if last.fingerprint in trusted else Seal.UNKNOWN


def twin_of(text: str) -> Twin | None:
    """The data inside in our published form; None when there is none, in a form that nobody knows, and for what no database holds."""
    try:
        given = json.loads(text)
        stored = json.dumps(given, ensure_ascii=False, allow_nan=False).encode().decode()
        if given["format"] != FORMAT or "\\u0000" in stored:
            return None
        subject = given["subject"]
        words = [given["number"], given["issuer"], subject["code"], subject["name"], subject["kind"], given["layout"]]
        date.fromisoformat(given["as_of"])
        valid_until = date.fromisoformat(given["valid_until"])
        items = [part["items"] for chapter in given["chapters"] for part in chapter["parts"]]
        lists = [*items, *(item["fields"] for listed in items for item in listed)]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not all(isinstance(each, str) for each in words) or not all(isinstance(each, list) for each in lists):
        return None
    return Twin(given["issuer"], subject["code"], valid_until, given)


def counts_of(content: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Chapter by chapter how many items a twin tells, in its order."""
    return [
        (str(chapter.get("title", "")), sum(len(part["items"]) for part in chapter["parts"]))
        for chapter in content["chapters"]
    ]


def told_of(
    seal: Seal, twin: Twin | None, *, own_name: str, subject_code: str, acts: bool, has_data: bool, on: date
) -> list[Remark]:
    """Everything that is told of a file, the gravest first. `own_name`: who issues reports here; `subject_code`: whose report it is said to be."""
    return list(_told(seal, twin, own_name, subject_code, acts, has_data, on))


def _told(
    seal: Seal, twin: Twin | None, own_name: str, code: str, acts: bool, has_data: bool, on: date
) -> Iterator[Remark]:
    if twin is not None and twin.issuer == own_name:
        yield Remark("serious", f"文件自称由{own_name}出具，本平台没有出具过，是伪造的。")
    yield Remark(SEAL_TONES[seal], SEAL_TEXTS[seal])
    if acts:
        yield Remark("serious", "文件带有打开时自动执行的内容，本平台没有执行；信用报告不应有这样的内容。")
    if twin is None:
        words = "所附数据文件不是公布的格式，没有采用。" if has_data else "没有附数据文件，内容请看文件本身。"
        yield Remark("info", words)
        return
    if twin.code != code:
        yield Remark("serious", f"数据文件所写的主体代码是 {twin.code or '空'}，与填写的不一致。")
    if twin.valid_until < on:
        yield Remark("warn", f"报告的有效期至 {twin.valid_until}，已过有效期。")
    if seal not in (Seal.KNOWN, Seal.UNKNOWN):
        yield Remark("warn", "数据文件没有有效的签章保护，只能作为提交人的说法。")
