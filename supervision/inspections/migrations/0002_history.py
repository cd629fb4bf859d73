"""Every change keeps the old row; what was frozen for a draw is never changed."""

from django.db import migrations

from credit_platform.audit.history import AppendOnly, KeepHistory

KEPT = (
    "itemlist", "item", "itementry", "itementry_departments", "objecttag", "taggedsubject", "inspector", "inspector_items", "recusal",
    "sharerow", "frequencycap", "inspectionplan", "planbatch", "planbatch_items", "planbatch_partners", "taskpart", "taskitem",
    "taskobject", "taskobject_items", "assignment",
)
FROZEN = ("taskstratum", "taskexclusion")


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_inspections"), ("audit", "0004_once")]
    operations = [
        *(KeepHistory(f"inspections_{table}") for table in KEPT),
        KeepHistory("inspections_inspectiontask", exclude=["sealed_secret"]),
        *(AppendOnly(f"inspections_{table}") for table in FROZEN),
    ]
