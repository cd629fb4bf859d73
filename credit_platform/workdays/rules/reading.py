"""Reading a notice: from its Chinese text, or from rows of a table (日期, 安排, 名称)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from credit_platform.errors import Finding, Level
from credit_platform.workdays.rules.days import chinese
from credit_platform.workdays.rules.notices import NoticeDay, holiday_names

_SECTION = re.compile(r"^(?:[一二三四五六七八九十]{1,2}[、.]|[0-9]{1,2}[、.])?([一-龥、]{2,12}):")
_DATE = re.compile(
    r"(?:(?P<year>[0-9]{4})年|(?P<next>次年|翌年))?(?:(?P<month>[0-9]{1,2})月)?(?P<day>[0-9]{1,2})日?(?:\((?P<note>[^()]{0,30})\))?"
)
_JOINT = re.compile(r"至|到|-|~")
_COUNT = re.compile(r"(?:共|放假)([0-9]{1,2})天")
_CLAUSE = re.compile(r"[。;；\n]")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_LONGEST_BREAK = 15
WORDS_OFF = frozenset({"放假", "休息", "休", "调休", "假", "节假日", "放假调休", "否", "0"})
WORDS_WORK = frozenset({"上班", "班", "补班", "调休上班", "工作", "工作日", "是", "1"})


@dataclass(slots=True)
class Reading:
    """The days that were read and what could not be understood."""

    days: list[NoticeDay] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def complain(self, rule: str, text: str, mend: str = "请核对后修改。", value: str = "") -> None:
        self.findings.append(Finding(rule, Level.ERROR, text, mend, value=value))


@dataclass(slots=True)
class _Said:
    """The year and month that the dates of a clause have said so far."""

    year: int
    month: int = 0
    is_new_year: bool = False

    def starts_in_december(self) -> bool:
        """元旦：12月30日 in the notice of a year is the December before it."""
        return self.is_new_year and self.month == 12


def read_text(text: str, year: int) -> Reading:
    """Read the text of a notice: "七、国庆节：10月1日（周四）至8日（周四）放假调休，共8天。9月27日（周日）上班。"

    Weekdays in brackets and the number of days are checked against the dates: that catches a wrong year and a slip of the pen.
    """
    reading = Reading()
    name = ""
    folded = unicodedata.normalize("NFKC", text).replace("：", ":").replace("—", "-").replace("–", "-")
    for line in folded.splitlines():
        bare = re.sub(r"\s+", "", line)
        heading = _SECTION.match(bare)
        if heading and holiday_names(heading.group(1)):
            name = "、".join(holiday_names(heading.group(1)))
            bare = bare[heading.end() :]
        if name:
            for clause in _CLAUSE.split(bare):
                _read_clause(reading, clause, name, year)
    return reading


def read_rows(rows: Iterable[Sequence[object]], year: int) -> Reading:
    """Read rows of a table whose first row names the columns: 日期, 安排 (放假 or 上班), 名称 (may be empty)."""
    reading = Reading()
    iterator = iter(rows)
    places = _columns(next(iterator, ()))
    if places is None:
        reading.complain("notice.columns", "第一行应有“日期”和“安排”两列的表头。", "请使用下载的模板。")
        return reading
    for number, row in enumerate(iterator, start=2):
        cells = [row[place] if place is not None and place < len(row) else None for place in places]
        if any(_text(cell) for cell in cells):
            _read_row(reading, number, cells)
    return reading


def parse_date(value: object) -> date | None:
    """Return the day of a cell: a date, or text such as 2027-10-01, 2027/10/1, 2027年10月1日, 20271001; None when it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _text(value).removesuffix(".0")
    found = re.fullmatch(r"([0-9]{4})(?:[-/.年])([0-9]{1,2})(?:[-/.月])([0-9]{1,2})日?(?:[T ].*)?", text)
    found = found or re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", text)
    if not found:
        return None
    return _date(*(int(piece) for piece in found.groups()))


