"""Addresses of the import pages and of 批量比对; included by `records.urls`."""

from django.urls import URLPattern, path

from records.views import headers, import_batch, imports, matching, parcels

urlpatterns: list[URLPattern] = [
    path("desk/imports/", imports.batch_list, name="imports"),
    path("desk/imports/headers/", headers.headers, name="import-headers"),
    path("desk/imports/headers/<int:pk>/forget/", headers.forget, name="import-header-forget"),
    path("desk/imports/<int:pk>/kind/", imports.other_kind, name="import-other-kind"),
    path("desk/imports/new/", imports.new, name="import-new"),
    path("desk/imports/parcels/<uuid:parcel>/", parcels.parcel, name="import-parcel"),
    path("desk/imports/templates/<slug:standard>.xlsx", imports.blank_template, name="import-template"),
    path("desk/imports/<int:pk>/", import_batch.batch, name="import"),
    path("desk/imports/<int:pk>/mapping/", imports.mapping, name="import-mapping"),
    path("desk/imports/<int:pk>/cancel/", imports.cancel, name="import-cancel"),
    path("desk/imports/<int:pk>/enter/", imports.for_real, name="import-for-real"),
    path("desk/imports/<int:pk>/clearing/", imports.clearing, name="import-clearing"),
    path("desk/imports/<int:pk>/undo/", import_batch.take_back, name="import-undo"),
    path("desk/imports/<int:pk>/errors.xlsx", import_batch.errors, name="import-errors"),
    path("desk/imports/<int:pk>/receipt.csv", import_batch.receipt, name="import-receipt"),
    path("desk/matching/", matching.match, name="matching"),
]
