"""Who has seen that somebody without an account acts for the subject stands on the objection itself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting


def carry_over(apps, schema_editor):
    objections = apps.get_model("objections", "Objection")
    rows = apps.get_model("objections", "Objector").objects.filter(confirmed_on__isnull=False)
    with acting(SYSTEM):
        for pk, by, on in rows.values_list("objection_id", "confirmed_by_id", "confirmed_on"):
            objections.objects.filter(pk=pk).update(confirmed_by_id=by, confirmed_on=on)


class Migration(migrations.Migration):

    dependencies = [
        ('objections', '0004_outsiders_and_outcomes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='objection',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核对身份的人'),
        ),
        migrations.AddField(
            model_name='objection',
            name='confirmed_on',
            field=models.DateField(blank=True, null=True, verbose_name='确认身份日期'),
        ),
        migrations.AddField(
            model_name='objection',
            name='lodged_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='无账户提交时登录的工作人员'),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
