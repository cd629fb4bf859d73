from django.urls import include, path

from casework.tests.toy.procedure import MINE, PAGES
from credit_platform.urls import urlpatterns as platform

toys = ([*PAGES.urls(), *MINE.urls()], "toy")
urlpatterns = [path("", include(toys)), *platform]
