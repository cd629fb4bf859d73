"""When a channel has made up for what was public before it was opened."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0003_inbound'),
    ]

    operations = [
        migrations.AddField(
            model_name='channel',
            name='filled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='补送完毕'),
        ),
    ]
