"""The public addresses of complaints."""

from django.urls import path

from disclosure.public.caching import public_page
from supervision.complaints.pages import public

app_name = "complaints-public"
urlpatterns = [
    path("complaints/", public_page(public.overview), name="list"),
    path("complaints/statistics/", public_page(public.statistics), name="statistics"),
    path("complaints/firms/<str:code>/", public_page(public.firm), name="firm"),
]
