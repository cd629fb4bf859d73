"""Addresses of bans."""

from django.urls import path

from sanctions.bans import pages

app_name = "ban"
urlpatterns = [path("desk/sanctions/bans/new/", pages.register, name="register"), *pages.PAGES.urls()]
