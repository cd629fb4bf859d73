"""A paper that was drawn is never changed and its end is written once; everything beside it keeps its old rows."""

from django.db import migrations

from credit_platform.audit.history import AppendOnly, KeepHistory


class Migration(migrations.Migration):
    dependencies = [("education", "0001_education"), ("audit", "0007_resealing")]
    operations = [
        AppendOnly("education_attempt", once=["answers", "ended_at", "right", "passed"]),
        KeepHistory("education_keygroup"),
        KeepHistory("education_course"),
        KeepHistory("education_courseversion"),
        KeepHistory("education_lesson"),
        KeepHistory("education_material"),
        KeepHistory("education_question"),
        KeepHistory("education_staffpack"),
        KeepHistory("education_packcourse"),
        KeepHistory("education_learner", exclude=["name_cipher", "id_cipher", "code_digest"]),
        KeepHistory("education_certificate", exclude=["code"]),
    ]
