from __future__ import annotations

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "supervision.inspections"
    label = "inspections"
    verbose_name = "双随机、一公开"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform import resealing
        from supervision.inspections.sealed_places import PLACES

        resealing.register(*PLACES)
