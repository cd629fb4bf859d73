"""Log lines without personal data, each with the number of its request."""

from __future__ import annotations

import logging
import re

from credit_platform.web.requests import current_request_id

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
        return discreet(super().format(record))


def discreet(text: str) -> str:
    """The text with everything left out that looks like a person's number."""
    for pattern, instead in PERSONAL:
        text = pattern.sub(instead, text)
    return text
