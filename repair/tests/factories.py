"""Repairs for tests, one way a state: each brought there by its real steps; the item is a published penalty or an entry on a list."""

from __future__ import annotations

from datetime import date

from casework.models import Case
from casework.rules.attachments import AttachedFile
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, WindowClerkFactory
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from repair import actions
from repair.actions import Application
from repair.rules.handling import Ruling, Word
from repair.rules.procedure import Finding, Ground, Way

TODAY = date(2026, 11, 23)
PERFORMED = date(2026, 11, 12)
PDF = AttachedFile("缴款凭证.pdf", b"%PDF-1.4 paid")
LETTER = AttachedFile("承诺书.pdf", b"%PDF-1.4 promised")
RULING = Ruling(
    court="示例市中级人民法院",
    number="（2026）示01破3号之二",
    on=date(2026, 11, 2),
    administrator="示例管理人",
    plan_until=date(2027, 11, 2),
)
TO_REVIEW = ("accept", "verify", "review")
TO_GRANT = (*TO_REVIEW, "grant")
WAYS = {
    "applied": (),
    "asked": ("ask",),
    "accepted": ("accept",),
    "verified": ("accept", "verify"),
    "reviewed": TO_REVIEW,
    "granted": TO_GRANT,
    "rejected": (*TO_REVIEW, "reject"),
    "refused": ("refuse",),
    "retracted": ("retract",),
    "shielded": (*TO_REVIEW, "shield"),
    "lapsed": (*TO_REVIEW, "shield", "lapse"),
    "notified": (*TO_GRANT, "notify"),
    "served": (*TO_GRANT, "notify", "serve"),
    "undone": (*TO_GRANT, "notify", "serve", "hear", "undo"),
    "ended": ("end",),
}
ON_A_RULING = ("shielded", "lapsed")


def applied(item: Disclosure | None = None, *, way: Way = Way.ORDINARY, **more) -> Case:
    """An application at the window for a published item, with its papers."""
    item = item or PublishedFactory()
    said = {"way": way, "performed_on": PERFORMED} | ({"ruling": RULING} if way is Way.BANKRUPTCY else {})
    said |= {name: more.pop(name) for name in ("performed_on", "told", "ruling") if name in more}
    given = {"proof": [PDF], "paper": [LETTER], "by": None} | more
    given["by"] = given["by"] or WindowClerkFactory()
    return actions.apply(item, Application(**said), **given)


def take(case: Case, verb: str, by=None, **more) -> Case:
    """Carry a repair one step on, by somebody new to whom it falls."""
    office = CreditOfficeFactory
    own = case.own
    word = Word(
        finding=Finding.MET,
        text="已核对缴款凭证。",
        performed_on=own.said_performed_on,
        document="示移决〔2026〕1号" if own.entry_id else "",
    )
    given = {
        "ask": lambda: {"by": office(), "papers": "整改验收意见"},
        "supply": lambda: {"by": WindowClerkFactory(), "proof": [PDF]},
        "accept": lambda: {"by": office()},
        "refuse": lambda: {"by": office(), "reason": "不属于受理范围。"},
        "verify": lambda: {"by": ClerkFactory(department=case.department), "word": word},
        "extend": lambda: {"by": ClerkFactory(department=case.department), "reason": "需要到现场核实。"},
        "review": lambda: {"by": office(), "opinion": "条件具备，材料齐全，建议准予。"},
        "grant": lambda: {"by": office()},
        "reject": lambda: {"by": office(), "answer": "承诺书没有加盖公章。"},
        "shield": lambda: {"by": office()},
        "free": lambda: {"by": office(), "item": 0, "reason": "妨碍办理贷款。"},
        "follow": lambda: {"by": office(), "text": "第一期债务已经清偿。"},
        "complete": lambda: {"by": office(), "ruling": "（2026）示01破3号之九"},
        "lapse": lambda: {"by": office(), "reason": "法院裁定终止重整计划的执行。"},
        "retract": lambda: {"by": WindowClerkFactory()},
        "notify": lambda: {"by": office(), "ground": Ground.PAPERS, "notice": "经查，提交的缴款凭证系伪造。" * 5},
        "serve": lambda: {"by": office(), "how": "直接送达", "on": TODAY, "proof": [PDF]},
        "hear": lambda: {"by": office(), "waived": True, "on": TODAY},
        "undo": lambda: {"by": office(), "reasons": "银行回函证实没有该笔缴款。"},
        "respond": lambda: {"by": ActiveFactory(subject=case.subject), "statement": "凭证由银行出具，请向银行核实。"},
        "end": lambda: {"by": SYSTEM, "why": "该信息公示期已经届满，不再公示"},
        "clear": lambda: {"by": office(), "reason": "银行更正了回函。"},
    }[verb]() | more
    if by is not None:
        given["by"] = by
    return getattr(actions, "refuse_it" if verb == "refuse" else verb)(case, **given)


def brought_to(state: str, case: Case) -> Case:
    """An application, brought to a state."""
    for verb in WAYS[state]:
        case = take(case, verb)
    return case


def case_in(state: str, **more) -> Case:
    """A repair in a state; a screen rests on a court's ruling."""
    way = Way.BANKRUPTCY if state in ON_A_RULING else Way.ORDINARY
    return brought_to(state, applied(**{"way": way} | more))
