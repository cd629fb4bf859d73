"""How the public lists, in each of their orders, and the look-up of a document are found: indexes of what is published."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class YearOf(models.Func):
    """The calendar year of a date column, as an index can hold it (Django's own look-up of a year turns into a range)."""

    function = "EXTRACT"
    template = "%(function)s(YEAR FROM %(expressions)s)"
    output_field = models.IntegerField()


SEEN = ["ends_on", "waits_for_performance"]
"""What decides with the day whether a row is visible: kept in the list indexes, so that counting them reads no row."""

PUBLISHED = [
    models.Index(
        fields=["kind", "-published_on", "-id"],
        name="disclosure_list",
        condition=Q(state="published"),
        include=SEEN,
    ),
    models.Index(fields=["-published_on", "-id"], name="disclosure_newest", condition=Q(state="published")),
    models.Index(
        F("kind"),
        YearOf("decided_on"),
        F("published_on").desc(),
        F("id").desc(),
        name="disclosure_by_year",
        condition=Q(state="published"),
    ),
    models.Index(fields=["kind", "-decided_on", "-id"], name="disclosure_by_decision", condition=Q(state="published")),
    models.Index(
        fields=["kind", "authority", "-published_on", "-id"],
        name="disclosure_by_authority",
        condition=Q(state="published"),
        include=SEEN,
    ),
    models.Index(
        fields=["kind", "district", "-published_on", "-id"],
        name="disclosure_by_district",
        condition=Q(state="published"),
        include=SEEN,
    ),
    # A place together with a year, and a place in the order of decision.
    models.Index(
        F("kind"),
        F("authority"),
        YearOf("decided_on"),
        F("published_on").desc(),
        F("id").desc(),
        name="disclosure_organ_year",
        condition=Q(state="published"),
    ),
    models.Index(
        fields=["kind", "authority", "-decided_on", "-id"],
        name="disclosure_organ_decided",
        condition=Q(state="published"),
    ),
    models.Index(
        F("kind"),
        F("district"),
        YearOf("decided_on"),
        F("published_on").desc(),
        F("id").desc(),
        name="disclosure_district_year",
        condition=Q(state="published"),
    ),
    models.Index(
        fields=["kind", "district", "-decided_on", "-id"],
        name="disclosure_district_decided",
        condition=Q(state="published"),
    ),
    models.Index(
        fields=["subject", "-decided_on", "-id"], name="disclosure_of_subject", condition=Q(state="published")
    ),
    models.Index(
        fields=["document_key"],
        name="disclosure_document",
        opclasses=["varchar_pattern_ops"],
        condition=Q(state="published"),
    ),
]
