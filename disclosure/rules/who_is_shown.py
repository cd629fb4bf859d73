"""Who and what is not public by law, each with the reason that the desk prints.

行政处罚法 art. 48; 政府信息公开条例 art. 14, 15; 个人信息保护法; 国办发〔2025〕22号 (轻微). What is exempt is collected all the same, and it
is not counted as concealed (trap 37).
"""

from __future__ import annotations

from datetime import date

from credit_platform.web.formats import cn_date
from disclosure.kinds import kind
from disclosure.rules.facts import Facts
from disclosure.rules.periods import PeriodResult

PERSON = "person"
MINOR = "未成年人"
"""Reckoned from the date of birth by the data standards."""
PUBLIC = ("", "社会公开", "public")


def exemption(facts: Facts, period: PeriodResult, *, on: date) -> str:
    """Why a record is not public, "" when it is to be published. `period` is its evaluation on the day `on`."""
    return by_rule(facts) or by_the_record(facts) or _of_the_period(facts, period, on)


def by_rule(facts: Facts) -> str:
    """What follows from the age and kind of the subject and from the catalogue; nobody of the department said it."""
    if MINOR in facts.not_public:
        return f"依法不予公开：{facts.not_public}"
    if not facts.catalogue_public:
        return "目录规定该事项公开属性不是“社会公开”，不对外公示。"
    return _of_the_person(facts)


def by_the_record(facts: Facts) -> str:
    """What somebody said on the row itself."""
    if facts.not_public:
        return f"依法不予公开：{facts.not_public}"
    if facts.visibility not in PUBLIC:
        return f"报送单位注明公开属性为“{facts.visibility}”，不对外公示。"
    rows = kind(facts.kind).withheld
    return next((each.reason for each in rows if getattr(facts, each.fact) in each.values), "")


def _of_the_person(facts: Facts) -> str:
    """Of natural persons little is shown, with the name masked: licences, honours, and what the owner of a kind tells."""
    told = kind(facts.kind)
    return told.persons_reason if facts.subject_kind == PERSON and not told.persons_shown else ""


def _of_the_period(facts: Facts, period: PeriodResult, on: date) -> str:
    if not period.published:
        return period.reason
    if period.ends_on is not None and period.ends_on < on and not period.waits:
        return f"按{period.rule_set}，公示期已于{cn_date(period.ends_on)}届满，不再公示。"
    return ""
