from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from credit_platform.accounts.policy import Grant

VERBS: dict[str, str] = {
    "commitments.template.new": "编制承诺书文本",
    "commitments.template.change": "修改承诺书文本",
    "commitments.template.issue": "启用承诺书文本",
    "commitments.template.retire": "停用承诺书文本",
    "commitments.measure.save": "登记违诺措施",
    "commitments.letter.enter": "归集承诺书",
    "commitments.letter.withdraw": "撤下承诺书",
    "commitments.letter.revive": "恢复承诺书",
    "commitments.letter.assess": "按履约信息认定承诺书",
    "commitments.letter.recompute": "重算复核期限",
    "commitments.review.open": "生成履约复核",
    "commitments.review.complete": "完成履约复核",
    "commitments.review.void": "作废履约复核",
    "commitments.review.escalate": "履约复核提请督办",
    "commitments.shortfall.settle": "登记容缺材料补正",
    "commitments.draw": "随机抽查生成复核",
    "commitments.breach.open": "提出疑似违诺",
    "commitments.breach.tip": "登记违诺线索",
    "commitments.breach.informant": "查看违诺线索反映人",
    "commitments.breach.attachment": "查看违诺处理附件",
    "commitments.breach.notify": "告知违诺事实",
    "commitments.breach.serve": "登记告知送达",
    "commitments.breach.hear": "登记陈述申辩",
    "commitments.breach.respond": "在线陈述申辩",
    "commitments.breach.determine": "认定违诺",
    "commitments.breach.decide": "作出违诺决定",
    "commitments.breach.dismiss": "不予认定违诺",
    "commitments.breach.annul": "撤销违诺决定",
    "commitments.paper": "查看附件",
    "commitments.availability": "查询可否适用告知承诺",
    "commitments.sign": "在线签署承诺书",
    "commitments.sign_paper": "登记纸质承诺书",
    "commitments.pdf": "查看在线签署的承诺书",
}

MENU = (
    ("承诺书", "letters"),
    ("履约复核", "reviews"),
    ("容缺材料补正", "shortfalls"),
)


class CommitmentsConfig(AppConfig):
    name = "commitments"
    label = "commitments"
    verbose_name = "信用承诺"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from commitments import audited
        from commitments.letters.actions.days import first_review_days
        from commitments.letters.actions.following import follower
        from commitments.letters.rereading import reader
        from commitments.lists.actions.matters import LISTS
        from commitments.lists.queries import register
        from commitments.panels import panel
        from commitments.reviews.actions import assessing
        from commitments.reviews.queries.work import work
        from commitments.standards import MATTERS
        from credit_platform.accounts import admin_rights, policy
        from credit_platform.audit import former, rereading, verbs
        from credit_platform.editions import registry as editions
        from credit_platform.web import navigation, worklists
        from credit_platform.workdays import registry
        from records import followers, panels
        from records.queries.context import register_codes

        policy.declare(permissions())
        self._records()
        panels.register(panel)
        verbs.declare(VERBS)
        former.declare("commitments.commitmentletter", "commitments.letter")
        former.declare("commitments.attachment", "commitments.paper")
        rereading.register(reader)
        audited.register()
        editions.register(LISTS)
        admin_rights.declare({f"commitments.{model}": LISTS.permission for model in ("lettertemplate", "measure")})
        registry.register(first_review_days)
        followers.register(follower)
        followers.register(assessing.follower)
        register_codes(MATTERS, register.register)
        worklists.register(work)

        def may(permission: str) -> navigation.Allowed:
            return lambda user: policy.allows(user, permission)

        view = may("commitments.view")
        for order, (label, name) in enumerate(MENU, start=19):
            navigation.register(label, f"commitments:{name}", allowed=view, group="信用承诺", order=order * 10)
        navigation.register("承诺统计", "commitments:statistics", allowed=view, group="统计与考核", order=30)
        self._cases()
        self._window()
        self._company_pages()

    def _window(self) -> None:
        """What waits, for who stands at a window and asks how far it is."""
        from commitments.letters.queries.waiting import handed_in, papers_missing
        from credit_platform.accounts import policy
        from credit_platform.web import counter

        def view(user: object) -> bool:
            return policy.allows(user, "commitments.view")

        lines = (("待公示的信用承诺", "letters", handed_in), ("待补正的容缺材料", "shortfalls", papers_missing))
        for place, (label, name, count) in enumerate(lines):
            counter.wait(counter.Waiting(label, f"commitments:{name}", count, order=40 + place, allowed=view))

    def _records(self) -> None:
        """What the ledger and the public site learn of the records of this app."""
        from commitments.catalogue import ITEMS
        from commitments.kinds import KINDS
        from commitments.letters.public.following import letter_behind, what_followed
        from commitments.letters.public.verify import at_entrance
        from commitments.standards import ALL, ALL_COMMITMENTS
        from disclosure import kinds
        from disclosure.public import extras, verifiers
        from records import base_data
        from records.standards import codetables, registry

        codetables.register(*ALL)
        registry.register(*ALL_COMMITMENTS)
        base_data.register(*ITEMS)
        kinds.register(*KINDS)
        verifiers.register("letter", "信用承诺书", at_entrance)
        extras.register("commitment", what_followed)
        extras.register("commitment-fulfilment", letter_behind)
        extras.register("commitment-breach", letter_behind)

    def _cases(self) -> None:
        """The procedures of this app, and what is drawn from."""
        from casework import procedure, sampling
        from commitments.breaches.rules import BREACH
        from commitments.reviews.actions.sampling import SAMPLING

        procedure.register(BREACH, group="信用承诺", order=230)
        sampling.register(SAMPLING)

    def _company_pages(self) -> None:
        """What stands on the pages of companies."""
        from commitments.company_home import sections
        from companies import home

        home.register(sections)
        home.add_link("信用承诺", "commitments:my-matters", order=20)


def permissions() -> dict[str, Grant]:
    """Who may do what here; `company=True` is the company itself, for what is its own."""
    from credit_platform.accounts import policy
    from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER, SYSTEM_ADMIN

    return {
        "commitments.list.manage": policy.grant(city=[SYSTEM_ADMIN], system=True),
        "commitments.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
        "commitments.sign": policy.grant(company=True),
        "commitments.review": policy.grant(own=[CLERK, REVIEWER]),
        "commitments.review.open": policy.grant(system=True),
        "commitments.review.void": policy.grant(own=[CLERK, REVIEWER], system=True),
        "commitments.draw": policy.grant(own=[REVIEWER], city=[CREDIT_OFFICE], system=True),
        "commitments.availability": policy.grant(scope="records.read"),
        "commitments.breach.handle": policy.grant(own=[CLERK, REVIEWER], system=True),
        "commitments.breach.respond": policy.grant(company=True),
        "commitments.breach.decide": policy.grant(own=[REVIEWER]),
        "commitments.escalate": policy.grant(system=True),
    }
