"""How dates, money, codes and numbers are written for people. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

LONG_TERM = date(2099, 12, 31)
YUAN_PER_WAN = 10000
SOON = timedelta(days=2)


def as_date(value: object) -> date | None:
    """A date of a date, a datetime or an ISO string; None when it is none of them."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None


def cn_date(value: object) -> str:
    """2026年11月23日; "" for nothing; a text that is no date is given back unchanged."""
    day = as_date(value)
    if day is None:
        return str(value) if value not in (None, "") else ""
    return f"{day.year}年{day.month}月{day.day}日"


def cn_date_or_longterm(value: object) -> str:
    """As `cn_date`, but 2099-12-31, which the data standards use for "no end", reads 长期."""
    return "长期" if as_date(value) == LONG_TERM else cn_date(value)


def cn_datetime(value: object) -> str:
    """2026年11月23日 09:05. The caller gives local time; a plain date has no clock."""
    if isinstance(value, datetime):
        return f"{cn_date(value)} {value:%H:%M}"
    return cn_date(value)


def as_decimal(value: object) -> Decimal | None:
    """A finite Decimal of a number or a decimal string; None otherwise."""
    if value in (None, "") or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def plain(number: Decimal) -> str:
    """With thousands separators and without needless zeros: 1,234.5."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money_wan(value: object) -> str:
    """An amount in 万元, the unit of the standards, with the same in 元: 0.2万元（2,000元）."""
    number = as_decimal(value)
    if number is None:
        return str(value) if value not in (None, "") else ""
    return f"{plain(number)}万元（{plain(number * YUAN_PER_WAN)}元）"


def money_yuan(value: object) -> str:
    """An amount in 元: 2,000元."""
    number = as_decimal(value)
    if number is None:
        return str(value) if value not in (None, "") else ""
    return f"{plain(number)}元"


def masked(value: object) -> str:
    """A number or name for showing: keeps the first and last characters that cannot identify anybody.

    Eighteen-figure numbers keep 6 + 4, eleven-figure phones 3 + 4, names their first character, anything else a third at
    each end. A sealed value of the ledger shows the mask that it carries.
    """
    if isinstance(value, dict):
        return str(value.get("masked", "")) or "已隐藏"
    text = str(value or "").strip()
    head, tail = _kept(len(text))
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + (text[-tail:] if tail else "")


def _kept(length: int) -> tuple[int, int]:
    if length <= 4:
        return (1, 0) if length > 1 else (0, 0)
    known = {18: (6, 4), 15: (6, 3), 11: (3, 4)}
    return known.get(length, (min(length // 3, 6), min(length // 3, 4)))


def deadline_words(due: date | None, today: date, *, done: bool) -> tuple[str, str]:
    """How a deadline stands on a day, in calendar days, and the tone of it: 还有 3 天, info."""
    if done:
        return "已办结", "good"
    if due is None:
        return "无时限", "neutral"
    if due < today:
        return f"已逾期 {(today - due).days} 天", "serious"
    if due == today:
        return "今日到期", "serious"
    left = due - today
    return f"还有 {left.days} 天", "warn" if left <= SOON else "info"
