"""Everything that happens by the clock, on one page. Times are Asia/Shanghai."""

from typing import Any

TIMETABLE: dict[str, dict[str, Any]] = {}
