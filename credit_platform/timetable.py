"""Everything that happens by the clock, on one page. Times are Asia/Shanghai."""

from typing import Any

from celery.schedules import crontab

EVERY_FEW_SECONDS = 5.0

TIMETABLE: dict[str, dict[str, Any]] = {
    "link what was done into the audit chain": {
        "task": "audit.seal_pending",
        "schedule": EVERY_FEW_SECONDS,
        "options": {"expires": 60},
    },
    "verify the audit chain at night": {"task": "audit.verify_chain", "schedule": crontab(hour=2, minute=40)},
    "forget the tokens of old forms": {"task": "web.forget_sent_forms", "schedule": crontab(hour=3, minute=20)},
    "take up imports that nobody works on": {
        "task": "records.resume_imports",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "clean up after imports": {"task": "records.clean_imports", "schedule": crontab(hour=3, minute=40)},
}
