"""Addresses of pilots: the desk's and the public's."""

from django.urls import URLPattern, URLResolver, path

from disclosure.public.caching import public_page
from industry.pilots import pages
from industry.pilots.rules import PILOT

app_name = PILOT.code
urlpatterns: list[URLPattern | URLResolver] = [
    path("pilots/", public_page(pages.public_list), name="public-list"),
    path("pilots/<int:pk>/", public_page(pages.public_pilot), name="public"),
    path("desk/pilots/new/", pages.new, name="new"),
    *pages.PAGES.urls(),
]
