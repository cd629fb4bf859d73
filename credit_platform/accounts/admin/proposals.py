"""What waits for a second administrator: read, confirmed or refused by one, withdrawn by who proposed it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from credit_platform.accounts.actions import proposals
from credit_platform.accounts.admin_site import Button, PlatformAdmin, actor_of
from credit_platform.accounts.models import AccountProposal
from credit_platform.accounts.rules.proposals import ProposalState, is_concerned

CONFIRMED = "事项已核准。激活码后半段"


def _waits(row: AccountProposal) -> bool:
    return row.state == ProposalState.WAITING


@admin.register(AccountProposal)
class AccountProposalAdmin(PlatformAdmin):
    list_display = ("matter", "username", "full_name", "shown_roles", "state", "proposer", "proposed_at", "decider")
    list_filter = ("state", "matter")
    search_fields = ("username", "full_name")
    list_select_related = ("proposer", "decider", "department")
    buttons = (
        Button(
            "confirm",
            "核准",
            lambda row, by, reason: proposals.confirm(row, by=by, reason=reason),
            CONFIRMED,
            applies=_waits,
        ),
        Button(
            "refuse",
            "不予核准",
            lambda row, by, reason: bool(proposals.refuse_proposal(row, by=by, reason=reason)),
            "已登记为不予核准，账号没有变化。",
            applies=_waits,
        ),
        Button(
            "withdraw",
            "撤回",
            lambda row, by, reason: bool(proposals.withdraw(row, by=by, reason=reason)),
            "事项已撤回。",
            applies=_waits,
        ),
    )
    fields = (
        "matter", "state", "username", "full_name", "shown_roles", "department", "reason", "proposer", "proposed_at",
        "decider", "decided_at", "decision", "activated_at",
    )  # fmt: skip

    @admin.display(description="角色")
    def shown_roles(self, row: AccountProposal) -> str:
        return "、".join(row.role_labels)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return self.fields

    def _fitting(self, request: HttpRequest, obj: Any) -> list[Button]:
        by = actor_of(request)
        return [
            button
            for button in super()._fitting(request, obj)
            if is_concerned(button.name, proposer=obj.proposer_id, target=obj.target_id, person=by.pk)
        ]
