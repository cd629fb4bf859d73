"""Addresses of commitments: the desk and the interface. The public pages stand in `public/urls.py`."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "commitments"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("commitments.urls_reviews")),
]
