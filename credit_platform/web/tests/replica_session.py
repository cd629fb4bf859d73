"""A visitor, a member of staff and a failing replica, against two real servers; run by `test_replica` in a process of its own.

python replica_session.py <process number of the replica>
"""

import json
import os
import signal
import sys
import time

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402

from credit_platform.accounts.actors import SYSTEM  # noqa: E402
from credit_platform.accounts.models import Department  # noqa: E402
from credit_platform.audit.context import acting  # noqa: E402
from credit_platform.embedded.processes import command_line  # noqa: E402
from credit_platform.web import replica  # noqa: E402

ALLOWED = "127.0.0.1"
asked = {"default": 0, "replica": 0}
found = {}


def counting(alias):
    def count(execute, sql, params, many, context):
        asked[alias] += "pg_is_in_recovery" not in sql
        return execute(sql, params, many, context)

    return count


def get(path, client=None):
    asked.update(default=0, replica=0)
    status = (client or Client(HTTP_HOST=ALLOWED)).get(path).status_code
    return {"status": status, **asked}


def write(code):
    with acting(SYSTEM):
        return Department.objects.create(code=code, name=f"哈尔滨市{code}局")


def until(condition, seconds=60):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if condition():
            return True
        time.sleep(0.05)
    return False


def on_replica(sql):
    with connections["replica"].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


for name in asked:
    connections[name].execute_wrappers.append(counting(name))


def near():
    """The replica follows: asked anew each time, since a loaded machine takes its while."""
    replica.forget()
    return replica.usable()


until(near)
found["public page"] = get("/disclosure/permits/")
signed_in = Client(HTTP_HOST=ALLOWED)
signed_in.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
found["public page with a session"] = get("/disclosure/permits/", signed_in)
found["desk"] = get("/accounts/login/")

write("first")
found["arrives"] = until(lambda: Department.objects.using("replica").filter(code="first").exists())

on_replica("SELECT pg_wal_replay_pause()")
write("second")
time.sleep(settings.REPLICA_MAX_LAG_SECONDS + 0.5)
replica.forget()
found["behind"] = get("/disclosure/permits/")
on_replica("SELECT pg_wal_replay_resume()")
until(lambda: Department.objects.using("replica").filter(code="second").exists())
until(near)
found["near again"] = get("/disclosure/permits/")

os.kill(int(sys.argv[1]), signal.SIGINT)
until(lambda: not command_line(int(sys.argv[1])))
found["gone in the middle"] = get("/disclosure/permits/")
found["gone"] = get("/disclosure/permits/")
sys.stdout.write("FOUND " + json.dumps(found) + "\n")
