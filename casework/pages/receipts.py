"""Number and code of a new case, on the page after its form: at a window for a visitor, in public for who has no account."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from casework.models import Case
from casework.rules.procedures import Procedure


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the next page tells of a case of `procedure`, once: the session forgets it as it is read."""

    procedure: Procedure

    def keep(self, request: HttpRequest, case: Case, code: str) -> None:
        """Keep number and code of a case until they are read."""
        request.session[self._key] = [case.pk, code]

    def read(self, request: HttpRequest) -> tuple[Case, str] | None:
        """The case and its code; None when nothing is kept, or it was read before."""
        told = request.session.pop(self._key, None)
        if not told:
            return None
        rows = Case.objects.of(self.procedure).select_related("subject", "department")
        return get_object_or_404(rows, pk=told[0]), told[1]

    @property
    def _key(self) -> str:
        return f"receipt:{self.procedure.slug}"
