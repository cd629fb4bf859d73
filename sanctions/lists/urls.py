"""The desk's addresses of lists."""

from django.urls import path

from sanctions.lists import pages

app_name = "lists"
urlpatterns = [
    path("desk/sanctions/lists/", pages.lists, name="lists"),
    path("desk/sanctions/entries/", pages.entries, name="entries"),
    path("desk/sanctions/entries/<int:pk>/", pages.entry, name="entry"),
]
