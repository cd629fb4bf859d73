"""Addresses of rules and back-tests; the alerts and the verifications are procedures with addresses of their own."""

from django.urls import URLPattern, URLResolver, path

from supervision.alerts.pages import backtests, ruling

app_name = "alert_rules"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/alert-rules/", ruling.listing, name="list"),
    path("desk/alert-rules/<int:pk>/", ruling.one, name="rule"),
    path("desk/alert-rules/<int:pk>/revise/", ruling.revise, name="revise"),
    path("desk/alert-rules/<int:pk>/shadow/", ruling.firings, name="firings"),
    path("desk/alert-rules/<int:pk>/act/<slug:verb>/", ruling.act, name="act"),
    path("desk/alert-rules/<int:pk>/end/<slug:verb>/", ruling.end, name="end"),
    path("desk/alert-rules/<int:pk>/backtest/", backtests.order, name="order"),
    path("desk/alert-backtests/<int:pk>/", backtests.one, name="backtest"),
    path("desk/alert-backtests/<int:pk>/cancel/", backtests.cancel, name="cancel"),
]
