"""Addresses of joint action at the desk."""

from django.urls import URLPattern, URLResolver, include, path

from sanctions.joint import lines, pages
from sanctions.joint.rules import ACTION, LIFTING, TASK

OWN = [
    path("desk/joint/board/", lines.board, name="board"),
    path("desk/joint/actions/new/", pages.initiate, name="initiate"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((OWN, "joint"))),
    path("", include((pages.ACTIONS.urls(), ACTION.code))),
    path("", include((lines.urls(), TASK.code))),
    path("", include((pages.LIFTINGS.urls(), LIFTING.code))),
]
