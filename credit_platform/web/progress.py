"""The state of a long job as kit/progress.html shows it; htmx asks again every two seconds, a browser without it reloads."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True, slots=True)
class Progress:
    """`url` is the page itself. `total` 0 means not yet known. `next_url` leads on when it is done."""

    title: str
    url: str
    position: int = 0
    total: int = 0
    text: str = ""
    done: bool = False
    failed: bool = False
    next_url: str = ""
    next_label: str = "查看结果"
    id: str = "job-progress"

    @property
    def percent(self) -> int:
        return min(100, self.position * 100 // self.total) if self.total else 0


def progress_response(request: HttpRequest, progress: Progress) -> HttpResponse:
    """The whole page, or for htmx only the box."""
    template = "kit/progress.html" if request.headers.get("HX-Request") else "kit/progress_page.html"
    response = render(request, template, {"progress": progress})
    response["Cache-Control"] = "no-store"
    return response
