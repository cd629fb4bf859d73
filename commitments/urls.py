"""Addresses of commitments: the desk and the interface. The public pages stand in `public/urls.py`."""

from django.urls import URLPattern, URLResolver, include, path

from commitments.api.letters import LettersView
from commitments.views import figures, letters

app_name = "commitments"

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/commitments/", LettersView.as_view(), name="api-letters"),
    path("desk/commitments/letters/", letters.letter_list, name="letters"),
    path("desk/commitments/letters/<int:pk>/", letters.letter_page, name="letter"),
    path("desk/commitments/statistics/", figures.desk_statistics, name="statistics"),
    path("", include("commitments.urls_reviews")),
    path("", include("commitments.urls_companies")),
]
