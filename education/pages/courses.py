"""/desk/education/: courses are written, read by a second person, published."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform import vault
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.errors import Refused
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from education import actions
from education.actions.base import CHECK, DRAFT
from education.actions.courses import FIELDS, IDENTITY
from education.forms import courses as forms
from education.models import CourseVersion, Lesson, Material, Question
from education.pages.files import answer
from education.queries.courses import versions_at_the_desk
from education.rules.courses import MOVES, State

VIEW = "education.view"
get_or_post = require_http_methods(["GET", "HEAD", "POST"])
SORTS = {"code": Sort("课程代码", ("course__code", "pk")), "newest": Sort("最近编写", ("-pk",))}
COLUMNS = (
    Column("课程", "course.title", 40),
    Column("课程代码", "course.code", 24),
    Column("版次", "number"),
    Column("对象", lambda row: row.course.get_audience_display()),
    Column("责任单位", "course.department.name", 24),
    Column("状态", lambda row: row.get_state_display()),
    Column("启用日期", "published_on"),
    Column("停用日期", "retired_on"),
)
VERBS = {
    "submit": ("提交审核", DRAFT, "已提交审核，请由另一名审核人员办理。"),
    "publish": ("审核通过并启用", CHECK, "已启用。"),
    "return": ("退回修改", CHECK, "已退回。"),
    "retire": ("停用", CHECK, "已停用。"),
}
WORDS = {"return": "退回原因", "retire": "停用原因"}


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponseBase:
    """Versions of courses of one's department."""
    user = staff_of(request, VIEW)
    page = ListPage(request, versions_at_the_desk(user), forms.VersionFilter, sorts=SORTS)
    if page.export:
        policy.require(user, "exports.make")
        return page.export_response(COLUMNS, "诚信教育课程")
    context = {"listing": page, "may_draft": policy.allows(user, DRAFT)}
    return render(request, "education/list.html", context, status=page.status)


@get_or_post
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """A new course with its first version."""
    user = staff_of(request, DRAFT)
    form = forms.CourseForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        if user.department is None:
            raise Refused("education.department", "您的账号没有所属单位，不能编写课程。")
        values = {name: given[name] for name in (*IDENTITY, *FIELDS)}
        return _page(actions.draft(values, department=user.department, by=user))

    context = {
        "title": "编写课程",
        "lead": "先写明课程的基本情况，再添加课时和试题。",
        "back_url": reverse("education:courses"),
    }
    return act_on_form(
        request, "kit/form_page.html", context, form, action=action, message="已建立，请添加课时和试题。"
    )


