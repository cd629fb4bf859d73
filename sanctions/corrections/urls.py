"""Addresses of corrections: the desk's and the company's."""

from django.urls import path

from sanctions.corrections import pages

app_name = "correction"
urlpatterns = [
    path("desk/corrections/new/<int:record>/", pages.new, name="new"),
    *pages.PAGES.urls(),
    *pages.MINE.urls(),
]
