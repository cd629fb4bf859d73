import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("casework", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="ToyCase",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="toycase",
                        serialize=False,
                        to="casework.case",
                    ),
                ),
                ("facts", models.TextField(verbose_name="事实")),
            ],
            options={"verbose_name": "示例事项"},
        )
    ]
