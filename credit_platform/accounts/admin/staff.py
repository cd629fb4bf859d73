"""Staff accounts. Roles, department and name are changed here; passwords and locks by buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from credit_platform.accounts import actions, rules
from credit_platform.accounts.actions import proposals
from credit_platform.accounts.admin_site import Button, PlatformAdmin, actor_of
from credit_platform.accounts.models import Department, Role, SecondFactor, User
from credit_platform.accounts.rules.proposals import MATTERS, Matter, gives_guarded, is_guarded

# Generic for the type checker only.
if TYPE_CHECKING:
    ModelForm = forms.ModelForm[User]
else:
    ModelForm = forms.ModelForm

PROPOSED = "事项已提出，待另一名管理员核准。激活码前半段"


class UserForm(ModelForm):
    """What a security administrator enters; the rules of roles are said before the action refuses."""

    roles = forms.MultipleChoiceField(
        label="角色",
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="系统管理员、安全管理员、审计员须由三人分任，且不得兼任其他角色。业务角色须选择部门。"
        "授予这三种角色或者信用办角色的，须另一名管理员核准后生效。",
    )

    class Meta:
        model = User
        fields: ClassVar = ["username", "full_name", "department", "roles"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        has_department = given.get("department") is not None
        for finding in rules.role_findings(given.get("roles", []), has_department=has_department):
            self.add_error(finding.field, finding.text)
        return given


class RoleFilter(admin.SimpleListFilter):
    title = "角色"
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Role.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.with_role(self.value()) if self.value() in Role.values else queryset


def _proposing(matter: Matter, name: str, fits: Callable[[User], bool]) -> Button:
    """A matter that takes a second administrator; its answer is one half of the code."""
    return Button(
        name,
        f"{MATTERS[matter]}（须另一名管理员核准）",
        lambda user, by, reason: proposals.propose(matter, user, by=by, reason=reason)[1],
        PROPOSED,
        applies=lambda user: is_guarded(user.roles) and fits(user),
    )


@admin.register(User)
class UserAdmin(PlatformAdmin):
    form = UserForm
    list_display = (
        "username",
        "full_name",
        "department",
        "shown_roles",
        "is_active",
        "last_login",
    )
    list_filter = (
        "is_active",
        RoleFilter,
    )
    search_fields = (
        "username",
        "full_name",
        "department__name",
    )
    list_select_related = ("department",)
    buttons = (
        Button(
            "reset-password",
            "重置密码",
            lambda user, by, reason: actions.reset_password(user, by=by, reason=reason),
            "密码已重置",
            applies=lambda user: not is_guarded(user.roles),
        ),
        _proposing(Matter.PASSWORD, "propose-password", lambda user: user.is_active),
        _proposing(
            Matter.FACTOR,
            "propose-factor",
            lambda user: user.is_active and SecondFactor.objects.confirmed().filter(user=user).exists(),
        ),
        _proposing(Matter.REACTIVATE, "propose-reactivation", lambda user: not user.is_active),
        Button(
            "lock",
            "停用账号",
            lambda user, by, reason: actions.lock_user(user, by=by, reason=reason),
            "账号已停用。",
            applies=lambda user: user.is_active,
        ),
        Button(
            "unlock",
            "启用账号、解除登录锁定",
            lambda user, by, reason: actions.unlock_user(user, by=by, reason=reason),
            "账号已启用，登录失败记录已清除。",
            applies=lambda user: user.is_active or not is_guarded(user.roles),
        ),
    )

    @admin.display(description="角色")
    def shown_roles(self, user: User) -> str:
        return "、".join(user.role_labels)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        # Nobody adjusts the own account: the page is there to read.
        return super().has_change_permission(request, obj) and (obj is None or obj.pk != request.user.pk)

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        return ["username", "is_active", "last_login", "password_changed_at", "date_joined"] if obj else []

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        roles = "roles" if obj is None or self.has_change_permission(request, obj) else "shown_roles"
        return ["username", "full_name", "department", roles, *self.get_readonly_fields(request, obj)[1:]]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "department":
            options["queryset"] = Department.objects.of_the_city().in_force(timezone.localdate())
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        by, given = actor_of(request), form.cleaned_data
        if change:
            obj.first_half = self._change(User.objects.get(pk=obj.pk), by, given, form.changed_data)
            return
        if is_guarded(given["roles"]):
            names = ("full_name", "roles", "department")
            _, obj.first_half = proposals.propose_opening(
                given["username"], by=by, **{name: given[name] for name in names}
            )
            return
        made, obj.first_password = actions.create_user(
            given["username"],
            by=by,
            full_name=given["full_name"],
            roles=given["roles"],
            department=given["department"],
        )
        obj.pk = made.pk

    def _change(self, user: User, by: User, given: dict[str, Any], changed: list[str]) -> str:
        """One action for each thing that was changed; where a guarded role is given, the half of the code that comes of the proposal."""
        if "full_name" in changed:
            user = actions.rename_user(user, given["full_name"], by=by)
        moved, reassigned = "department" in changed, "roles" in changed
        if reassigned and gives_guarded(user.roles, given["roles"]):
            return proposals.propose_roles(user, given["roles"], given["department"], by=by)[1]
        # Each step alone must satisfy the rules: a first department comes before its roles, a last one goes after them.
        if moved and given["department"] is not None:
            user = actions.move_user(user, given["department"], by=by)
        if reassigned:
            user = actions.set_roles(user, given["roles"], by=by)
        if moved and given["department"] is None:
            actions.move_user(user, None, by=by)
        return ""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        # What was only proposed has no row yet; the audit has its entry.
        return super().log_addition(request, obj, message) if obj.pk else None

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if obj.first_half:
            return self.show_secret(request, obj, PROPOSED, obj.first_half)
        return super().response_change(request, obj)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        if getattr(obj, "first_half", ""):
            return self.show_secret(request, obj, PROPOSED, obj.first_half)
        return self.show_secret(request, obj, f"账号 {obj.username} 已开立，初始密码", obj.first_password)
