"""Until when the data of the public site is complete. The app that knows registers a provider; here it is only asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

Provider = Callable[[], date | None]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """`provider` answers with a date or a datetime, or None when nothing was published yet. It is asked on every public
    page and keeps its own cache."""
    if provider not in _providers:
        _providers.append(provider)


def data_as_of() -> date | None:
    """The latest answer of the providers."""
    answers = [answer for answer in (provider() for provider in _providers) if answer is not None]
    return max(answers, key=lambda answer: answer.isoformat(), default=None)
