"""Addresses of repairs: the public's, the company's, the window's, the desk's."""

from django.urls import URLPattern, URLResolver

from repair.views import desk

app_name = "repair"
urlpatterns: list[URLPattern | URLResolver] = [*desk.PAGES.urls()]
