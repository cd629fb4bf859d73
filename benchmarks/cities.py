"""The databases of the generated cities: made, found, shown."""

from __future__ import annotations

import json
import time

import psycopg2

from benchmarks import environment

DONE = "CREATE TABLE IF NOT EXISTS benchmark_city (made_at timestamptz DEFAULT now(), subjects int, steps jsonb)"


def exists(subjects: int) -> bool:
    """Whether the city of this size was built to its end."""
    import os

    environment.use(subjects)
    try:
        connection = psycopg2.connect(os.environ["DATABASE_URL"])
    except psycopg2.OperationalError:
        return False
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('benchmark_city')")
        found = cursor.fetchone()
    connection.close()
    return bool(found and found[0])


def build(subjects: int) -> None:
    """Make the city anew, whatever was there."""
    name = environment.database_of(subjects)
    environment.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    environment.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    environment.use(subjects)
    _setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.city.load import load

    begin = time.perf_counter()
    print(f"machine: {environment.machine()}")
    call_command("migrate", verbosity=0)
    steps = load(subjects)
    steps["all"] = time.perf_counter() - begin
    with connection.cursor() as cursor:
        cursor.execute(DONE)
        cursor.execute("INSERT INTO benchmark_city (subjects, steps) VALUES (%s, %s)", [subjects, json.dumps(steps)])
    print(f"city of {subjects:,} subjects in {steps['all']:.0f} s; machine: load {environment.machine()['load']}")


def use(subjects: int, *, build: bool = False) -> None:
    """Point at the city of this size; make it first when it is missing and `build` says so."""
    if not exists(subjects):
        if not build:
            raise SystemExit(f"no city of {subjects:,} subjects here: python -m benchmarks load --subjects {subjects}")
        globals()["build"](subjects)
        return
    _setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def show() -> int:
    """Print the shape and the soundness; 1 when a sampled row is not sound."""
    from benchmarks.city import shape

    print("\n".join(shape.lines(shape.shape())))
    wrong = shape.unsound()
    print(f"sound: {'yes, ' + str(shape.SAMPLE) + ' rows sampled' if not wrong else wrong[:10]}")
    return 1 if wrong else 0


def _setup() -> None:
    import django

    django.setup()
