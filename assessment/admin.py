"""The tasks of the plan: data with a basis."""

from __future__ import annotations

from django.contrib import admin

from assessment.plan.models import Task
from credit_platform.accounts.admin_site import PlatformAdmin


@admin.register(Task)
class TaskAdmin(PlatformAdmin):
    """What another plan asks is another row, with its own basis."""

    list_display = ("number", "title", "due", "due_on", "indicator", "basis")
    search_fields = ("title", "responsible")
