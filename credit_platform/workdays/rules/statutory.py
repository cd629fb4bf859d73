"""The statutory days off (全国年节及纪念日放假办法), for years whose notice is not out.

The 2024 revision, in force from 2025, has thirteen days: New Year's Eve of the lunar year and 2 May were added. Make-up days and
bridge days are known only from the yearly notice; days off in lieu of a statutory weekend are left out on purpose, so that a
provisional deadline is rather early than late.
"""

from __future__ import annotations

from datetime import date, timedelta

# Month, day, name, first year in force.
_FIXED: tuple[tuple[int, int, str, int], ...] = (
    (1, 1, "元旦", 1950),
    (5, 1, "劳动节", 1950),
    (5, 2, "劳动节", 2025),
    (10, 1, "国庆节", 1950),
    (10, 2, "国庆节", 1950),
    (10, 3, "国庆节", 2000),
)

# By year: first day of the lunar year, Qingming, Dragon Boat Festival, Mid-Autumn Festival, as (month, day).
LUNAR: dict[int, tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    2025: ((1, 29), (4, 4), (5, 31), (10, 6)),
    2026: ((2, 17), (4, 5), (6, 19), (9, 25)),
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
    2029: ((2, 13), (4, 4), (6, 16), (9, 22)),
    2030: ((2, 3), (4, 5), (6, 5), (9, 12)),
    2031: ((1, 23), (4, 5), (6, 24), (10, 1)),
    2032: ((2, 11), (4, 4), (6, 12), (9, 19)),
    2033: ((1, 31), (4, 4), (6, 1), (9, 8)),
    2034: ((2, 19), (4, 5), (6, 20), (9, 27)),
    2035: ((2, 8), (4, 5), (6, 10), (9, 16)),
}


def statutory_days(year: int) -> dict[date, str]:
    """Return the statutory days off of a year with their names; outside 2025 to 2035 only those on fixed dates."""
    days = {date(year, month, day): name for month, day, name, since in _FIXED if since <= year}
    if year in LUNAR:
        new_year, qingming, dragon_boat, mid_autumn = (date(year, month, day) for month, day in LUNAR[year])
        for offset in range(-1, 3):
            days[new_year + timedelta(days=offset)] = "春节"
        for day, name in ((qingming, "清明节"), (dragon_boat, "端午节"), (mid_autumn, "中秋节")):
            days[day] = f"{days[day]}、{name}" if day in days else name
    return days
