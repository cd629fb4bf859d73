"""Addresses of visits: the desk's, the phone's and the company's."""

from django.urls import URLPattern, URLResolver, path

from supervision.inspections.visits.pages import desk, mine, phone

app_name = "visit"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/visits/worker.js", phone.worker, name="worker"),
    path("desk/visits/waiting/", desk.waiting, name="waiting"),
    path("desk/visits/waiting/<int:part>/<int:drawn>/", desk.begin, name="begin"),
    path("desk/visits/outside/", desk.outside, name="outside"),
    path("desk/visits/figures/", desk.figures_page, name="figures"),
    path("desk/visits/<int:pk>/form/", phone.results, name="form"),
    path("my/inspections/", mine.history, name="my-history"),
    path("my/inspections/<int:pk>/", mine.visit, name="my-visit"),
    *desk.PAGES.urls(),
]
