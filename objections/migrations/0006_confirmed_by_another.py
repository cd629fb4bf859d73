"""The database holds it against who lodged, answered and settled the objection."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('objections', '0005_who_confirmed')]

    operations = [
        migrations.RemoveConstraint(
            model_name='objector',
            name='objector_confirmed_by_somebody',
        ),
        migrations.RemoveField(
            model_name='objector',
            name='confirmed_by',
        ),
        migrations.RemoveField(
            model_name='objector',
            name='confirmed_on',
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_on__isnull', True), ('confirmed_by__isnull', False), _connector='OR'), name='objection_confirmed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(models.Q(('lodged_by__isnull', True), models.Q(('lodged_by', models.F('confirmed_by')), _negated=True), _connector='OR'), models.Q(('answered_to_by__isnull', True), models.Q(('answered_to_by', models.F('confirmed_by')), _negated=True), _connector='OR'), models.Q(('settled_by__isnull', True), models.Q(('settled_by', models.F('confirmed_by')), _negated=True), _connector='OR')), _connector='OR'), name='objection_confirmed_by_another', violation_error_message='核对身份的人不得是提交人、答复人或者复核人。'),
        ),
    ]
