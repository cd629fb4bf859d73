"""Cases of listing, one factory a state: each brought there by its real steps."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from casework.models import Case
from casework.rules.attachments import AttachedFile
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.models import Department, User
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from records.tests import factories as ledger
from sanctions.designations import actions
from sanctions.designations.actions import Person
from sanctions.designations.rules import Post
from sanctions.lists.models import CreditList
from sanctions.lists.tests.factories import SeriousListFactory

TODAY = date(2026, 11, 23)
CONDUCT = date(2026, 6, 1)
PDF = AttachedFile("送达回证.pdf", b"%PDF-1.4 tested")
TO_SERVED = ("notify", "serve")
WAYS = {
    "proposed": (),
    "notified": ("notify",),
    "served": TO_SERVED,
    "heard": (*TO_SERVED, "hear"),
    "determined": (*TO_SERVED, "hear", "determine"),
    "decided": (*TO_SERVED, "hear", "determine", "decide"),
    "delivered": (*TO_SERVED, "hear", "determine", "decide", "deliver"),
    "dismissed": ("dismiss",),
}


def proposed(row: CreditList | None = None, department: Department | None = None, **more) -> Case:
    """A firm is to be listed."""
    department = department or DepartmentFactory()
    given = {
        "facts": "拖欠工资数额较大，经责令限期支付逾期未支付。",
        "basis": "《示例办法》第五条第一项；示人社监令〔2026〕3号",
        "conduct_on": CONDUCT,
        "by": ClerkFactory(department=department),
    }
    return actions.propose(
        row or SeriousListFactory(),
        more.pop("subject", None) or ledger.SubjectFactory(),
        department=department,
        **given | more,
    )


def person(number: int = 1, **more) -> Person:
    """Who headed the firm on the day of the conduct."""
    given = {
        "name": "王小明",
        "id_type": "身份证",
        "id_number": ledger.valid_person_id(number),
        "post": Post.HEAD,
        "since": date(2024, 1, 1),
        "until": date(2026, 8, 31),
        "part": "决定停发工资，对拖欠负有直接责任。",
    }
    return Person(**given | more)


def take(case: Case, verb: str, by: User | None = None, **more) -> Case:
    """Carry a case one step on, by the person whom it falls to."""
    handler = case.drafted_by or ClerkFactory(department=case.department)
    given = {
        "notify": lambda: {"by": handler, "notice": "告知事由、依据、措施、期限和权利。", "intended": ["M10"]},
        "serve": lambda: {"by": handler, "how": "直接送达", "on": timezone.localdate(), "proof": [PDF]},
        "hear": lambda: {"by": handler, "statement": "已经筹款支付。", "on": timezone.localdate()},
        "respond": lambda: {"by": ActiveFactory(subject=case.subject), "statement": "已经筹款支付。"},
        "determine": lambda: {
            "by": ReviewerFactory(department=case.department),
            "reasons": "事实清楚，证据充分。",
            "considered": "筹款不影响违法事实成立，不予采纳。",
        },
        "decide": lambda: {
            "by": ReviewerFactory(department=case.department),
            "document_number": f"示人社列决〔2026〕{case.pk}号",
            "measures": ["M10"],
            "repair_number": f"示人社修告〔2026〕{case.pk}号",
            "repair_notice": "列入满十二个月、纠正失信行为的，可以申请信用修复。",
            "exit_conditions": "列入满十二个月并纠正失信行为。",
            "remedies": "可以申请行政复议或者提起行政诉讼。",
        },
        "deliver": lambda: {"by": handler, "how": "直接送达", "on": timezone.localdate(), "proof": [PDF]},
        "dismiss": lambda: {"by": ReviewerFactory(department=case.department), "reason": "核实已支付。"},
    }[verb]() | more
    if by is not None:
        given["by"] = by
    return getattr(actions, verb)(case, **given)


def case_in(state: str, case: Case | None = None, **more) -> Case:
    """A case in a state; `case` is one that was begun already."""
    case = case or proposed(**more)
    for verb in WAYS[state]:
        case = take(case, verb)
    return case
