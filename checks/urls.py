"""Addresses of checks."""

from django.urls import URLPattern, URLResolver, path

from checks.api import following, links, views
from checks.pages import asking, coverage, embedded, jobs

app_name = "checks"

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/checks/", asking.listing, name="list"),
    path("desk/checks/new/", asking.ask_page, name="ask"),
    path("desk/checks/files/", jobs.listing, name="jobs"),
    path("desk/checks/files/new/", jobs.order, name="job-new"),
    path("desk/checks/files/<int:pk>/", jobs.one, name="job"),
    path("desk/checks/files/<int:pk>/cancel/", jobs.cancel, name="job-cancel"),
    path("desk/checks/files/<int:pk>/result/", jobs.result, name="job-result"),
    path("desk/checks/cases/", coverage.cases, name="cases"),
    path("desk/checks/cases/upload/", coverage.upload, name="cases-upload"),
    path("desk/checks/coverage/", coverage.coverage, name="coverage"),
    path("desk/checks/notices/", coverage.notices, name="notices"),
    path("desk/checks/notices/<int:pk>/", coverage.note, name="note"),
    path("desk/checks/<str:number>/", asking.one, name="check"),
    path("desk/checks/<str:number>/receipt/", asking.receipt, name="receipt"),
    path("desk/checks/<str:number>/outcome/", asking.tell_page, name="tell"),
    path("checks/embedded/", embedded.page, name="embedded"),
    path("api/v1/checks/", views.CheckView.as_view(), name="api-check"),
    path("api/v1/checks/batch/", views.BatchView.as_view(), name="api-batch"),
    path("api/v1/checks/links/", links.LinkView.as_view(), name="api-link"),
    path("api/v1/checks/<str:receipt>/outcome/", following.OutcomeView.as_view(), name="api-outcome"),
    path("api/v1/cases/", following.CasesView.as_view(), name="api-cases"),
]
