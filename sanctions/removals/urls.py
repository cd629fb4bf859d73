"""Addresses of removals."""

from django.urls import path

from sanctions.removals import pages

app_name = "removal"
urlpatterns = [path("desk/sanctions/removals/new/<int:entry>/", pages.ask, name="ask"), *pages.PAGES.urls()]
