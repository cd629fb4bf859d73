"""Settings of the web, worker and beat that the faults are done to: the real ones, given by the environment, with three reliefs.

Cheap passwords and static files from where they lie, since neither is tried here; and with FAULTS_FAST the clock runs faster, so
that a short form need not wait for a sweep of every thirty seconds. At length one case runs by the real clock.
"""

from __future__ import annotations

import os

from credit_platform.settings import *  # noqa: F403
from credit_platform.settings import CELERY_BEAT_SCHEDULE, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CELERY_IMPORTS = ["tests.faults.sabotage"]

if os.environ.get("FAULTS_FAST"):
    IMPORT_QUIET_SECONDS = 1
    CELERY_BEAT_SCHEDULE = {
        name: {**entry, "schedule": 1.0 if entry["task"] == "records.resume_imports" else 2.0}
        if isinstance(entry["schedule"], float)
        else entry
        for name, entry in CELERY_BEAT_SCHEDULE.items()
    }
if os.environ.get("FAULTS_SWEEPS"):
    every = float(os.environ["FAULTS_SWEEPS"])
    CELERY_BEAT_SCHEDULE = {name: {**entry, "schedule": every} for name, entry in CELERY_BEAT_SCHEDULE.items()}
