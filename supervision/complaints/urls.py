"""Addresses of complaints: the desk's and the company's."""

from django.urls import path

from supervision.complaints.pages import company, desk, entering

app_name = "complaints"
urlpatterns = [
    path("desk/complaints/", desk.listing, name="list"),
    path("desk/complaints/new/", entering.new, name="new"),
    path("desk/complaints/statistics/", desk.statistics, name="statistics"),
    path("desk/complaints/reports/", desk.reports, name="reports"),
    path("desk/complaints/reports/<int:pk>/", desk.report, name="report"),
    path("desk/complaints/<int:pk>/", desk.one, name="complaint"),
    path("my/complaints/", company.mine, name="mine"),
]
