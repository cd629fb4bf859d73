"""Whoever changes the calendar, and however, leaves the old rows; installed after the base data, which need no trace."""

from django.db import migrations

from credit_platform.audit.history import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("workdays", "0002_official_calendar"), ("audit", "0002_triggers")]

    operations = [KeepHistory("workdays_holidaynotice"), KeepHistory("workdays_calendarday")]
