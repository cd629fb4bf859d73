"""Addresses of sessions of training."""

from django.urls import URLPattern, URLResolver, path

from disclosure.public.caching import public_page
from education.trainings.pages import company, desk, public

app_name = "trainings"
AT = "desk/trainings/<int:pk>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("education/trainings/", public_page(public.trainings), name="public-list"),
    path("my/trainings/<int:pk>/", company.invitation, name="my-invitation"),
    path("desk/trainings/", desk.listing, name="list"),
    path("desk/trainings/new/", desk.new, name="new"),
    path(f"{AT}/", desk.one, name="training"),
    path(f"{AT}/seats/new/", desk.seat, name="seat-new"),
    path(f"{AT}/seats/<int:seat>/strike/", desk.seat_strike, name="seat-strike"),
    path(f"{AT}/<slug:verb>/", desk.act, name="act"),
]
