"""Addresses of re-inspections at the desk."""

from django.urls import URLPattern, URLResolver, path

from reinspections import pages

app_name = "reinspection"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/reinspections/figures/", pages.figures, name="figures"),
    *pages.PAGES.urls(),
]
