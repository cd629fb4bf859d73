"""Tests that look into another database than their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connections


@contextmanager
def working_in(**other: Any) -> Iterator[None]:
    """This process, in all threads that begin meanwhile, works in the database that Django's present settings with `other` name.

    The connection of before stays as it is, whatever transaction it is in.
    """
    kept, settings_kept = connections["default"], connections.settings["default"]
    connections.settings["default"] = settings_kept | other
    connections["default"] = connections.create_connection("default")
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"], connections["default"] = settings_kept, kept
        ContentType.objects.clear_cache()
