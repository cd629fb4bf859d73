"""/desk/audit/: for auditors only. Of this app only the pages (views and filters) ask the accounts and their policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from kombu.exceptions import OperationalError as BrokerAway
from redis import RedisError

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor, NamedActor
from credit_platform.accounts.queries import department_names
from credit_platform.audit import actions, members, queries, rereading, tasks, wording
from credit_platform.audit.context import acting
from credit_platform.audit.filters import AlterationFilter, AuditEntryFilter
from credit_platform.audit.models import Alteration, AuditEntry, AuditHistory
from credit_platform.audit.verbs import label_of, object_kind
from credit_platform.web.export import Column
from credit_platform.web.keyset import KeysetPage
from credit_platform.web.lists import ListPage, Sort

SORTS = {"newest": Sort("最新在前", ("-id",)), "oldest": Sort("最早在前", ("id",))}
LINKS_AT_ONCE = 20_000
STRAY_DAYS = 30
MEMBERS_SHOWN = 200

COLUMNS = (
    Column("编号", "pk"),
    Column("时间", "at"),
    Column("类别", lambda entry: entry.get_kind_display()),
    Column("操作人", "actor_name"),
    Column("操作人编号", "actor_id"),
    Column("部门编号", "department_id"),
    Column("动作代码", "verb"),
    Column("动作", lambda entry: label_of(entry.verb)),
    Column("对象类别", lambda entry: object_kind(entry.object_type)),
    Column("对象编号", "object_id"),
    Column("对象", lambda entry: _row(entry)["object"]),
    Column("查询事由", "purpose"),
    Column("理由", "reason"),
    Column("依据", "basis"),
    Column("结果数", "results"),
    Column("来源地址", "ip"),
    Column("请求编号", "request_id"),
)

ACTOR_KINDS = {
    "staff": "账号",
    "client": "接口客户端",
    "company": "经营主体账户",
    "visitor": "无账户办事人",
    "system": "系统",
}

View = Callable[..., HttpResponseBase]


def for_auditors(view: View) -> View:
    """Signed in, and allowed to read the trail; others get the page of a refusal."""

    @login_required
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policy.require(_auditor(request), "audit.read")
        return view(request, *args, **kwargs)

    return asked


def _auditor(request: HttpRequest) -> Actor:
    return request.user  # type: ignore[return-value]  # login_required stands before; policy refuses all others


@require_safe
@for_auditors
def entries(request: HttpRequest) -> HttpResponseBase:
    """The list, its filters and its export. An export is itself an entry."""
    listing = ListPage(request, AuditEntry.objects.all(), AuditEntryFilter, sorts=SORTS)
    if listing.export:
        response = listing.export_response(COLUMNS, "审计记录")
        asked = {name: value for name, value in request.GET.items() if name != "export" and value}
        actions.record("audit.export", by=_auditor(request), detail={"filters": asked, "format": listing.export})
        return response
    rows = [_row(entry) for entry in listing.page.items]
    names = department_names([entry.department_id for entry in listing.page.items])
    for row in rows:
        row["department"] = names.get(row["entry"].department_id, "")
    return render(request, "audit/entries.html", {"listing": listing, "rows": rows})


def _row(entry: AuditEntry) -> dict[str, Any]:
    label = entry.object_label or entry.object_id
    if not label and entry.members:
        label = members.counted(entry.verb, len(entry.members))
    return {"entry": entry, "verb": label_of(entry.verb), "kind": object_kind(entry.object_type), "object": label}


@require_safe
@for_auditors
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: who, what, before and after, and its place in the chain."""
    found = get_object_or_404(AuditEntry.objects.select_related("seal"), pk=number)
    names = department_names([found.department_id, found.unit_id])
    context = {
        **_row(found),
        "actor_kind": ACTOR_KINDS.get(found.actor_kind, found.actor_kind),
        "department": names.get(found.department_id or 0, ""),
        "unit": names.get(found.unit_id or 0, ""),
        "changes": wording.changes(found),
        "details": wording.details(found),
        "members": _members(request, found),
        "seal": getattr(found, "seal", None),
    }
    return render(request, "audit/entry.html", context)


