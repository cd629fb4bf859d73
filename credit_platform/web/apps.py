from django.apps import AppConfig
from django.core.checks import register


class WebConfig(AppConfig):
    name = "credit_platform.web"
    label = "web"
    verbose_name = "界面公用件"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform.web import navigation

        navigation.register("今日待办", "web:desk", order=0)
        register(navigation.check_entries)
