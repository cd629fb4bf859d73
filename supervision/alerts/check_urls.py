"""Addresses of the verifications that alerts lead to."""

from django.urls import URLPattern, URLResolver

from supervision.alerts.pages.alerts import CHECKS

app_name = "record_check"
urlpatterns: list[URLPattern | URLResolver] = [*CHECKS.urls()]
