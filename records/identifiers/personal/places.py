"""Home addresses in a folded text: by a label (住址：…) or by the shape of a flat (…小区3栋2单元501室).

Everything looks at a bounded window around an anchor, so the cost does not grow with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from records.identifiers.personal.folded import Folded
from records.identifiers.personal.spans import Kind, Span

_LABEL = re.compile(
    r"(?:家庭住址|家庭地址|现住址|现住地|常住地址|户籍地址|户籍所在地|户籍地|居住地址|居住地|居住在|住址|家住|现住|户籍|住在|(?<![居入常])住(?![房宅建院宿所户处持]))"
    r"(?:[:：为是于在]|\s){0,3}"
)
_STOP = re.compile(r"[,。;!?、\n\r\t\"“”'<>|]")
_SETTLED = re.compile(r"(?:路|街|大道|胡同|巷|村|屯|乡|镇|小区|花园|家园|新城|公寓|家属楼|苑|园区?)")
_NUMBERED = re.compile(r"[0-9一二三四五六七八九十甲乙丙]+(?:号|栋|幢|楼|单元|室|户|组|门|委)|(?:村|屯)")
_FLAT = re.compile(
    r"[0-9A-Za-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|座|楼|号)?[,\s]?[0-9A-Za-z一二三四五六七八九十]{1,3}(?:单元|门栋)"
    r"(?:[0-9一二三四五六七八九十]{1,3}(?:层|楼))?[0-9一二三四五六七八九十]{0,5}(?:室|号|户|门)?"
    r"|[0-9A-Za-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|座)[0-9]{2,5}(?:室|户|房)"
    r"|[0-9]{1,5}-[0-9]{1,2}-[0-9]{2,4}(?:室|户)?"
)
_BARE_UNIT = re.compile(r"[0-9一二三四五六七八九十]{1,3}单元[0-9一二三四五六七八九十]{1,5}(?:室|号|户|门)?")
_ROOM_END = re.compile(r"(?:室|户|门|号|房)$")
_WINDOW = 48


def find(folded: Folded) -> Iterator[Span]:
    """Yield addresses; spans may overlap."""
    yield from _labelled(folded)
    for pattern in (_FLAT, _BARE_UNIT):
        for match in pattern.finditer(folded.text):
            if span := _flat(folded, match):
                yield span


def _labelled(folded: Folded) -> Iterator[Span]:
    for match in _LABEL.finditer(folded.text):
        rest = folded.after(match.end(), _WINDOW + 16)
        stop = _STOP.search(rest)
        piece = rest[: stop.start()] if stop else rest
        end = max((number.end() for number in _NUMBERED.finditer(piece)), default=0)
        if not end or not _SETTLED.search(piece[:end]):
            continue
        strong = len(match.group().rstrip(":： 为是于在")) > 1
        yield Span(match.end(), match.end() + end, Kind.ADDRESS, strong)


def _flat(folded: Folded, match: re.Match[str]) -> Span | None:
    """A flat's number is an address when a street or estate stands before it; the span begins after the last stop."""
    lead = folded.before(match.start(), _WINDOW)
    stops = [stop.end() for stop in _STOP.finditer(lead)]
    lead = lead[stops[-1] :] if stops else lead
    lead = lead[_after_label(lead) :]
    dashed = "单元" not in match.group() and "-" in match.group()
    if not _SETTLED.search(lead) or (dashed and not _ROOM_END.search(match.group())):
        return None
    certain = "单元" in match.group() and bool(_ROOM_END.search(match.group()))
    return Span(match.start() - len(lead), match.end(), Kind.ADDRESS, certain)


def _after_label(lead: str) -> int:
    """Leave the words before the address (住址：, 地址为, 位于) outside the span."""
    ends = [m.end() for m in re.finditer(r"(?:址|位于|住在|家住|现住|居住在|坐落于|在|:)(?:[:为是]|\s){0,2}", lead)]
    return ends[-1] if ends else 0
