"""The project as an application of its own, for its system checks and management commands."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "credit_platform"
    label = "platform"
    verbose_name = "平台"

    def ready(self) -> None:
        from credit_platform import checks, resealing, vault  # noqa: F401  registers the system checks
        from credit_platform.audit import verbs

        resealing.register(vault.Files())
        verbs.declare({"platform.reencrypt.begin": "开始重加密", "platform.reencrypt.end": "结束重加密"})
