"""Addresses of the window, of the register and of its review."""

from django.urls import URLPattern, URLResolver, path

from disclosure.public.caching import public_page
from lookups.pages import desk, my, papers, public, review, window
from lookups.retention import pages as retention

app_name = "lookups"

urlpatterns: list[URLPattern | URLResolver] = [
    path("window/", window.screen, name="window"),
    path("window/queries/<str:number>/", window.result, name="result"),
    path("window/queries/<str:number>/print/", window.paper, name="print"),
    path("window/queries/<str:number>/copy/", window.copy, name="copy"),
    path("window/queries/<str:number>/why/<str:looked>/", window.why, name="why"),
    path("window/statistics/", window.statistics, name="statistics"),
    path("window/authorisations/", papers.listing, name="authorisations"),
    path("window/authorisations/new/", papers.new, name="authorisation-new"),
    path("window/authorisations/<int:pk>/", papers.one, name="authorisation"),
    path("window/authorisations/<int:pk>/end/", papers.end, name="authorisation-end"),
    path("window/authorisations/<int:pk>/file/", papers.file, name="authorisation-file"),
    path("desk/audit/queries/", review.register, name="register"),
    path("desk/audit/queries/<str:number>/", review.query, name="query"),
    path("desk/audit/review/", review.findings, name="findings"),
    path("desk/audit/review/samples/", review.samples, name="samples"),
    path("desk/audit/review/samples/<int:pk>/", review.sample_file, name="sample-file"),
    path("desk/audit/review/<int:pk>/", review.finding, name="finding"),
    path("desk/audit/notable/", desk.notables, name="notables"),
    path("desk/audit/notable/<int:pk>/end/", desk.notable_end, name="notable-end"),
    path("desk/queries/holds/", desk.holds, name="holds"),
    path("desk/queries/holds/<int:pk>/confirm/", desk.hold_decide, {"verb": "confirm"}, name="hold-confirm"),
    path("desk/queries/holds/<int:pk>/decline/", desk.hold_decide, {"verb": "decline"}, name="hold-decline"),
    path("desk/retention/", retention.dry_run, name="retention"),
    path("desk/retention/holds/", retention.holds, name="retention-holds"),
    path("desk/retention/holds/new/", retention.hold_new, name="retention-hold-new"),
    path("desk/retention/holds/<int:pk>/", retention.hold, name="retention-hold"),
    path("my/looks/", my.looks, name="my-looks"),
    path("my/looks/<str:number>/", my.look, name="my-look"),
    path("windows/", public_page(public.windows), name="windows"),
]