@require_safe
@login_required
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what it says, its lessons and bank, and what can be done."""
    row, user = _row(request, pk), staff_of(request)
    context = {
        "row": row,
        "lessons": row.lessons.prefetch_related("materials"),
        "questions": row.questions.all(),
        "verbs": [(verb, VERBS[verb][0]) for verb in VERBS if _may(row, verb, user)],
        "editable": row.state == State.DRAFT and policy.allows(user, DRAFT, row.course.department),
        "renewable": row.state in (State.PUBLISHED, State.RETIRED)
        and policy.allows(user, DRAFT, row.course.department),
    }
    return render(request, "education/version.html", context)


@get_or_post
@login_required
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """The fields of a version that is being written."""
    row, user = _editable(request, pk), staff_of(request)
    form = forms.VersionForm(request.POST or None, edited=row, initial={name: getattr(row, name) for name in FIELDS})

    def action(given: dict[str, Any]) -> str:
        return _page(actions.revise(row, {name: given[name] for name in FIELDS}, by=user, seen=form.version))

    context = {"title": f"修改：{row}", "back_url": _page(row)}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已保存。")


@get_or_post
@login_required
def lesson(request: HttpRequest, pk: int, lesson: int | None = None) -> HttpResponse:
    """A new lesson, or one that is written anew."""
    row, user = _editable(request, pk), staff_of(request)
    old = get_object_or_404(Lesson, version=row, pk=lesson) if lesson else None
    initial = {"title": old.title, "text": old.text} if old else {}
    form = forms.LessonForm(request.POST or None, request.FILES or None, initial=initial)

    def action(given: dict[str, Any]) -> str:
        values = {"title": given["title"], "text": given["text"], "files": given["papers"], "by": user}
        if old is None:
            actions.add_lesson(row, **values)
        else:
            actions.change_lesson(old, **values)
        return _page(row)

    context = {"title": "修改课时" if old else "添加课时", "lead": str(row), "back_url": _page(row)}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已保存。")


@get_or_post
@login_required
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """A new question of the bank."""
    row, user = _editable(request, pk), staff_of(request)
    form = forms.QuestionForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        actions.add_question(row, text=given["text"], options=given["options"], right=given["right"], by=user)
        return _page(row)

    context = {"title": "添加试题", "lead": str(row), "back_url": _page(row)}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已添加。")


@get_or_post
@login_required
def question_remove(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """A question leaves the bank."""
    row, user = _editable(request, pk), staff_of(request)
    old = get_object_or_404(Question.objects.select_related("version"), version=row, pk=question)
    form = forms.PlainForm(request.POST or None, edited=row)

    def action(given: dict[str, Any]) -> str:
        actions.remove_question(old, by=user)
        return _page(row)

    context = {"title": "删除试题", "lead": old.text, "submit_label": "删除", "back_url": _page(row)}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已删除。")


@get_or_post
@login_required
def anew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version with what the former one holds."""
    row, user = _row(request, pk), staff_of(request)
    policy.require(user, DRAFT, row.course.department)
    if row.state not in (State.PUBLISHED, State.RETIRED):
        raise Http404
    form = forms.PlainForm(request.POST or None, edited=row)

    def action(given: dict[str, Any]) -> str:
        return _page(actions.draft_anew(row, by=user))

    lead = "新版本带有本版的课时、资料和试题，审核通过以前本版继续使用。"
    context = {
        "title": f"编写新版本：{row.course.title}",
        "lead": lead,
        "submit_label": "编写新版本",
        "back_url": _page(row),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已建立新版本。")


@get_or_post
@login_required
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Submit, publish, return or retire."""
    if verb not in VERBS:
        raise Http404
    row, user = _row(request, pk), staff_of(request)
    label, permission, message = VERBS[verb]
    policy.require(user, permission, row.course.department)
    form: Any = (forms.NoteForm if verb in WORDS else forms.PlainForm)(request.POST or None, edited=row)
    if verb in WORDS:
        form.fields["note"].label = WORDS[verb]

    def action(given: dict[str, Any]) -> str:
        if verb == "submit":
            actions.submit(row, by=user, seen=form.version)
        elif verb == "publish":
            actions.publish(row, by=user, seen=form.version)
        elif verb == "return":
            actions.return_(row, note=given["note"], by=user, seen=form.version)
        else:
            actions.retire(row, reason=given["note"], by=user, seen=form.version)
        return _page(row)

    context = {"title": label, "lead": str(row), "submit_label": label, "back_url": _page(row)}
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message=message)


@require_safe
@login_required
def material(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A file of a lesson, also before it is public."""
    row = _row(request, pk)
    found = get_object_or_404(Material, lesson__version=row, pk=number)
    return answer(request, vault.read(found.path), found)


def _row(request: HttpRequest, pk: int) -> CourseVersion:
    return get_object_or_404(versions_at_the_desk(staff_of(request, VIEW)), pk=pk)


def _editable(request: HttpRequest, pk: int) -> CourseVersion:
    row = _row(request, pk)
    policy.require(staff_of(request), DRAFT, row.course.department)
    if row.state != State.DRAFT:
        raise Http404
    return row


def _may(row: CourseVersion, verb: str, user: User) -> bool:
    theirs = verb in ("publish", "return") and user.pk in (row.drafted_by_id, row.submitted_by_id)
    allowed = policy.allows(user, VERBS[verb][1], row.course.department)
    return (State(row.state), verb) in MOVES and allowed and not theirs


def _page(row: CourseVersion) -> str:
    return reverse("education:version", args=[row.pk])
