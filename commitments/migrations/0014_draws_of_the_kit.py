"""Re-checks are drawn by the kit of cases (HRB-SSJ-1); draws whose seed one machine made alone are no longer kept as draws."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_draws"), ("commitments", "0013_commitment_letter")]

    operations = [
        migrations.RemoveField(model_name="review", name="draw"),
        migrations.DeleteModel(name="ReviewDraw"),
        migrations.AddField(
            model_name="review",
            name="draw",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=models.deletion.PROTECT, related_name="reviews", to="casework.draw", verbose_name="随机抽查"
            ),
        ),
    ]