def _read_clause(reading: Reading, clause: str, name: str, year: int) -> None:
    if not any(mark in clause for mark in ("上班", "放假", "休息", "公休", "调休")):
        return
    is_workday = "上班" in clause
    said = _Said(year, is_new_year=name.startswith("元旦"))
    found = [day for piece in _pieces(clause) for day in _days_of(reading, piece, said)]
    reading.days += [NoticeDay(day, is_workday, name) for day in found]
    counted = _COUNT.search(clause)
    if counted and not is_workday and found and int(counted.group(1)) != len(found):
        text = f"{name}写明共{counted.group(1)}天，按日期读到{len(found)}天。"
        reading.complain("notice.count", text, value=clause[:60])


def _pieces(clause: str) -> Iterator[tuple[re.Match[str], re.Match[str] | None]]:
    """Yield the dates of a clause, each with the end of its range if it has one; a mere number (共8天) is left out."""
    position = 0
    while first := next((m for m in _DATE.finditer(clause, position) if _is_date(m)), None):
        joint = _JOINT.match(clause, first.end())
        last = _DATE.match(clause, joint.end()) if joint else None
        yield first, last
        position = (last or first).end()


def _is_date(match: re.Match[str]) -> bool:
    return match["month"] is not None or "日" in match.group().partition("(")[0]


def _days_of(reading: Reading, piece: tuple[re.Match[str], re.Match[str] | None], said: _Said) -> list[date]:
    first = _one(reading, piece[0], said)
    if piece[1] is None or first is None:
        return [first] if first else []
    last = _one(reading, piece[1], said)
    if last is None or not 0 <= (last - first).days < _LONGEST_BREAK:
        written = f"{piece[0].group()}至{piece[1].group()}"
        reading.complain("notice.range", f"日期范围“{written}”不合理。", value=written)
        return []
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _one(reading: Reading, match: re.Match[str], said: _Said) -> date | None:
    """Return the day of one written date; what it leaves out (year, month) is that of the date before it."""
    if match["month"]:
        said.month = int(match["month"])
    if match["year"]:
        said.year = int(match["year"])
    elif match["month"]:
        said.year += 1 if match["next"] and not said.is_new_year else -1 if said.starts_in_december() else 0
    day = _date(said.year, said.month, int(match["day"]))
    if day is None:
        reading.complain("notice.date", f"“{match.group()}”不是有效日期。", value=match.group())
        return None
    weekday = _WEEKDAY.search(match["note"] or "")
    if weekday and _WEEKDAYS.index(weekday.group(1).replace("天", "日")) != day.weekday():
        text = f"{chinese(day)}应为星期{_WEEKDAYS[day.weekday()]}，文中写作星期{weekday.group(1)}。"
        reading.complain("notice.weekday-text", text, "请核对年份和日期。", day.isoformat())
    if day.month == 12 and said.is_new_year:
        said.year = day.year + 1  # 12月30日至1月1日: what follows is in the year of the notice
    return day


def _columns(header: Sequence[object]) -> tuple[int, int, int | None] | None:
    names = [_text(cell) for cell in header]

    def place(*words: str) -> int | None:
        return next((i for i, name in enumerate(names) if any(word in name for word in words)), None)

    day, kind = place("日期"), place("安排", "上班", "类型")
    return None if day is None or kind is None else (day, kind, place("名称", "节日", "假期"))


def _read_row(reading: Reading, number: int, cells: Sequence[object]) -> None:
    day, kind = parse_date(cells[0]), _text(cells[1])
    if day is None:
        reading.complain("notice.date", f"第{number}行：日期“{_text(cells[0])}”无法识别。", "请写成2027-10-01的形式。")
    elif kind not in WORDS_OFF | WORDS_WORK:
        reading.complain("notice.kind", f"第{number}行：安排“{kind}”无法识别。", "请填“放假”或“上班”。")
    else:
        reading.days.append(NoticeDay(day, kind in WORDS_WORK, _text(cells[2])[:40]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _text(value: object) -> str:
    return unicodedata.normalize("NFKC", "" if value is None else str(value)).strip()
