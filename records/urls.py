"""Addresses of the desk's pages of the ledger."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from records.views import catalogue, entry, ledger, merges, subject_file, subjects

app_name = "records"

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("records.api.urls")),
    path("desk/records/", ledger.record_list, name="list"),
    path("desk/records/new/", entry.choose, name="choose"),
    path("desk/records/new/<slug:standard>/", entry.new, name="new"),
    path("desk/records/drafts/<uuid:token>/discard/", entry.discard, name="discard"),
    path("desk/records/code-check/", entry.code_check, name="code-check"),
    path("desk/records/<int:pk>/", ledger.record, name="record"),
    path("desk/records/<int:pk>/edit/", entry.edit, name="edit"),
    path("desk/records/<int:pk>/revoke/", ledger.revoke, name="revoke"),
    path("desk/records/<int:pk>/number/", ledger.number, name="number"),
    path("desk/subjects/", subjects.search, name="subjects"),
    path("desk/subjects/person/", subjects.find_person, name="find-person"),
    path("desk/subjects/<int:pk>/", subject_file.profile, name="subject"),
    path("desk/subjects/<int:pk>/purpose/", subjects.purpose, name="purpose"),
    path("desk/subjects/<int:pk>/number/", subjects.number, name="subject-number"),
    path("desk/subjects/<int:pk>/rename/", subjects.rename, name="rename"),
    path("desk/subjects/<int:pk>/identifiers/add/", subjects.add_identifier, name="add-identifier"),
    path("desk/subjects/<int:pk>/head/", subjects.set_head, name="set-head"),
    path("desk/subjects/<int:pk>/merge/", subjects.propose_merge, name="propose-merge"),
    path("desk/merges/", merges.case_list, name="merges"),
    path("desk/merges/<int:pk>/", merges.case, name="merge"),
    path("desk/catalogue/", catalogue.catalogue, name="catalogue"),
    path("desk/catalogue/compare/", catalogue.compare, name="catalogue-compare"),
    path("desk/catalogue/<slug:code>/<str:item_code>/", catalogue.item, name="catalogue-item"),
]
if find_spec("records.urls_imports"):
    urlpatterns.append(path("", include("records.urls_imports")))
