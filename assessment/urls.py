"""Addresses of the assessment: the desk's and the public's. Each procedure has its own names, as `casework` gives them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from assessment.articles import pages as articles
from assessment.plan.pages import assignments, naming
from assessment.sheets.pages import months, procedures, sheets
from casework.pages import CasePages
from disclosure.public.caching import public_page

AT = "desk/assessment"
OWN: list[URLPattern | URLResolver] = [
    path("plan/", public_page(articles.plan), name="plan"),
    path("articles/", public_page(articles.articles), name="articles"),
    path("articles/<int:pk>/", public_page(articles.article), name="article"),
    path("desk/articles/new/", articles.new, name="article-new"),
    path(f"{AT}/tasks/", assignments.task_list, name="tasks"),
    path(f"{AT}/tasks/assign/", assignments.assign, name="assign"),
    path(f"{AT}/tasks/<int:pk>/", assignments.assignment, name="task"),
    path(f"{AT}/tasks/<int:pk>/end/", assignments.end, name="task-end"),
    path(f"{AT}/tasks/<int:pk>/evidence/", assignments.submit, name="evidence-new"),
    path(f"{AT}/contacts/", naming.contacts, name="contacts"),
    path(f"{AT}/contacts/new/", naming.name_contact, name="contact-new"),
    path(f"{AT}/documents/", naming.documents, name="documents"),
    path(f"{AT}/documents/new/", naming.list_document, name="document-new"),
    path(f"{AT}/documents/<int:pk>/", naming.change_document, name="document-change"),
    path(f"{AT}/months/", months.months, name="months"),
    path(f"{AT}/months/freeze/", months.freeze, name="freeze"),
    path(f"{AT}/months/<int:pk>/", months.month, name="month"),
    path(f"{AT}/months/<int:pk>/adjust/", months.adjust, name="adjustment-new"),
    path(f"{AT}/months/<int:pk>/circular/", months.write_circular, name="circular-new"),
    path(f"{AT}/sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path(f"{AT}/numbers/<int:pk>/", sheets.number, name="number"),
    path(f"{AT}/numbers/<int:pk>/contest/", sheets.contest, name="contest-new"),
    path(f"{AT}/schemes/new/", procedures.new_scheme, name="scheme-new"),
    path(f"{AT}/issued/<int:pk>/", procedures.read_circular, name="circular-read"),
    path(f"{AT}/issued/<int:pk>/file/", procedures.circular_file, name="circular-file"),
]
PROCEDURES: tuple[CasePages, ...] = (
    assignments.EVIDENCE_PAGES,
    assignments.SPOT_PAGES,
    procedures.CONTESTS,
    procedures.ADJUSTMENTS,
    procedures.CIRCULARS,
    procedures.SCHEMES,
    articles.PAGES,
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((OWN, "assessment"))),
    *(path("", include((pages.urls(), pages.procedure.code))) for pages in PROCEDURES),
]
