"""The public addresses of lists."""

from django.urls import path
from django.views.decorators.http import require_safe

from disclosure.public.caching import public_page
from sanctions.lists.public import pages

app_name = "lists-public"
urlpatterns = [
    path("lists/", public_page(pages.overview), name="lists"),
    path("lists/red/", public_page(pages.red), name="red"),
    path("lists/<str:code>/", public_page(pages.one_list), name="list"),
    path("lists/<str:code>/rss.xml", public_page(require_safe(pages.ListFeed())), name="feed"),
]
