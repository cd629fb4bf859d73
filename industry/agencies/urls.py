"""Addresses of agencies: the public's, the subject's, the agency's, the desk's, the interface."""

from django.urls import URLPattern, URLResolver, path

from disclosure.public.caching import public_page
from industry.agencies.api import AgencyLookupsView
from industry.agencies.pages import company, desk, public

app_name = "agencies"
urlpatterns: list[URLPattern | URLResolver] = [
    path("agencies/", public_page(public.agencies), name="public-list"),
    path("my/agencies/", company.grants, name="my-grants"),
    path("my/agencies/<int:agency>/grant/", company.grant_new, name="my-grant-new"),
    path("my/agencies/grants/<int:pk>/", company.grant, name="my-grant"),
    path("my/agencies/grants/<int:pk>/end/", company.grant_end, name="my-grant-end"),
    path("my/agency/", company.own, name="my-agency"),
    path("my/agency/<slug:verb>/", company.own_act, name="my-agency-act"),
    path("desk/agencies/", desk.listing, name="list"),
    path("desk/agencies/<int:pk>/", desk.one, name="agency"),
    path("desk/agencies/<int:pk>/strike/", desk.propose, name="propose"),
    path("desk/agencies/<int:pk>/<slug:verb>/", desk.act, name="act"),
    path("api/v1/agencies/lookups/", AgencyLookupsView.as_view(), name="api-lookups"),
]
