"""Addresses of commitments: the desk and the interface. The public pages stand in `public/urls.py`."""

from django.urls import URLPattern, URLResolver, include, path

from commitments.api.letters import LettersView

app_name = "commitments"

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/commitments/", LettersView.as_view(), name="api-letters"),
    path("", include("commitments.urls_reviews")),
    path("", include("commitments.urls_companies")),
]
