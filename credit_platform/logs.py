"""Log lines without personal data, each with the number of its request."""

from __future__ import annotations

import copy
import logging
import re
import traceback
from collections.abc import Mapping

from credit_platform.web.requests import current_request_id

TASKS = "celery"
_DEEPEST = 10

# Identity numbers, phone and bank card numbers, and the "DETAIL:" of PostgreSQL, which repeats the values of a row.
PERSONAL = (
    (re.compile(r"^DETAIL:.*$", re.MULTILINE), "DETAIL: (left out)"),
    (re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])"), "(number)"),
    (re.compile(r"(?<![0-9A-Za-z])(?:1[3-9]\d{9}|\d{15,19})(?![0-9A-Za-z])"), "(number)"),
)


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id() or "-"
        return True


class DiscreetFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        if (record.name or "").startswith(TASKS):
            record = _by_type(record)
        return discreet(super().format(record))


def _by_type(record: logging.LogRecord) -> logging.LogRecord:
    """The line of a background task that broke: where and by which type of error. The words of an error may be those of a row, and a
    name or an address cannot be told from other words."""
    bare = copy.copy(record)
    if isinstance(record.args, Mapping):
        told = {"exc": str(record.args.get("exc", "")).partition("(")[0], "traceback": "", "args": "", "kwargs": ""}
        bare.args = {**record.args, **told}
    elif record.args:
        bare.args = tuple(each if isinstance(each, str | int | float) else type(each).__name__ for each in record.args)
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if error is not None:
        bare.exc_info, bare.exc_text = None, _way_of(error)
    return bare


def _way_of(error: BaseException) -> str:
    """The lines of code that led to an error, and to the ones behind it, with their types."""
    parts: list[str] = []
    each: BaseException | None = error
    while each is not None and len(parts) < _DEEPEST:
        lines = traceback.StackSummary.extract(traceback.walk_tb(each.__traceback__), lookup_lines=True).format()
        parts.append(f"{''.join(lines)}{type(each).__module__}.{type(each).__qualname__}")
        each = each.__cause__ or each.__context__
    return "\n(after)\n".join(reversed(parts))


def discreet(text: str) -> str:
    """The text with everything left out that looks like a person's number."""
    for pattern, instead in PERSONAL:
        text = pattern.sub(instead, text)
    return text
