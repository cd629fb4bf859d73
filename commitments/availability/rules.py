"""Whether 告知承诺 may be used by a subject for a matter on a day, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from credit_platform.web.formats import cn_date

BASIS = "国办发〔2020〕42号"


@dataclass(frozen=True, slots=True)
class Availability:
    """The answer: `until` is the last day of the bar, None where none runs; `reason` is Chinese, also when it is available."""

    available: bool
    until: date | None = None
    reason: str = ""
    basis: str = ""
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class Barring:
    """A decided case whose bar holds."""

    number: str
    kind: str
    document_number: str
    decided_on: date
    barred_until: date
    basis: str


def answer(*, listed: bool, letters_asked: bool, bar: Barring | None) -> Availability:
    """`listed`: the matter stands in the list in force; `letters_asked`: its type is one that a bar concerns."""
    if not listed:
        return Availability(
            False, reason="该事项未列入现行承诺事项清单，不适用告知承诺。", basis="哈政办规〔2020〕12号第1项"
        )
    if bar is not None and letters_asked:
        free = cn_date(bar.barred_until + timedelta(days=1))
        decided = f"{cn_date(bar.decided_on)}被认定{bar.kind}（{bar.document_number}）"
        return Availability(
            False,
            until=bar.barred_until,
            reason=f"不适用告知承诺至{cn_date(bar.barred_until)}，自{free}起可以适用。原因：{decided}。",
            basis=bar.basis or BASIS,
            case_number=bar.number,
        )
    return Availability(True, reason="可以适用告知承诺。", basis=BASIS if letters_asked else "")
