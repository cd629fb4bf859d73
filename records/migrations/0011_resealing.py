from django.db import migrations, models

from credit_platform.audit.history import KeepUnlessResealed


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0010_import_blanks"),
        ("audit", "0007_resealing"),
    ]

    operations = [
        migrations.CreateModel(
            name="RetiredLookup",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="密钥编号")),
                ("token", models.BinaryField(verbose_name="摘要密钥（密文）")),
            ],
            options={"verbose_name": "已停用的摘要密钥", "verbose_name_plural": "已停用的摘要密钥"},
        ),
        KeepUnlessResealed("records_subject", exclude=["id_cipher"], tokens=["id_cipher", "id_hash"]),
        KeepUnlessResealed("records_creditrecord"),
    ]
