"""Lists of an organ or a district by year, and in the order of decision, without reading everything since. Writers go on meanwhile."""

import disclosure.models.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('disclosure', '0007_fewer_indexes'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='disclosure',
            index=models.Index(models.F('kind'), models.F('authority'), disclosure.models.indexes.YearOf('decided_on'), models.OrderBy(models.F('published_on'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('state', 'published')), name='disclosure_organ_year'),
        ),
        AddIndexConcurrently(
            model_name='disclosure',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['kind', 'authority', '-decided_on', '-id'], name='disclosure_organ_decided'),
        ),
        AddIndexConcurrently(
            model_name='disclosure',
            index=models.Index(models.F('kind'), models.F('district'), disclosure.models.indexes.YearOf('decided_on'), models.OrderBy(models.F('published_on'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('state', 'published')), name='disclosure_district_year'),
        ),
        AddIndexConcurrently(
            model_name='disclosure',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['kind', 'district', '-decided_on', '-id'], name='disclosure_district_decided'),
        ),
    ]
