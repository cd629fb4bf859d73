"""An article is written by one, checked and published by another, withdrawn when it should not stand."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.utils import timezone

from assessment.articles import rules
from assessment.articles.rules import ARTICLE
from casework.actions import open_case, step, verbs
from casework.actions.hearing import close as end_case
from casework.actions.hearing import scanned
from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Finding, Refused, refuse, required


def write(*, kind: str, title: str, source: str, text: str, by: User, on: date | None = None) -> Case:
    """Begin an article. Clerks and reviewers of a department, the credit office. Refused without title and text, a policy without its source, and for
    numbers of persons in it."""
    with acting(by):
        policy.require(by, rules.WRITE)
        if by.department is None:
            raise Refused("article.department", "您的账号没有所属单位，不能撰写文章。")
        refuse(_against(kind, title, source, text))
        own = {"kind": kind, "title": title.strip(), "source": source.strip(), "text": text.strip()}
        return open_case(ARTICLE, subject=None, department=by.department, by=by, on=on or timezone.localdate(), own=own)


def revise(
    case: Case,
    *,
    kind: str,
    title: str,
    source: str,
    text: str,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Change a draft; who changes it becomes its drafter. Refused as `write`. From DRAFTED."""
    with step(ARTICLE, case, "revise", by=by, on=on, version=version) as at:
        at.refuse(_against(kind, title, source, text))
        at.case.drafted_by, at.own.kind, at.own.title = by, kind, title.strip()
        at.own.source, at.own.text = source.strip(), text.strip()
    return at.case


def propose(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """A draft is ready to be checked. From DRAFTED."""
    with step(ARTICLE, case, "propose", by=by, on=on, version=version) as at:
        pass
    return at.case


def publish(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Show it to the public. The credit office, never who wrote it. From PROPOSED."""
    with step(ARTICLE, case, "publish", by=by, on=on, version=version) as at:
        at.refuse(_against(at.own.kind, at.own.title, at.own.source, at.own.text))
        at.case.decided_by, at.case.decided_on, at.own.published_on = by, at.on, at.on
    return at.case


def send_back(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """It goes back to be changed. Who: as `publish`. From PROPOSED."""
    with step(ARTICLE, case, "send_back", by=by, on=on, version=version) as at:
        at.refuse(required(reason, "reason", "请写明需要修改的内容。", rule="article.reason", most=500))
        at.reason = reason.strip()
    return at.case


def withdraw(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Take an article from the public; its address then says when and why. The credit office. From PUBLISHED."""
    with step(ARTICLE, case, "withdraw", by=by, on=on, version=version) as at:
        end_case(at, reason="撤下。", public_note=reason)
    return at.case


discard = partial(verbs.close, ARTICLE, "discard", "请写明放弃的原因。")
"""A draft comes to nothing. From DRAFTED."""


def _against(kind: str, title: str, source: str, text: str) -> list[Finding]:
    return [*rules.against_article(title, text, kind, source), *scanned(title=title, text=text, source=source)]
