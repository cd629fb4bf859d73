"""Addresses of voluntary declarations: the company's, the desk's, and the public's word against one."""

from django.urls import URLPattern, URLResolver, path

from declarations import public
from declarations.views import company, desk

app_name = "declarations"

urlpatterns: list[URLPattern | URLResolver] = [
    path("my/declarations/", company.mine, name="mine"),
    path("my/declarations/new/", company.write, name="my-new"),
    path("my/declarations/<int:pk>/", company.one, name="my-declaration"),
    path("my/declarations/<int:pk>/edit/", company.write, name="my-edit"),
    path("my/declarations/<int:pk>/<slug:verb>/", company.act, name="my-act"),
    path("desk/declarations/", desk.listing, name="list"),
    path("desk/declarations/<int:pk>/", desk.one, name="declaration"),
    path("desk/declarations/<int:pk>/papers/<int:number>/", desk.attachment, name="attachment"),
    path("desk/declarations/<int:pk>/reports/<int:report>/", desk.answer, name="answer"),
    path("desk/declarations/<int:pk>/reports/<int:report>/contact/", desk.contact, name="contact"),
    path("desk/declarations/<int:pk>/<slug:verb>/", desk.act, name="act"),
    path("declarations/<slug:public_id>/report/", public.report_untrue, name="report"),
]
