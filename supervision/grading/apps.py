from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "grading.receive": "收录外来等级",
    "grading.gone": "外来等级失效",
    "grading.compute": "计算监管等级",
    "grading.look": "查看监管等级",
    "grading.model.draw": "编制分级模型",
    "grading.model.edit": "修改分级模型",
    "grading.model.propose": "提请采用分级模型",
    "grading.model.revise": "退回修改分级模型",
    "grading.model.adopt": "采用分级模型",
    "grading.model.retire": "停用分级模型",
    "grading.model.discard": "作废分级模型",
    "grading.trial.order": "试算分级模型",
    "grading.trial.end": "分级模型试算结束",
}


class GradingConfig(AppConfig):
    name = "supervision.grading"
    label = "grading"
    verbose_name = "信用分级分类"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import members, verbs
        from supervision.grading.rules.permissions import MANAGE

        policy.declare(permissions())
        verbs.declare(VERBS)
        members.register(members.Kind("grading.receivedgrade", "条外来等级", related=("record",)), "grading.")
        admin_rights.declare({f"grading.{model}": MANAGE for model in ("gradescheme", "supervisionfield", "tierrule")})
        self._records()
        self._pages()

    def _records(self) -> None:
        """What the ledger and the public site learn of grades."""
        from disclosure import followers as public_followers
        from disclosure import kinds
        from records import base_data, followers
        from records.queries.context import register_codes, register_terms
        from records.standards import registry
        from supervision.grading import standards
        from supervision.grading.actions import following
        from supervision.grading.actions.receiving import follower
        from supervision.grading.kinds import EVALUATION
        from supervision.grading.queries import registers

        registry.register(*standards.ALL)
        base_data.register(*standards.ITEMS)
        kinds.register(EVALUATION)
        register_codes(standards.SCHEME, registers.schemes)
        register_codes(standards.GRADE, registers.scales)
        register_codes(standards.OPEN_GRADE, registers.open_grades)
        register_terms(standards.SCHEME, registers.last_days)
        followers.register(follower)
        followers.register(following.ledger)
        public_followers.register(following.public)

    def _pages(self) -> None:
        """Its place in the menus."""
        from companies import home
        from credit_platform.accounts import policy
        from credit_platform.web import navigation
        from records import panels
        from supervision.grading.panels import panel
        from supervision.grading.rules.permissions import VIEW

        def may_view(user: object) -> bool:
            return policy.allows(user, VIEW)

        entries = (("分级分类", "grades:grades"), ("分级模型", "grades:models"))
        for order, (label, name) in enumerate(entries, 1):
            navigation.register(label, name, allowed=may_view, group="监管", order=order)
        panels.register(panel)
        home.add_link("信用评价", "grades:mine", order=45)


def permissions() -> dict[str, Grant]:
    """Who may do what here."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN
    from supervision.grading.rules import permissions as names

    return {
        names.MANAGE: policy.grant(city=[SYSTEM_ADMIN], system=True),
        names.VIEW: policy.grant(city=[CLERK, REVIEWER, CREDIT_OFFICE]),
        names.DRAW: policy.grant(city=[CREDIT_OFFICE]),
        names.ADOPT: policy.grant(city=[CREDIT_OFFICE]),
        names.COMPUTE: policy.grant(system=True),
    }
