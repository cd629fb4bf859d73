"""A large batch is taken back by a worker."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0014_refused_rows"),
    ]

    operations = [
        migrations.AlterField(
            model_name="importbatch",
            name="state",
            field=models.CharField(
                choices=[
                    ("mapping", "待对应表头"),
                    ("queued", "排队中"),
                    ("reading", "读取校验中"),
                    ("applying", "入库中"),
                    ("done", "已完成"),
                    ("refused", "未入库"),
                    ("failed", "处理失败"),
                    ("cancelled", "已取消"),
                    ("undoing", "撤回中"),
                    ("undone", "已撤回"),
                ],
                default="queued",
                max_length=12,
                verbose_name="状态",
            ),
        ),
    ]
