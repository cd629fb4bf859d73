"""What a month came to is append-only; everything beside it keeps its old rows."""

from django.db import migrations

from credit_platform.audit.history import AppendOnly, KeepHistory


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_assessment"), ("audit", "0007_resealing")]
    operations = [
        AppendOnly("assessment_month"),
        AppendOnly("assessment_sheet"),
        AppendOnly("assessment_number"),
        KeepHistory("assessment_task"),
        KeepHistory("assessment_taskassignment"),
        KeepHistory("assessment_contact"),
        KeepHistory("assessment_document"),
        KeepHistory("assessment_schemeline"),
        KeepHistory("assessment_evidencecase", pk="case_id"),
        KeepHistory("assessment_spotcheckcase", pk="case_id"),
        KeepHistory("assessment_schemecase", pk="case_id"),
        KeepHistory("assessment_contestcase", pk="case_id"),
        KeepHistory("assessment_adjustmentcase", pk="case_id"),
        KeepHistory("assessment_circularcase", pk="case_id"),
        KeepHistory("assessment_articlecase", pk="case_id"),
    ]
