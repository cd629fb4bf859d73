"""提示: told, served, heard, decided by a second person, entered in the ledger.

begun ──notify──► told ──serve──► open ──hear | respond──► open ──decide──► done
begun | told | open ──dismiss──► dropped
begun ──pause | resume | extend──► begun
"""

from __future__ import annotations

from functools import partial

from casework import forms as kit
from casework.actions import hearing, open_case, verbs
from casework.actions.clocks import extend, pause, resume
from casework.actions.outcomes import enter_outcome
from casework.actions.step import step
from casework.pages import CasePages, StepPage
from casework.pages.desk import case_filter
from casework.pages.subject import SubjectPages
from casework.rules.procedures import Procedure, Step, Work
from credit_platform.accounts import policy
from credit_platform.audit.context import acting

SHOWN = {"QR_GKSX": "社会公开", "QR_QRLB": "其他"}
LABELS = {"begun": "已提出", "told": "已告知", "open": "听取意见", "done": "已提示", "dropped": "不予提示"}
TOY = Procedure(
    slug="toy", label="示例提示", audit="toy", own="toy.ToyCase", number="示提〔{year}〕{n}号", article="示例办法",
    begins="begun", labels=LABELS, tones=dict.fromkeys(LABELS, "info"), closed=frozenset({"done", "dropped"}),
    view="toy.view", respond="respond", shown_to_subject=frozenset({"open", "done"}),
    moves={
        ("begun", "notify"): "told", ("told", "serve"): "open", ("open", "hear"): "open", ("open", "respond"): "open",
        ("open", "decide"): "done", ("begun", "dismiss"): "dropped", ("told", "dismiss"): "dropped",
        ("open", "dismiss"): "dropped", ("begun", "pause"): "begun", ("begun", "resume"): "begun",
        ("begun", "extend"): "begun",
    },
    steps=(
        Step("notify", "告知", "toy.handle"), Step("serve", "登记送达", "toy.handle"),
        Step("hear", "登记陈述申辩", "toy.handle"), Step("respond", "陈述申辩", "toy.respond"),
        Step("decide", "提示", "toy.decide", second_person=True, after_hearing=True),
        Step("dismiss", "不予提示", "toy.decide", second_person=True),
        Step("pause", "暂停", "toy.handle"), Step("resume", "恢复", "toy.handle"), Step("extend", "延长", "toy.handle"),
    ),
    works=(Work("示例待告知", "begun", "notify", 1), Work("示例待提示", "open", "decide", 2)),
)  # fmt: skip


def begin(subject, *, department, facts, by, on=None):
    with acting(by):
        policy.require(by, "toy.handle", department)
        return open_case(TOY, subject=subject, department=department, by=by, on=on, own={"facts": facts})


def notify(case, *, notice, days=5, by, on=None, version=None):
    with step(TOY, case, "notify", by=by, on=on, version=version) as at:
        hearing.notify(at, notice=notice, days=days)
    return at.case


serve = partial(verbs.serve, TOY)
hear = partial(verbs.hear, TOY)
respond = partial(verbs.respond, TOY)


def decide(case, *, document_number, reasons, considered="", by, on=None, version=None):
    with step(TOY, case, "decide", by=by, on=on, version=version) as at:
        hearing.determine(at, reasons=reasons, considered=considered)
        hearing.decide(at, document_number=document_number)
        roles = {"document_number": document_number, "decided_on": at.on.isoformat(), "title": "示例提示"}
        given = {"QR_WSMC": "提示函", "QR_SXMC": "提示", "QR_YJ": "示例办法第一条", "QR_NR": at.own.facts} | SHOWN
        about = {"subject": at.case.subject, "department": at.case.department, "by": by}
        at.case.record = enter_outcome("act-confirmation", given=given, roles=roles, **about)
    return at.case


dismiss = partial(verbs.close, TOY, "dismiss", "请写明理由。")


def clock(case, verb, *, by, on=None, **given):
    with step(TOY, case, verb, by=by, on=on) as at:
        {"pause": pause, "resume": resume, "extend": extend}[verb](at, **given)
    return at.case


class DecideForm(kit.DecideForm, kit.DetermineForm):
    pass


FORMS = {"notify": (kit.NotifyForm, notify), "serve": (kit.ServeForm, serve), "hear": (kit.HearForm, hear),
         "decide": (DecideForm, decide), "dismiss": (kit.DismissForm, dismiss)}  # fmt: skip
PAGES = CasePages(
    TOY, address="toys", templates="toy", filters=case_filter(TOY),
    forms={verb: StepPage(form, action) for verb, (form, action) in FORMS.items()},
)  # fmt: skip
MINE = SubjectPages(TOY, address="toys", templates="toy", respond=respond)
