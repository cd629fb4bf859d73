"""What an outsider could read of lists and should not."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sanctions', '0005_joint_action'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found_on', models.DateField(verbose_name='发现日期')),
                ('code', models.CharField(max_length=20, verbose_name='名单编码')),
                ('public_id', models.CharField(max_length=12, verbose_name='公示编号')),
                ('what', models.CharField(max_length=200, verbose_name='情况')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='消除日期')),
            ],
            options={
                'verbose_name': '公示巡查发现',
                'verbose_name_plural': '公示巡查发现',
                'ordering': ['-found_on', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_on__isnull', True)), fields=('public_id', 'what'), name='public_finding_once')],
            },
        ),
    ]