def _members(request: HttpRequest, entry: AuditEntry) -> dict[str, Any]:
    """One page of the members of an act on many, by name, with the way to everything about each."""
    keys = entry.members or []
    asked = request.GET.get("from", "")
    first = min(int(asked[:9]), len(keys)) if asked.isascii() and asked.isdigit() else 0
    last = min(first + MEMBERS_SHOWN, len(keys))
    return {
        "total": len(keys),
        "shown": members.named(entry, keys[first:last]),
        "first": first + 1,
        "last": last,
        "before": max(first - MEMBERS_SHOWN, 0) if first else None,
        "after": last if last < len(keys) else None,
    }


@require_safe
@for_auditors
def chain(request: HttpRequest) -> HttpResponse:
    """How the chain stands, and what the last verifications found."""
    context = {
        "state": queries.chain_state(timezone.now()),
        "verifications": queries.verifications(),
        "stray": queries.stray_since(STRAY_DAYS),
        "stray_days": STRAY_DAYS,
        "links_at_once": LINKS_AT_ONCE,
    }
    return render(request, "audit/chain.html", context)


@require_POST
@for_auditors
def verify(request: HttpRequest) -> HttpResponse:
    """The last links at once, or the whole chain by a worker; the outcome is an entry either way."""
    by = _auditor(request)
    if request.POST.get("extent") == "whole":
        with acting(by):
            actions.record("audit.verify_requested", by=by)
        try:
            tasks.verify_chain.delay(asdict(NamedActor.of(by)))
            messages.info(request, "已开始复核全链，完成后结果显示在本页。")
        except (BrokerAway, RedisError):
            messages.error(request, "后台处理暂时不可用，全链复核没有开始。请稍后再试；每晚另有自动复核。")
        return HttpResponseRedirect(reverse("audit:chain"))
    state = queries.chain_state(timezone.now())
    first = max(1, state.head.seq - LINKS_AT_ONCE + 1) if state.head else 1
    report = actions.verify_and_record(by=by, first_seq=first)
    if report.ok:
        messages.success(request, f"复核完成：{report.checked} 环全部相符。")
    else:
        told = report.breaks[0].text if report.breaks else "有审计记录超过 5 分钟未入链。"
        messages.error(request, f"复核发现问题：{told}")
    return HttpResponseRedirect(reverse("audit:chain"))


@require_safe
@for_auditors
def stray(request: HttpRequest) -> HttpResponse:
    """Changes of kept tables that nobody had announced: made past the application."""
    page = KeysetPage(AuditHistory.objects.without_actor(), ("-id",), cursor=request.GET.get("cursor", ""), size=50)
    return render(request, "audit/stray.html", {"page": page})


ALTERED = (
    Column("核对", "rereading_id"),
    Column("表", "table_name"),
    Column("编号", "row_pk"),
    Column("不符之处", "which"),
    Column("说明", "text"),
    Column("发现时间", "found_at"),
)


@require_safe
@for_auditors
def rereadings(request: HttpRequest) -> HttpResponseBase:
    """How far the re-reading has come, and every row that is not what its hash says; an export is itself an entry."""
    rows = Alteration.objects.select_related("rereading")
    listing = ListPage(request, rows, AlterationFilter, sorts=SORTS)
    if listing.export:
        response = listing.export_response(ALTERED, "内容不符")
        actions.record("audit.export", by=_auditor(request), detail={"filters": {}, "format": listing.export})
        return response
    runs = [
        (run, [(rereading.label_of(name), count) for name, count in run.done.items()]) for run in queries.rereadings()
    ]
    context = {"listing": listing, "runs": runs, "altered": queries.altered_now()}
    return render(request, "audit/rereading.html", context, status=listing.status)
