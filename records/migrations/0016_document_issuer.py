"""Whoever issued the document of a merge is its issuer, not the deciding authority of a record."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("records", "0015_undoing")]

    operations = [migrations.RenameField("mergecase", "document_organ", "document_issuer")]
