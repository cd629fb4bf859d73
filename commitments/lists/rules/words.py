"""What an entry of the list says, in words that people read. Pure."""

from __future__ import annotations

from decimal import Decimal

from commitments.rules.kinds import UNIT_LABELS, Unit

ARTICLE = "哈政办规〔2020〕12号第1项"
"""The city's rule that there is a list of matters."""


def period(count: int | None, unit: str) -> str:
    """60个工作日; "" without a count."""
    return f"{count}{UNIT_LABELS[Unit(unit)]}" if count else ""


def share(percent: Decimal) -> str:
    """10%, 2.5%; "" when nothing is drawn."""
    return f"{Decimal(percent).normalize():f}%" if percent else ""


def review_rule(first: str, every: str, drawn: str) -> str:
    """承诺之日起60个工作日内首次复核，此后每6个月一次，并按10%的比例随机抽查。 Takes the answers of `period` and `share`."""
    parts = [f"承诺之日起{first}内首次复核" if first else "", f"此后每{every}一次" if every else ""]
    parts.append(f"并按{drawn}的比例随机抽查" if drawn else "")
    whole = "，".join(part for part in parts if part)
    return f"{whole}。" if whole else "不安排定期复核。"
