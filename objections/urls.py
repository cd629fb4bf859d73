"""Addresses of objections: everybody's, the company's, the window's, the desk's."""

from django.urls import URLPattern, URLResolver, path

from disclosure.public.caching import public_page
from objections.models import ITEM
from objections.views import company, contests, desk, public, statistics, window

app_name = "objection"
urlpatterns: list[URLPattern | URLResolver] = [
    path("objections/", public_page(public.guide), name="guide"),
    path("objections/new/", public.begin, name="begin"),
    path("objections/new/<slug:place>/<str:number>/", public.lodge, name="lodge"),
    path("objections/lodged/", public.lodged, name="lodged"),
    path("objections/follow/", public.follow, name="follow"),
    path("objections/followed/", public.followed, name="followed"),
    path("objections/followed/<slug:verb>/", public.act, name="followed-act"),
    path("my/objections/", company.mine, name="mine"),
    path("my/objections/new/", company.choose, name="my-choose"),
    path("my/objections/new/<slug:place>/<str:number>/", company.new, name="my-new"),
    path("my/objections/<int:pk>/", company.one, name="my-objection"),
    path("my/objections/<int:pk>/<slug:verb>/", company.act, name="my-act"),
    *window.PAGES.urls(),
    path("window/objections/confirm/", window.find, name="find"),
    path("window/objections/confirm/<int:pk>/", window.confirm, name="confirm"),
    path("window/objections/new/<slug:number>/", window.new, {"place": ITEM}, name="new"),
    path("window/objections/new/<slug:place>/<str:number>/", window.new, name="new-at"),
    path("desk/objections/statistics/", statistics.statistics, name="statistics"),
    path("desk/objections/contests/", contests.contests, name="contests"),
    path("desk/objections/contests/new/", contests.new, name="contest-new"),
    path("desk/objections/contests/<int:pk>/", contests.end, name="contest-end"),
    path("desk/objections/cases/<int:pk>/contact/", desk.contact, name="contact"),
    *desk.PAGES.urls(),
]
