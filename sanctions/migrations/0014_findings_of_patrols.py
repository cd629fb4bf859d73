"""What an outsider could read of lists is found by patrols from now on: the findings move there."""

from django.db import migrations

MOVE = """
INSERT INTO patrols_patrolfinding (found_on, seen_on, reader, address, public_id, what, settled_on)
SELECT found_on, coalesce(settled_on, found_on), 'lists', '/lists/' || code || '/?export=csv', public_id, what, settled_on FROM sanctions_publicfinding
"""


class Migration(migrations.Migration):
    dependencies = [("sanctions", "0013_corrections_history"), ("patrols", "0001_patrols")]
    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel(name="PublicFinding"),
    ]
