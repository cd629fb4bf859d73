from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "records"
    label = "records"
    verbose_name = "信用档案"
    default_auto_field = "django.db.models.BigAutoField"
