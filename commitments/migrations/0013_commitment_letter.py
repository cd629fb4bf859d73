"""A letter is a commitment letter and a paper is an attachment; the tables keep their names, and so does what the trail holds of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commitments", "0012_signature_by_file")]

    operations = [
        migrations.AlterModelTable("letter", "commitments_letter"),
        migrations.RenameModel("Letter", "CommitmentLetter"),
        migrations.AlterModelTable("paper", "commitments_paper"),
        migrations.RenameModel("Paper", "Attachment"),
        migrations.AlterField(
            model_name="attachment",
            name="letter",
            field=models.ForeignKey(blank=True, null=True, on_delete=models.deletion.PROTECT, related_name="attachments", to="commitments.commitmentletter"),
        ),
        migrations.AlterField(
            model_name="attachment",
            name="review",
            field=models.ForeignKey(blank=True, null=True, on_delete=models.deletion.PROTECT, related_name="attachments", to="commitments.review"),
        ),
    ]
