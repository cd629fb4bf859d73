"""Addresses of associations: the public's, the association's, the member's, the desk's."""

from django.urls import URLPattern, URLResolver, path

from disclosure.public.caching import public_page
from industry.associations.pages import company, desk, public

app_name = "associations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("associations/", public_page(public.associations), name="public-list"),
    path("associations/<int:pk>/", public_page(public.association), name="public"),
    path("my/association/", company.own, name="my-association"),
    path("my/association/members/new/", company.admit, name="my-member-new"),
    path("my/association/members/<int:pk>/end/", company.release, name="my-member-end"),
    path("my/association/records/new/", company.record_new, name="my-record-new"),
    path("my/association/records/<int:pk>/<slug:verb>/", company.answer, name="my-record-answer"),
    path("my/memberships/", company.memberships, name="my-memberships"),
    path("my/memberships/<int:pk>/<slug:verb>/", company.say, name="my-membership-act"),
    path("desk/associations/", desk.listing, name="list"),
    path("desk/associations/new/", desk.new, name="new"),
    path("desk/associations/<int:pk>/", desk.one, name="association"),
    path("desk/associations/<int:pk>/<slug:verb>/", desk.act, name="act"),
]
