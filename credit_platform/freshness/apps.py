from django.apps import AppConfig


class FreshnessConfig(AppConfig):
    name = "credit_platform.freshness"
    label = "freshness"
    verbose_name = "页面时效"
    default_auto_field = "django.db.models.BigAutoField"
