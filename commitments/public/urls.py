"""Addresses of the public pages of commitments."""

from django.urls import URLPattern, URLResolver

app_name = "commitments-public"

urlpatterns: list[URLPattern | URLResolver] = []
