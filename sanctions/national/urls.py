"""Addresses of events of the national system: the desk and the interface."""

from django.urls import URLPattern, URLResolver, include, path

from sanctions.national import pages
from sanctions.national.api import EventsView
from sanctions.national.rules import EVENT

OWN = [
    path("api/v1/events/", EventsView.as_view(), name="api-events"),
    path("desk/national/inbox/", pages.inbox, name="inbox"),
    path("desk/national/inbox/new/", pages.take_in, name="take-in"),
    path("desk/national/inbox/<int:pk>/", pages.delivery, name="delivery"),
    path("desk/national/inbox/<int:pk>/replay/", pages.replay, name="replay"),
    path("desk/national/feedback/", pages.feedbacks, name="feedbacks"),
    path("desk/national/feedback/receipt/", pages.receipt, name="receipt"),
    path("desk/national/feedback/<int:pk>/file/", pages.feedback_file, name="feedback-file"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((OWN, "national"))),
    path("", include((pages.urls(), EVENT.code))),
]
