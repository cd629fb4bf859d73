"""That the decision behind a public item was revoked is one person's word until another one has confirmed it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_second_factor'),
        ('disclosure', '0018_organ_objections'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='lowering',
            options={'verbose_name': '较轻认定、不公示、撤销', 'verbose_name_plural': '较轻认定、不公示、撤销'},
        ),
        migrations.SeparateDatabaseAndState(
            # A city that comes from a release before 0017 has the column already: its verbs write such rows.
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE disclosure_lowering ADD COLUMN IF NOT EXISTS annulled_on date NULL",
                    "ALTER TABLE disclosure_lowering DROP COLUMN annulled_on",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name='lowering',
                    name='annulled_on',
                    field=models.DateField(blank=True, null=True, verbose_name='原决定撤销日期'),
                ),
            ],
        ),
        migrations.AlterField(
            model_name='disclosure',
            name='awaits_confirmation',
            field=models.BooleanField(db_default=False, default=False, verbose_name='较轻认定、不公示或撤销，待他人确认'),
        ),
        migrations.AlterField(
            model_name='lowering',
            name='what',
            field=models.CharField(choices=[('class', '失信严重程度'), ('procedure', '简易程序'), ('exemption', '依法不公示'), ('revocation', '原决定撤销')], max_length=10, verbose_name='事由'),
        ),
        migrations.AddConstraint(
            model_name='lowering',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('what', 'revocation'), _negated=True), ('annulled_on__isnull', False), _connector='OR'), name='lowering_revocation_has_day'),
        ),
    ]
