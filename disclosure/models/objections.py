"""An authority objects to what another department filed in its name."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from credit_platform.accounts.models import Department, Role, User
from credit_platform.accounts.queries import own_department_ids
from credit_platform.labels import choices
from disclosure.models.disclosures import Disclosure
from disclosure.rules.objections import OBJECTION_LABELS, Objection


class AuthorityObjectionQuerySet(models.QuerySet["AuthorityObjection"]):
    def waiting(self) -> AuthorityObjectionQuerySet:
        """Those that nobody has decided."""
        return self.filter(state=Objection.RAISED)

    def visible_to(self, user: User) -> AuthorityObjectionQuerySet:
        """The authority that objected, the department that filed, the credit office."""
        if Role.CREDIT_OFFICE in user.roles:
            return self
        if not user.department_id:
            return self.none()
        own = own_department_ids(user.department_id, timezone.localdate())
        return self.filter(Q(authority_id__in=own) | Q(disclosure__source_department_id__in=own))


class AuthorityObjection(models.Model):
    """Why the authority named does not stand behind an item, and what the credit office decided."""

    disclosure = models.ForeignKey(
        Disclosure, verbose_name="公示事项", on_delete=models.PROTECT, related_name="objections", db_index=False
    )
    authority = models.ForeignKey(Department, verbose_name="决定机关", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=choices(OBJECTION_LABELS),
        default=Objection.RAISED.value,
    )
    reason = models.CharField("异议理由", max_length=500)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField("提出时间", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="处理人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("处理时间", null=True)
    decision = models.CharField("处理意见", max_length=500, blank=True)

    objects = AuthorityObjectionQuerySet.as_manager()

    class Meta:
        db_table = "disclosure_organobjection"
        verbose_name = "决定机关异议"
        verbose_name_plural = "决定机关异议"
        indexes: ClassVar = [models.Index(fields=["state", "-id"], name="organ_objection_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["disclosure"], condition=Q(state="raised"), name="organ_objection_one_waiting"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["upheld", "rejected"])
                | Q(raised_by__isnull=True)
                | ~Q(decided_by=F("raised_by")),
                name="organ_objection_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.get_state_display()}"
