"""A letter on paper is a commitment of the ledger too."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0016_review_opened'),
        ('repair', '0002_history'),
    ]

    operations = [
        migrations.AddField(
            model_name='repaircase',
            name='paper_letter',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repair', to='commitments.commitmentletter', verbose_name='纸质信用承诺书'),
        ),
        migrations.AddConstraint(
            model_name='repaircase',
            constraint=models.CheckConstraint(condition=models.Q(('signature__isnull', True), ('paper_letter__isnull', True), _connector='OR'), name='repair_promised_once'),
        ),
    ]
