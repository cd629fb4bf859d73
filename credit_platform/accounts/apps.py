from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "credit_platform.accounts"
    label = "accounts"
    verbose_name = "部门与账号"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform.accounts import checks  # noqa: F401  registers the system checks
