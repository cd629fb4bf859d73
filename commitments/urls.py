"""Addresses of commitments, gathered from the rooms: desk, companies and interface. The public pages stand in `public_urls.py`."""

from django.urls import URLPattern, URLResolver, include, path

from commitments.availability.api import AvailabilityView
from commitments.statistics.pages import desk_statistics

app_name = "commitments"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/commitments/statistics/", desk_statistics, name="statistics"),
    path("api/v1/commitments/availability/", AvailabilityView.as_view(), name="availability"),
    path("", include("commitments.letters.urls")),
    path("", include("commitments.reviews.urls")),
]
