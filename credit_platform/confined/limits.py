"""How much a reader may use."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory`: bytes of address space; `cpu`: seconds of the processor; `wait`: seconds for which nothing at all may come."""

    memory: int
    cpu: int
    wait: int

    @classmethod
    def of_page(cls) -> Limits:
        """For a file that is read while somebody waits for the page."""
        return cls(settings.FILE_READER_MEMORY_MB * MEGABYTE, settings.FILE_READER_SECONDS, 30)

    @classmethod
    def of_task(cls) -> Limits:
        """For a file that is read in the background or from the shell."""
        return cls(settings.FILE_READER_MEMORY_MB * MEGABYTE, settings.FILE_READER_TASK_SECONDS, 120)
