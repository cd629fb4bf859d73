from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "credit_platform.accounts"
    label = "accounts"
    verbose_name = "部门与账号"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform import resealing
        from credit_platform.accounts import checks, policy, worklist  # noqa: F401  registers the system checks
        from credit_platform.accounts.audit_work import work
        from credit_platform.accounts.rules.proposals import is_guarded
        from credit_platform.accounts.sealed_places import PLACES
        from credit_platform.web import navigation, worklists

        resealing.register(*PLACES)

        def may(permission: str) -> navigation.Allowed:
            return lambda user: policy.allows(user, permission)

        worklists.register(worklist.proposals_to_decide)

        # The pages of the audit are registered here: the audit itself knows no accounts.
        navigation.register("审计记录", "audit:entries", allowed=may("audit.read"), group="监督", order=10)
        navigation.register("审计链", "audit:chain", allowed=may("audit.read"), group="监督", order=20)
        navigation.register("内容核对", "audit:rereading", allowed=may("audit.read"), group="监督", order=25)
        worklists.register(work)
        navigation.register("系统外变更", "audit:stray", allowed=may("audit.read"), group="监督", order=30)
        navigation.register(
            "平台管理", "admin:index", allowed=lambda user: getattr(user, "is_staff", False), group="设置", order=10
        )
        navigation.register(
            "动态口令",
            "accounts:second-factor",
            allowed=lambda user: is_guarded(getattr(user, "roles", ())),
            group="设置",
            order=890,
        )
        navigation.register("修改密码", "accounts:password", group="设置", order=900)
