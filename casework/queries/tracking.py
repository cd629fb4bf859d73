"""Where a case stands, for somebody outside who knows its number and its code."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, make_password

from casework.models import Case


def tracked(number: str, code: str) -> Case | None:
    """The case of a number and a code as they were handed out; None for any mistake, without saying which, and as slowly."""
    row = (
        Case.objects.select_related("department", "hearing").filter(number=number.strip()).exclude(tracking="").first()
    )
    given = code.strip().upper()
    if row is None:
        make_password(given)  # a number that is not there takes as long as a wrong code
        return None
    return row if check_password(given, row.tracking) else None
