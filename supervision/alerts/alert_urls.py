"""Addresses of alerts at the desk."""

from django.urls import URLPattern, URLResolver

from supervision.alerts.pages.alerts import PAGES

app_name = "alert"
urlpatterns: list[URLPattern | URLResolver] = [*PAGES.urls()]
