"""Personal numbers of a row: checked with their kind, sealed before they are stored."""

from __future__ import annotations

from collections.abc import Callable

from records.identifiers import idcard
from records.standards.declaration import FieldType, Standard
from records.standards.working import Row

_PAIRS = (("id_type", "id_number"), ("legal_rep_id_type", "legal_rep_id"))


def sealer_for(standard: Standard) -> Callable[[Row], None]:
    """The step that checks and seals every personal number of a standard.

    The kind stands in the field beside it (证件类型); without one the number is taken as 身份证. A number that fails is kept out of the
    content. The birth date of the subject's own number is noted for the rule about minors.
    """
    by_number = {
        standard.roles[number]: standard.roles.get(kind, "") for kind, number in _PAIRS if standard.roles.get(number)
    }
    own = standard.roles.get("id_number", "")
    moved = {
        code: standard.moves.get(code, code)
        for code in (each.code for each in standard.fields if each.type is FieldType.ID_NUMBER)
    }
    fields = tuple(dict.fromkeys([*moved.values(), *by_number]))

    def seal(row: Row) -> None:
        for code in fields:
            number = row.values.get(code)
            if number is None:
                continue
            kind = row.values.get(by_number.get(code, ""), idcard.CITIZEN)
            result = idcard.check(number, kind, on=row.day)
            for finding in result.findings:
                row.adopt(finding, code)
            if not result.is_valid:
                row.drop(code)
                row.unreadable.add(code)
                continue
            row.values[code] = result.normal
            row.content[code] = row.ctx.seal(result.normal)
            if code == own:
                row.birth_is_minor = result.minor_on(row.day)

    return seal
