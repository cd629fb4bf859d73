"""Who objects is the deciding authority; the table keeps its name, and so does what the trail holds of it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0020_marks")]

    operations = [
        migrations.AlterModelTable("organobjection", "disclosure_organobjection"),
        migrations.RenameModel("OrganObjection", "AuthorityObjection"),
        migrations.RenameField("authorityobjection", "organ", "authority"),
    ]
