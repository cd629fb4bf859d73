"""Addresses of listings: the desk's and the company's."""

from django.urls import path

from sanctions.designations import pages

app_name = "designation"
urlpatterns = [
    path("desk/sanctions/designations/new/", pages.propose, name="propose"),
    path("desk/sanctions/designations/<int:pk>/person/", pages.name_person, name="person"),
    path("desk/sanctions/designations/<int:pk>/repair-notice.pdf", pages.repair_notice, name="repair-notice"),
    path("my/sanctions/designations/<int:pk>/repair-notice.pdf", pages.my_repair_notice, name="my-repair-notice"),
    *pages.PAGES.urls(),
    *pages.MINE.urls(),
]
