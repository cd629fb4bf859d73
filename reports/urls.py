"""Addresses of reports: the public's, the company's, the desk's. `/reports/verify/` is the entrance for everything signed (`disclosure.public`)."""

from django.urls import URLPattern, URLResolver, path

from reports.views import company, desk, public, window

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
    path("my/reports/<str:number>/", company.one, name="my-report"),
    path("my/reports/<str:number>/file/", company.file, name="my-file"),
    path("my/reports/<str:number>/share/", company.share, name="my-share"),
    path("my/reports/<str:number>/shares/<int:pk>/end/", company.end, name="my-share-end"),
    path("window/queries/<str:number>/report/", window.person, name="person"),
    path("desk/reports/", desk.listing, name="list"),
    path("desk/reports/new/", desk.new, name="desk-new"),
    path("desk/reports/<str:number>/", desk.one, name="report"),
    path("desk/reports/<str:number>/file/", desk.file, name="file"),
]
