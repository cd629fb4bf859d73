"""An act on many is found by each of its members. Imports of a hundred thousand rows are left out: they are found by their batch."""

from django.db import migrations

FORWARDS = """
CREATE INDEX audit_entry_by_member ON audit_entry USING gin (members jsonb_path_ops)
WHERE jsonb_array_length(members) <= 5000
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_once")]
    operations = [migrations.RunSQL(FORWARDS, "DROP INDEX audit_entry_by_member")]
