"""Addresses of cases of striking an agency."""

from django.urls import URLPattern, URLResolver

from industry.agencies.pages.strikes import MINE, PAGES
from industry.agencies.rules import STRIKE

app_name = STRIKE.code
urlpatterns: list[URLPattern | URLResolver] = [*PAGES.urls(), *MINE.urls()]
