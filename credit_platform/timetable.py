"""Everything that happens by the clock, on one page. Times are Asia/Shanghai."""

from typing import Any

from celery.schedules import crontab

EVERY_FEW_SECONDS = 5.0

TIMETABLE: dict[str, dict[str, Any]] = {
    "prove that clock, broker and worker are alive": {
        "task": "platform.heartbeat",
        "schedule": 15.0,
        "options": {"expires": 120},
    },
    "link what was done into the audit chain": {
        "task": "audit.seal_pending",
        "schedule": EVERY_FEW_SECONDS,
        "options": {"expires": 60},
    },
    "sign and publish the head of the audit chain": {
        "task": "audit.make_checkpoint",
        "schedule": crontab(hour="0,6,12,18", minute=10),  # the first turn of a day makes it, the others catch up
    },
    "put under the audit what was published before faces were kept there": {
        "task": "disclosure.anchor_faces",
        "schedule": crontab(hour=0, minute=40),
    },
    "hold every record and every public face against its hash": {
        "task": "audit.reread",
        "schedule": crontab(hour="1-6", minute="*/10"),  # each turn goes on where the one before it ended
        "options": {"expires": 500},
    },
    "point at queries that somebody should look at": {
        "task": "lookups.sift",
        "schedule": crontab(minute="*/10"),  # an unusual number of queries is told on the same day
        "options": {"expires": 500},
    },
    "draw the daily sample of queries": {"task": "lookups.draw", "schedule": crontab(hour="1,7", minute=25)},
    "freeze the figures of the assessment when a month is over": {
        "task": "assessment.freeze_months",
        "schedule": crontab(hour="3,9", minute=35),  # the second turn catches up
    },
    "verify the audit chain at night": {"task": "audit.verify_chain", "schedule": crontab(hour=2, minute=40)},
    "gather the marks of what has changed": {
        "task": "freshness.gather",
        "schedule": 60.0,
        "options": {"expires": 50},
    },
    "forget the tokens of old forms": {"task": "web.forget_sent_forms", "schedule": crontab(hour=3, minute=20)},
    "end account matters that nobody decided or used in time": {
        "task": "accounts.lapse_proposals",
        "schedule": crontab(hour=3, minute=35),
    },
    "forget sessions that ran out": {"task": "accounts.forget_sessions", "schedule": crontab(hour=3, minute=30)},
    "let applications of companies lapse that nobody came for": {
        "task": "companies.lapse",
        "schedule": crontab(hour=4, minute=20),
    },
    "take up imports that nobody works on": {
        "task": "records.resume_imports",
        "schedule": 10.0,  # after `sweeping.QUIET_SECONDS` of silence: an import goes on within a minute, see docs/operations.md
        "options": {"expires": 30},
    },
    "clean up after imports": {"task": "records.clean_imports", "schedule": crontab(hour=3, minute=40)},
    "throw away forms that nobody finished": {"task": "records.expire_drafts", "schedule": crontab(hour=3, minute=50)},
    "open decisions about published lists again that no longer hold": {
        "task": "sanctions.reopen_filed",
        "schedule": crontab(hour=4, minute=35),
    },
    "publish what was approved for this day": {
        "task": "disclosure.publish_approved",
        "schedule": crontab(),  # every minute: when a worker dies over it, the next turn is near
        "options": {"expires": 60},
    },
    "publish what was held, and take up work on many items": {
        "task": "disclosure.sweep_bulk",
        "schedule": 10.0,
        "options": {"expires": 30},
    },
    "mark as ended what ran out at midnight": {"task": "disclosure.end_due", "schedule": crontab(hour="0,6", minute=5)},
    "remind departments of what falls due": {"task": "disclosure.remind", "schedule": crontab(hour="8,13", minute=5)},
    "number the events of the change feed": {
        "task": "disclosure.number_changes",
        "schedule": EVERY_FEW_SECONDS,
        "options": {"expires": 60},
    },
    "count what the public sees for the home page": {
        "task": "disclosure.count_shown",
        "schedule": crontab(minute="2-59/10"),
        "options": {"expires": 600},
    },
    "hold the counts of timeliness against the rows": {
        "task": "disclosure.recount",
        "schedule": crontab(hour=4, minute=10),
    },
    "remind departments of the deadlines of cases": {
        "task": "casework.remind",
        "schedule": crontab(hour="8,13", minute=10),
    },
    "name the sources that are silent about an objection": {
        "task": "objections.tell_silent",
        "schedule": crontab(hour="0,7", minute=20),
    },
    "remind who still shows what was repaired, withdrawn or corrected": {
        "task": "deliveries.sweep",
        "schedule": crontab(hour="0,7", minute=30),
    },
    "carry changes over to the province and the nation": {
        "task": "exchange.turn",
        "schedule": 10.0,
        "options": {"expires": 60},
    },
    "compare with the province and the nation what each side has": {
        "task": "exchange.reconcile",
        "schedule": crontab(hour=5, minute=50),
    },
    "close objections whose maker never showed who it is": {
        "task": "objections.lapse",
        "schedule": crontab(hour=5, minute=40),
    },
    "destroy the content of what is past its time and not held": {
        "task": "lookups.dispose",
        "schedule": crontab(hour=2, minute=50),
    },
    "close requests to use a report that their subject did not answer": {
        "task": "reports.lapse_uses",
        "schedule": crontab(hour=0, minute=40),
    },
    "send what waits to go out of the house": {
        "task": "casework.send_messages",
        "schedule": 30.0,
        "options": {"expires": 120},
    },
    "make void the draws that nobody revealed": {
        "task": "casework.void_draws",
        "schedule": crontab(hour="1,6", minute=5),
    },
    "take off lists what is past its term": {
        "task": "sanctions.end_past_term",
        "schedule": crontab(hour="0,6", minute=12),
    },
    "read the public face as an outsider": {
        "task": "patrols.patrol",
        "schedule": crontab(hour=5, minute=20),
    },
    "put the reviews of commitments on the desks": {
        "task": "commitments.open_reviews",
        "schedule": crontab(hour="1,6", minute=15),
    },
    "suspect what was not brought in time": {
        "task": "commitments.shortfall_candidates",
        "schedule": crontab(hour="1,6", minute=25),
    },
    "put the reviews that are long late before the credit office": {
        "task": "commitments.escalate",
        "schedule": crontab(hour="8,13", minute=15),
    },
    "push joint actions to the departments": {
        "task": "sanctions.push_joint_actions",
        "schedule": crontab(),  # every minute: an entry of this minute is a task of the next, and a killed push goes on
        "options": {"expires": 60},
    },
    "ask to lift what is past its own term": {
        "task": "sanctions.ask_to_lift",
        "schedule": crontab(hour="1,6", minute=35),
    },
    "count the letters that the public may read": {
        "task": "commitments.count_public",
        "schedule": crontab(minute="4-59/10"),
        "options": {"expires": 600},
    },
    "count the subjects that have promised something": {
        "task": "commitments.count_share",
        "schedule": crontab(hour=4, minute=30),
    },
    "announce the month's draw of letters for a random re-check": {
        "task": "commitments.announce_monthly",
        "schedule": crontab(day_of_month="1-7", hour=7, minute=30),
    },
    "keep what checks are answered from up with measures and days": {
        "task": "checks.turn",
        "schedule": crontab(),  # every minute: an answer that finds an older state computes it itself
        "options": {"expires": 60},
    },
    "take up files of checks that nobody works on": {
        "task": "checks.resume_jobs",
        "schedule": 30.0,
        "options": {"expires": 60},
    },
    "compute the grades of supervision of all subjects": {
        "task": "grading.compute",
        "schedule": crontab(hour=3, minute=20),
    },
    "take up dry runs of a model that nobody works on": {
        "task": "grading.resume",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "ask the rules of early warning of the ledger of the day": {
        "task": "alerts.sweep",
        "schedule": crontab(hour="5,6", minute=45),  # the second turn goes on where the first was killed
    },
    "take up back-tests of rules that nobody works on": {
        "task": "alerts.resume_backtests",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "hold the states of subjects against a computation anew": {
        "task": "checks.sweep",
        "schedule": crontab(hour=4, minute=50),
    },
}
