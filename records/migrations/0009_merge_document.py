"""The document that says that two valid codes are one subject."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0008_import_parcel")]
    operations = [
        migrations.AddField("mergecase", "document_number", models.CharField("证明文书号", max_length=128, blank=True)),
        migrations.AddField("mergecase", "document_organ", models.CharField("出具机关", max_length=200, blank=True)),
        migrations.AddField("mergecase", "document_on", models.DateField("文书日期", null=True, blank=True)),
    ]
