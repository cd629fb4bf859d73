from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "declarations.save": "填写自主申报",
    "declarations.submit": "提交自主申报",
    "declarations.accept": "自主申报审核通过",
    "declarations.return": "退回自主申报",
    "declarations.confirm": "再次确认自主申报",
    "declarations.strike": "撤除自主申报",
    "declarations.withdraw": "撤回自主申报",
    "declarations.report": "反映自主申报不实",
    "declarations.answer": "办结不实反映",
    "declarations.attachment": "查看自主申报附件",
    "declarations.contact": "查看反映人联系方式",
}
# Lines of the trail are never rewritten: what stands there from before this app was one of its own reads as ever.
FORMER_VERBS: dict[str, str] = {
    **{verb.replace("declarations.", "commitments.declaration."): label for verb, label in VERBS.items()},
    "commitments.declaration.paper": VERBS["declarations.attachment"],
    "commitments.report.contact": VERBS["declarations.contact"],
}


class DeclarationsConfig(AppConfig):
    name = "declarations"
    label = "declarations"
    verbose_name = "自主申报"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from companies import home
        from credit_platform import resealing
        from credit_platform.accounts import policy
        from credit_platform.audit import former, verbs
        from credit_platform.web import counter, navigation, worklists
        from declarations.company_home import sections
        from declarations.kinds import VOLUNTARY
        from declarations.queries import declaration_work, waiting
        from declarations.sealed_places import PLACES
        from declarations.standard import ITEM, VOLUNTARY_KIND
        from declarations.standard import VOLUNTARY as STANDARD
        from disclosure import kinds
        from records import base_data
        from records.standards import codetables, registry

        policy.declare(permissions())
        codetables.register(VOLUNTARY_KIND)
        registry.register(STANDARD)
        base_data.register(ITEM)
        kinds.register(VOLUNTARY)
        verbs.declare(VERBS | FORMER_VERBS)
        for model in ("declaration", "declarationreport"):
            former.declare(f"declarations.{model}", f"commitments.{model}")
        resealing.register(*PLACES)
        worklists.register(declaration_work)
        home.register(sections)
        counter.wait(
            counter.Waiting(
                "待审核的自主申报",
                "declarations:list",
                waiting,
                order=40,
                allowed=lambda user: policy.allows(user, "declarations.review"),
            )
        )
        home.add_link("自主申报", "declarations:mine", order=30)
        navigation.register(
            "自主申报审核",
            "declarations:list",
            allowed=lambda user: policy.allows(user, "declarations.review"),
            group="信用承诺",
            order=60,
        )


def permissions() -> dict[str, Grant]:
    """Who may do what here; `company=True` is the company itself, for what is its own."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CREDIT_OFFICE, REVIEWER

    return {
        "declarations.declare": policy.grant(company=True),
        "declarations.review": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE]),
    }
