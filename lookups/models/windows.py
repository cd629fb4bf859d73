"""Where one can ask: the windows of the municipal hall and of every district and county."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Q

from credit_platform.accounts.models import Department
from credit_platform.accounts.models.departments import district_sign

TELEPHONE = RegexValidator(r"^(0[0-9]{2,3}-)?[0-9]{7,8}\Z|^1[0-9]{4}\Z", "电话的格式如 0451-12345678，或者 12345。")


class ServiceWindowQuerySet(models.QuerySet["ServiceWindow"]):
    def shown(self) -> ServiceWindowQuerySet:
        """What the public site lists: the city's first, then by district."""
        return self.filter(is_shown=True).order_by("-is_municipal", "district", "pk")


class ServiceWindow(models.Model):
    """One window. What nobody has confirmed stays empty; `confirmed_on` is the day on which the unit vouched for it."""

    name = models.CharField("名称", max_length=100)
    district = models.CharField("行政区划", max_length=6, validators=[district_sign])
    is_municipal = models.BooleanField("市本级", default=False)
    department = models.ForeignKey(
        Department,
        verbose_name="管理单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="service_windows",
    )
    address = models.CharField("地址", max_length=200, blank=True)
    hours = models.CharField("办公时间", max_length=200, blank=True)
    telephone = models.CharField("咨询电话", max_length=40, blank=True, validators=[TELEPHONE])
    map_link = models.URLField("地图链接", max_length=300, blank=True, validators=[URLValidator(schemes=["https"])])
    services = models.CharField("办理事项", max_length=300, blank=True)
    confirmed_on = models.DateField("核实日期", null=True, blank=True)
    is_shown = models.BooleanField("对外公布", default=True)

    objects = ServiceWindowQuerySet.as_manager()

    class Meta:
        verbose_name = "服务窗口"
        verbose_name_plural = "服务窗口"
        ordering: ClassVar = ["-is_municipal", "district", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "name"], name="service_window_once"),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | ~Q(address=""), name="service_window_confirmed_has_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Nobody vouches for an address that is not there."""
        if self.confirmed_on and not self.address:
            raise ValidationError({"address": "填写核实日期的，须填写地址。"})
