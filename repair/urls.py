"""Addresses of repairs: the public's, the company's, the window's, the desk's."""

from django.urls import URLPattern, URLResolver, path, re_path

from disclosure.public.caching import public_page
from repair.api import RepairsView
from repair.views import company, desk, public, window

app_name = "repair"
ITEM = "(?P<public_id>[2-9a-z]{12})"
"""A public id, and no other word that stands under /repair/."""
urlpatterns: list[URLPattern | URLResolver] = [
    path("repair/", public_page(public.landing), name="landing"),
    path("repair/ledger/", public_page(public.ledger), name="ledger"),
    path("repair/letter/", public_page(public.letter), name="letter"),
    path("repair/receipt/", public.outside_receipt, name="outside-receipt"),
    re_path(f"^repair/{ITEM}/$", public_page(public.item), name="item"),
    re_path(f"^repair/{ITEM}/notice.pdf$", public_page(public.notice), name="notice"),
    re_path(f"^repair/{ITEM}/begin/$", public.begin, name="begin"),
    re_path(f"^repair/{ITEM}/apply/$", public.outside, name="outside"),
    path("api/v1/repairs/", RepairsView.as_view(), name="api-repairs"),
    path("my/repairs/", company.mine, name="mine"),
    path("my/repairs/new/<slug:public_id>/", company.new, name="my-new"),
    path("my/repairs/new/<slug:public_id>/check/", company.check, name="my-check"),
    path("my/repairs/<int:pk>/", company.one, name="my-repair"),
    path("my/repairs/<int:pk>/<slug:verb>/", company.act, name="my-act"),
    *company.MINE.urls(),
    *window.WINDOW.urls(),
    path("window/repairs/new/<slug:public_id>/", window.new, name="new"),
    *desk.PAGES.urls(),
]
