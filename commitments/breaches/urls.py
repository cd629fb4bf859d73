"""Addresses of breaches: the desk's and the company's."""

from django.urls import path

from commitments.breaches import pages

app_name = "breach"
urlpatterns = [
    path("desk/commitments/breaches/new/<int:letter>/", pages.candidate, name="candidate"),
    path("desk/commitments/breaches/reported/<int:letter>/", pages.reported, name="reported"),
    path("desk/commitments/breaches/<int:pk>/informant/", pages.informant, name="informant"),
    *pages.PAGES.urls(),
    *pages.MINE.urls(),
]
