"""Who watches over the demonstration city: cases urged by the credit office, one answered; the trail sealed, signed and read again."""

from __future__ import annotations

from datetime import date

from casework.actions.supervision import answer, urge
from casework.models import Case
from casework.rules.clocks import late_since
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.audit import actions, checkpoints, rereading
from credit_platform.demo import clock
from credit_platform.workdays.queries import calendar

TEXTS = (
    "请说明至今未告知当事人的原因，并尽快办理。",
    "当事人陈述申辩期已过，请及时作出认定或者不予认定的决定。",
)
READING_SECONDS = 120.0


def oversight(today: date) -> int:
    """Two open cases of the market bureau are urged, the older one is answered; how many things were done."""
    office, clerk = (User.objects.get(username=name) for name in ("xyb", "scjgj_lr"))
    cases = Case.objects.filter(department=clerk.department, closed_on__isnull=True).order_by("pk")[: len(TEXTS)]
    asked, replied = (late_since(calendar(), today, days) for days in (2, 1))
    made = []
    with clock.at(asked, 9, 40):
        made += [urge(case, text=text, by=office) for case, text in zip(cases, TEXTS, strict=False)]
    with clock.at(replied, 15, 20):
        for urging in made[:1]:
            answer(urging, text="已联系当事人补充材料，三日内告知。", by=clerk)
    with clock.at(today, 2, 30):
        proofs = _proofs()
    return len(made) + proofs


def _proofs() -> int:
    """The night's work on the audit trail, in the order of the timetable: link, sign the head, read again."""
    while actions.seal():
        pass
    signed = checkpoints.make_checkpoint(by=SYSTEM)
    rereading.go_on(by=SYSTEM, seconds=READING_SECONDS)
    return 2 if signed else 1
