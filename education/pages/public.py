"""/education/: courses that anybody can read, lesson by lesson, with their films and papers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from credit_platform import vault
from education.models import CourseVersion
from education.pages.files import answer
from education.queries.courses import learnable, public_material, published_course
from education.rules.courses import AUDIENCE_LABELS, Audience

LEADS = {
    Audience.MARKET: "在注册登记、行政审批、备案时提供学习，不作为办理的条件。",
    Audience.GROUP: "由各行业主管部门面向入职人员组织。",
    Audience.REPAIR: "面向有失信信息的主体，免费。除规则有明文规定的以外，不是申请信用修复的条件。",
}


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """All courses by audience."""
    rows = list(learnable())
    shelves = [
        (label, LEADS[audience], [row for row in rows if row.course.audience == audience])
        for audience, label in AUDIENCE_LABELS.items()
    ]
    return render(request, "education/public_courses.html", {"shelves": [each for each in shelves if each[2]]})


@require_safe
def course(request: HttpRequest, code: str) -> HttpResponse:
    """One course: what it teaches, its lessons, how one is tested."""
    version = _version(code)
    return render(request, "education/public_course.html", {"version": version, "lessons": version.lessons.all()})


@require_safe
def lesson(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """One lesson with its files, and the way to the next."""
    version = _version(code)
    row = get_object_or_404(version.lessons.prefetch_related("materials"), position=position)
    following = version.lessons.filter(position=position + 1).first()
    context = {"version": version, "lesson": row, "following": following}
    return render(request, "education/public_lesson.html", context)


@require_safe
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of a lesson; a film is given in the pieces that the player asks for."""
    row = public_material(pk).first()
    if row is None:
        raise Http404
    return answer(request, vault.read(row.path), row)


def _version(code: str) -> CourseVersion:
    return get_object_or_404(published_course(code))
