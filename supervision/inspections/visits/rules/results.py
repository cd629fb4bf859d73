"""The eight results of an inspection, and which of several is the visit's (国市监信〔2019〕38号). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from credit_platform.errors import Finding, at_field

ARTICLE = "国市监信〔2019〕38号"
LONGEST = 1000


class Result(StrEnum):
    """What was found about one item. Provinces number them differently: only the words are exchanged, never a number."""

    CLEAN = "clean"
    UNPUBLISHED = "unpublished"
    UNTRUE = "untrue"
    UNREACHABLE = "unreachable"
    ORDERED = "ordered"
    OBSTRUCTED = "obstructed"
    NO_BUSINESS = "no_business"
    PENDING = "pending"


RESULT_LABELS = {
    Result.CLEAN: "未发现问题",
    Result.UNPUBLISHED: "未按规定公示应当公示的信息",
    Result.UNTRUE: "公示信息隐瞒真实情况、弄虚作假",
    Result.UNREACHABLE: "通过登记的住所（经营场所）无法联系",
    Result.ORDERED: "发现问题已责令改正",
    Result.OBSTRUCTED: "不配合检查情节严重",
    Result.NO_BUSINESS: "未发现开展本次抽查涉及的经营活动",
    Result.PENDING: "发现问题待后续处理",
}
RESULT_TONES = {
    result: "good" if result is Result.CLEAN else "neutral" if result is Result.NO_BUSINESS else "serious"
    for result in Result
}
SERIOUS_FIRST = (
    Result.UNTRUE,
    Result.OBSTRUCTED,
    Result.UNREACHABLE,
    Result.UNPUBLISHED,
    Result.PENDING,
    Result.ORDERED,
    Result.NO_BUSINESS,
    Result.CLEAN,
)
"""The most serious of several is the visit's result."""
PROBLEMS = tuple(result for result in Result if result not in (Result.CLEAN, Result.NO_BUSINESS))
"""What counts as a problem that was found."""


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What was found about one item: the result, and in words what it rests on (needed where a problem was found)."""

    result: str
    finding: str = ""


def overall(results: Iterable[Result]) -> Result:
    """The most serious of the results. ValueError for none."""
    found = set(results)
    if not found:
        raise ValueError("a visit without a result")
    return next(result for result in SERIOUS_FIRST if result in found)


def against_results(results: Mapping[int, ItemResult], items: Iterable[int]) -> Iterable[Finding]:
    """Each item has a result, and a problem is described; `items` are the keys of all items of the visit."""
    for item in items:
        given = results.get(item)
        if given is None or given.result not in set(Result):
            yield at_field("visit.result", f"result_{item}", "请选择检查结果。", article=ARTICLE)
        elif given.result in PROBLEMS and not given.finding.strip():
            yield at_field("visit.finding", f"finding_{item}", "发现问题的，请写明具体情况。", article=ARTICLE)
        elif len(given.finding.strip()) > LONGEST:
            yield at_field("visit.finding", f"finding_{item}", f"最多{LONGEST}个字。")


def against_digests(photos: Iterable[tuple[str, str]], digests: Mapping[str, str]) -> Iterable[Finding]:
    """Photos as (name, SHA-256 on arrival) against the SHA-256 that the phone took, by name; a photo that no phone hashed is let pass."""
    for name, arrived in photos:
        taken = digests.get(name, "")
        if taken and taken != arrived:
            words = f"照片“{name}”与拍摄时不一致，没有保存。"
            yield at_field("visit.photo", "photos", words, mend="请重新选择原照片，或者重新拍摄。")
