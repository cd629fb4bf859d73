"""Addresses of reports: the public's, the company's, the desk's. `/reports/verify/` is the entrance for everything signed (`disclosure.public`)."""

from django.urls import URLPattern, URLResolver, path

from reports.region.pages import desk as foreign
from reports.uses.pages import company as my_uses
from reports.uses.pages import desk as uses
from reports.uses.pages import window as uses_before
from reports.views import company, desk, public, statistics, window

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", public.new, name="new"),
    path("reports/ready/<str:token>/", public.ready, name="ready"),
    path("reports/ready/<str:token>/file/", public.ready_file, name="ready-file"),
    path("reports/shared/<str:token>/", public.shared, name="shared"),
    path("reports/schema.json", public.schema, name="schema"),
    path("reports/certificates.pem", public.certificates, name="certificates"),
    path("my/reports/", company.mine, name="mine"),
    path("my/reports/new/", company.new, name="my-new"),
    path("my/reports/proof/", company.prove, name="my-proof"),
    path("my/report-uses/", my_uses.mine, name="my-uses"),
    path("my/report-uses/<str:number>/", my_uses.one, name="my-use"),
    path("my/report-uses/<str:number>/<str:verb>/", my_uses.answer, name="my-use-answer"),
    path("my/reports/<str:number>/", company.one, name="my-report"),
    path("my/reports/<str:number>/file/", company.file, name="my-file"),
    path("my/reports/<str:number>/share/", company.share, name="my-share"),
    path("my/reports/<str:number>/shares/<int:pk>/end/", company.end, name="my-share-end"),
    path("window/queries/<str:number>/report/", window.person, name="person"),
    path("window/queries/<str:number>/uses/", uses_before.listing, name="uses-before"),
    path("window/queries/<str:number>/uses/<str:use>/<str:verb>/", uses_before.answer, name="use-before"),
    path("desk/reports/uses/", uses.listing, name="uses"),
    path("desk/reports/uses/new/", uses.new, name="use-new"),
    path("desk/reports/uses/<str:number>/", uses.one, name="use"),
    path("desk/reports/uses/<str:number>/withdraw/", uses.withdraw, name="use-withdraw"),
    path("desk/reports/uses/<str:number>/file/", uses.file, name="use-file"),
    path("desk/reports/", desk.listing, name="list"),
    path("desk/reports/new/", desk.new, name="desk-new"),
    path("desk/reports/foreign/", foreign.listing, name="foreign"),
    path("desk/reports/foreign/new/", foreign.new, name="foreign-new"),
    path("desk/reports/foreign/<str:number>/", foreign.one, name="foreign-one"),
    path("desk/reports/foreign/<str:number>/file/", foreign.file, name="foreign-file"),
    path("desk/reports/statistics/", statistics.statistics, name="statistics"),
    path("desk/reports/<str:number>/", desk.one, name="report"),
    path("desk/reports/<str:number>/file/", desk.file, name="file"),
]
