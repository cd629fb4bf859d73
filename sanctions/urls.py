"""Addresses of sanctions, room by room."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "sanctions"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("sanctions.measures.urls")),
]
