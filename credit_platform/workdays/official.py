"""The notices of 2007 to 2026 as base data: the days come from the pinned package chinesecalendar, which transcribes the notices.

Numbers and dates of issue stand where they are sure and are empty elsewhere. `fill` is called by the data migration and after a
migration that finds the calendar empty; notices of later years are loaded by an administrator.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from chinese_calendar import constants

FIRST_YEAR, LAST_YEAR = 2007, 2026

_NAMES: dict[str, str] = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}

_NUMBERS: dict[int, tuple[str, date | None]] = {
    2016: ("国办发明电〔2015〕18号", date(2015, 12, 10)),
    2017: ("国办发明电〔2016〕17号", date(2016, 12, 1)),
    2018: ("国办发明电〔2017〕12号", date(2017, 11, 30)),
    2019: ("国办发明电〔2018〕15号", None),
    2020: ("国办发明电〔2019〕16号", date(2019, 11, 21)),
    2021: ("国办发明电〔2020〕27号", date(2020, 11, 25)),
    2022: ("国办发明电〔2021〕11号", date(2021, 10, 25)),
    2023: ("国办发明电〔2022〕16号", date(2022, 12, 8)),
    2024: ("国办发明电〔2023〕7号", date(2023, 10, 25)),
    2025: ("国办发明电〔2024〕12号", date(2024, 11, 12)),
    2026: ("国办发明电〔2025〕7号", date(2025, 11, 4)),
}

_NOTES: dict[int, str] = {
    2015: "含抗战胜利70周年纪念日调休放假安排。",
    2019: "含劳动节假期调整安排。",
    2020: "含延长春节假期安排。",
}


@dataclass(frozen=True, slots=True)
class OfficialDay:
    date: date
    is_workday: bool
    name: str

    @property
    def year(self) -> int:
        """The year whose notice names the day: late December belongs to the New Year of the next."""
        return self.date.year + (self.date.month == 12)


def days() -> list[OfficialDay]:
    """Return the days off and the make-up days of the notices 2007 to 2026, in order."""
    found = [OfficialDay(day, False, _name(name)) for day, name in constants.holidays.items()]
    found += [OfficialDay(day, True, _name(name)) for day, name in constants.workdays.items()]
    return sorted((d for d in found if FIRST_YEAR <= d.year <= LAST_YEAR), key=lambda d: d.date)


def fill(notices: Any, calendar_days: Any, stamps: Any) -> None:
    """Write the official calendar with the given managers (those of a migration's historical models, or of today's); nothing when there are any."""
    if notices.exists():
        return
    by_year: dict[int, list[OfficialDay]] = {year: [] for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    for day in days():
        by_year[day.year].append(day)
    for year, members in by_year.items():
        number, issued_on = _NUMBERS.get(year, ("", None))
        notice = notices.create(
            year=year,
            title=f"国务院办公厅关于{year}年部分节假日安排的通知",
            document_number=number,
            issued_on=issued_on,
            note=_NOTES.get(year, ""),
            days=[[d.date.isoformat(), d.is_workday, d.name] for d in members],
            loaded_by="系统",
        )
        calendar_days.bulk_create(
            [calendar_days.model(date=d.date, is_workday=d.is_workday, name=d.name, notice=notice) for d in members]
        )
    stamps.get_or_create(id=1)


def _name(holiday: str) -> str:
    return _NAMES[holiday]
