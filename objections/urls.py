"""Addresses of objections: the company's, the window's, the desk's."""

from django.urls import URLPattern, URLResolver, path

from objections.views import company, desk, public

app_name = "objection"
urlpatterns: list[URLPattern | URLResolver] = [
    path("objections/new/", public.begin, name="begin"),
    path("my/objections/", company.mine, name="mine"),
    path("my/objections/new/<slug:public_id>/", company.new, name="my-new"),
    path("my/objections/<int:pk>/", company.one, name="my-objection"),
    path("my/objections/<int:pk>/<slug:verb>/", company.act, name="my-act"),
    *desk.WINDOW.urls(),
    path("window/objections/new/<slug:public_id>/", desk.new, name="new"),
    *desk.PAGES.urls(),
]
