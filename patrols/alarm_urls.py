"""Addresses of the alarms of patrols at the desk."""

from patrols.pages import PAGES

app_name = "patrol_alarm"
urlpatterns = PAGES.urls()
