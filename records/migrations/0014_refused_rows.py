"""What was reported and refused and is no record yet: each decision once."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_tries"),
        ("records", "0013_personal_identifiers"),
    ]

    operations = [
        migrations.CreateModel(
            name="RefusedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=24, verbose_name="信息种类")),
                (
                    "tokens",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), size=None, verbose_name="要素摘要"
                    ),
                ),
                (
                    "batches",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="导入批次"
                    ),
                ),
                ("first_at", models.DateTimeField(verbose_name="首次报送时间")),
                (
                    "department",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.department",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.catalogueitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "退回未入库",
                "verbose_name_plural": "退回未入库",
                "indexes": [
                    models.Index(fields=["department", "item"], name="refused_row_of_department"),
                    models.Index(fields=["first_at"], name="refused_row_by_moment"),
                    django.contrib.postgres.indexes.GinIndex(fields=["tokens"], name="refused_row_tokens"),
                    django.contrib.postgres.indexes.GinIndex(fields=["batches"], name="refused_row_batches"),
                ],
            },
        ),
    ]
