"""Addresses of checks."""

from django.urls import URLPattern, URLResolver, path

from checks.api import following, views

app_name = "checks"

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/checks/", views.CheckView.as_view(), name="api-check"),
    path("api/v1/checks/batch/", views.BatchView.as_view(), name="api-batch"),
    path("api/v1/checks/<str:receipt>/outcome/", following.OutcomeView.as_view(), name="api-outcome"),
    path("api/v1/cases/", following.CasesView.as_view(), name="api-cases"),
]
