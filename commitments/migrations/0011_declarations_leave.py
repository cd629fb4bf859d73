"""Declarations are an app of their own: their papers have been carried over (declarations.0002), the tables live on there."""

from django.db import migrations, models
from django.db.models import Q

DROP = "ALTER TABLE commitments_paper DROP COLUMN declaration_id"
BACK = """
ALTER TABLE commitments_paper ADD COLUMN declaration_id bigint NULL
    CONSTRAINT commitments_paper_declaration_id_fk REFERENCES declarations_declaration (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX commitments_paper_declaration_id ON commitments_paper (declaration_id);
"""


class Migration(migrations.Migration):
    dependencies = [("commitments", "0010_breach_of_a_case"), ("declarations", "0002_attachments")]

    operations = [
        migrations.RunSQL("DELETE FROM commitments_paper WHERE declaration_id IS NOT NULL", migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="paper", name="paper_belongs_to_one"),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(DROP, BACK)],
            state_operations=[migrations.RemoveField(model_name="paper", name="declaration")],
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=Q(('letter__isnull', False), ('review__isnull', True)) | Q(('review__isnull', False), ('letter__isnull', True)),
                name="paper_belongs_to_one",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="DeclarationReport"),
                migrations.DeleteModel(name="Declaration"),
            ]
        ),
    ]
