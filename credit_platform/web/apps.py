from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "credit_platform.web"
    label = "web"
    verbose_name = "界面公用件"
    default_auto_field = "django.db.models.BigAutoField"
