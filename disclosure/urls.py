"""Addresses of the desk's pages of disclosure; the public site has its own."""

from django.urls import path

from disclosure.views import bulk, item, lists, lowerings, moved_ends, objections, statistics

app_name = "disclosure"

urlpatterns = [
    path("desk/disclosures/", lists.item_list, name="list"),
    path("desk/disclosures/bulk/", bulk.bulk, name="bulk"),
    path("desk/disclosures/bulk/<int:pk>/", bulk.job, name="bulk-job"),
    path("desk/disclosures/bulk/<int:pk>/stop/", bulk.stop, name="bulk-stop"),
    path("desk/disclosures/<int:pk>/", item.item, name="item"),
    path("desk/disclosures/<int:pk>/review/", item.review, name="review"),
    path("desk/disclosures/<int:pk>/<slug:slug>/", item.act, name="act"),
    path("desk/lowerings/", lowerings.lowering_list, name="lowerings"),
    path("desk/lowerings/confirm/", lowerings.confirm, name="lowerings-confirm"),
    path("desk/moved-ends/", moved_ends.moved_end_list, name="moved-ends"),
    path("desk/moved-ends/read/", moved_ends.read, name="moved-ends-read"),
    path("desk/named/", objections.named, name="named"),
    path("desk/named/<int:pk>/", objections.named_item, name="named-item"),
    path("desk/objections/", objections.objection_list, name="objections"),
    path("desk/objections/<int:pk>/", objections.objection, name="objection"),
    path("desk/objections/<int:pk>/<slug:slug>/", objections.decide, name="objection-decide"),
    path("desk/reminders/", lists.reminders, name="reminders"),
    path("desk/reminders/read/", lists.read, name="read"),
    path("desk/timeliness/", statistics.timeliness_page, name="timeliness"),
]
