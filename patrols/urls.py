"""Addresses of patrols at the desk."""

from django.urls import URLPattern, URLResolver, path

from patrols import pages

app_name = "patrol"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/patrols/", pages.findings, name="list"),
    path("desk/patrols/order/", pages.order, name="order"),
]
