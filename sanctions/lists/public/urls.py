"""The public addresses of lists."""

from django.urls import path
from django.views.decorators.http import require_safe

from sanctions.lists.public import pages

app_name = "lists-public"
urlpatterns = [
    path("lists/", pages.overview, name="lists"),
    path("lists/red/", pages.red, name="red"),
    path("lists/<str:code>/", pages.one_list, name="list"),
    path("lists/<str:code>/rss.xml", require_safe(pages.ListFeed()), name="feed"),
]
