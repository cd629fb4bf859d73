"""Addresses of published lists at the desk."""

from django.urls import path

from sanctions.filed.pages import publications, rows

app_name = "filed"
AT = "desk/filed"
urlpatterns = [
    path(f"{AT}/publications/", publications.listing, name="publications"),
    path(f"{AT}/publications/new/", publications.register, name="new-publication"),
    path(f"{AT}/publications/<int:pk>/", publications.one, name="publication"),
    path(f"{AT}/publications/<int:pk>/<slug:verb>/", publications.step, name="publication-step"),
    path(f"{AT}/", rows.listing, name="rows"),
    path(f"{AT}/<int:pk>/", rows.one, name="row"),
    path(f"{AT}/<int:pk>/judge/", rows.judge, name="judge"),
    path(f"{AT}/<int:pk>/<slug:verb>/", rows.step, name="row-step"),
]
