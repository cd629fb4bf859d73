"""What the pages of the public site are made of is counted when it changes; of items, only those that the public sees or has seen."""

from django.db import migrations

from credit_platform.freshness.operations import CountChanges

SHOWN = "state NOT IN ('draft', 'submitted', 'returned', 'approved', 'exempt')"


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0021_authority_objections"),
        ("freshness", "0001_initial"),
        ("accounts", "0006_paused_sharing"),
        ("records", "0016_document_issuer"),
        ("workdays", "0003_history"),
    ]

    operations = [
        CountChanges("disclosure_disclosure", seen=SHOWN),
        CountChanges("disclosure_disclosurechange"),
        CountChanges("disclosure_ruleset"),
        CountChanges("records_creditrecord", events=("UPDATE", "DELETE")),  # a new one is shown by its item alone
        CountChanges("records_subject"),
        CountChanges("records_subjectname"),
        CountChanges("records_subjectidentifier"),
        CountChanges("records_catalogueentry"),
        CountChanges("accounts_department"),
        CountChanges("workdays_calendarstamp"),
        CountChanges("workdays_calendarday"),
        CountChanges("workdays_holidaynotice"),
    ]
