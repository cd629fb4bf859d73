"""Addresses of the list of measures: public."""

from django.urls import URLPattern, URLResolver, path

from disclosure.public.caching import public_page
from sanctions.measures import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("measures/", public_page(pages.measure_list), name="measures"),
    path("measures/compare/", public_page(pages.compare), name="measures-compare"),
    path("measures/<str:code>/", public_page(pages.measure_page), name="measure"),
]
