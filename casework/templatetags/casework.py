"""Addresses of a case's pages, whichever procedure it belongs to, and how it was heard as a sentence."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from casework.models import Attachment, Case
from casework.queries.course import hearing_of
from credit_platform.web.formats import cn_date

register = template.Library()


def _url(case: Case, name: str, *args: Any) -> str:
    return reverse(f"{case.of.code}:{name}", args=args)


@register.simple_tag
def case_list_url(case: Case) -> str:
    return _url(case, "cases")


@register.simple_tag
def case_url(case: Case) -> str:
    return _url(case, "case", case.pk)


@register.simple_tag
def step_url(case: Case, verb: str) -> str:
    return _url(case, "step", case.pk, verb)


@register.simple_tag
def print_url(case: Case, what: str) -> str:
    return _url(case, "print", case.pk, what)


@register.simple_tag
def attachment_url(case: Case, attachment: Attachment) -> str:
    return _url(case, "attachment", case.pk, attachment.pk)


@register.simple_tag
def response_url(case: Case) -> str:
    return _url(case, "my-response", case.pk)


@register.simple_tag
def heard_sentence(case: Case) -> str:
    """How the subject was heard, for a decision."""
    hearing = hearing_of(case)
    if hearing is None:
        return ""
    who = "你" if case.subject and case.subject.kind == "person" else "你单位"
    if hearing.waived:
        return f"{who}放弃陈述申辩。"
    if hearing.statement_on:
        return f"{who}于{cn_date(hearing.statement_on)}陈述申辩。"
    return f"{who}在{cn_date(hearing.until)}前未陈述申辩。"
