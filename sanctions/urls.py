"""Addresses of sanctions, room by room."""

from django.urls import URLPattern, URLResolver

app_name = "sanctions"

urlpatterns: list[URLPattern | URLResolver] = []
