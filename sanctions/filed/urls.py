"""Addresses of published lists at the desk."""

from django.urls import path

from sanctions.filed import pages

app_name = "filed"
AT = "desk/filed"
urlpatterns = [
    path(f"{AT}/publications/", pages.publications, name="publications"),
    path(f"{AT}/publications/new/", pages.new_publication, name="new-publication"),
    path(f"{AT}/publications/<int:pk>/", pages.publication, name="publication"),
    path(f"{AT}/publications/<int:pk>/<slug:verb>/", pages.publication_step, name="publication-step"),
    path(f"{AT}/", pages.rows, name="rows"),
    path(f"{AT}/<int:pk>/", pages.row_page, name="row"),
    path(f"{AT}/<int:pk>/judge/", pages.judge, name="judge"),
    path(f"{AT}/<int:pk>/<slug:verb>/", pages.row_step, name="row-step"),
]
