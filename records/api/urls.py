"""Addresses of the push interface and of the data standards."""

from django.urls import path

from records.api.push import BatchView, RecordsView
from records.api.standards import StandardListView, StandardView

app_name = "records-api"
urlpatterns = [
    path("records/", RecordsView.as_view(), name="records"),
    path("records/batches/<int:pk>/", BatchView.as_view(), name="batch"),
    path("standards/", StandardListView.as_view(), name="standards"),
    path("standards/<str:code>/", StandardView.as_view(), name="standard"),
]
