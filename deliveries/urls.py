"""Addresses of deliveries: the desk's and the interface's."""

from django.urls import URLPattern, URLResolver, path

from deliveries import api, pages

app_name = "delivery"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/deliveries/", pages.ledger, name="list"),
    path("desk/deliveries/acknowledge/", pages.acknowledge, name="acknowledge"),
    path("desk/deliveries/recipients/", pages.recipients, name="recipients"),
    path("api/v1/deliveries/", api.DeliveriesView.as_view(), name="api-list"),
    path("api/v1/deliveries/acknowledge/", api.AcknowledgeView.as_view(), name="api-acknowledge"),
    *pages.PAGES.urls(),
]
