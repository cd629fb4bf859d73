"""Orders for many items, that a worker carries out."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_tries"),
        ("disclosure", "0011_rules_of_the_final_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verb",
                    models.CharField(
                        choices=[("submit", "提交审核"), ("approve", "审核通过并公示")],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="公示事项"
                    ),
                ),
                (
                    "versions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), size=None, verbose_name="核对时的版本"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "待公示"),
                            ("waiting", "排队中"),
                            ("running", "办理中"),
                            ("done", "已办结"),
                            ("stopped", "已停止"),
                        ],
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("held_until", models.DateTimeField(blank=True, null=True, verbose_name="公示时间")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="已处理")),
                ("outcomes", models.JSONField(blank=True, default=list, verbose_name="结果")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="连续中断次数")),
                ("ordered_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="办理时间")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ("stopped_why", models.CharField(blank=True, max_length=300, verbose_name="停止原因")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
                        verbose_name="部门",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "stopped_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="停止人",
                    ),
                ),
            ],
            options={
                "verbose_name": "批量办理",
                "verbose_name_plural": "批量办理",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "held",
                                    "waiting",
                                    "running",
                                ),
                            )
                        ),
                        fields=["state", "held_until"],
                        name="bulk_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), _negated=True), ("held_until__isnull", False), _connector="OR"
                        ),
                        name="bulk_held_has_a_moment",
                    )
                ],
            },
        ),
    ]
