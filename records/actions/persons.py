"""The file of a natural person for a procedure that names one: found by its number, made when there is none."""

from __future__ import annotations

from credit_platform.errors import Level, at_field, refuse, required
from records.actions.resolve import Sought, resolve
from records.identifiers import idcard
from records.models import Subject, SubjectKind
from records.standards.row import RowKeys


def person_called(name: str, id_type: str, number: str) -> Subject:
    """The person of a document; inside the caller's transaction. `number` is PLAIN and is sealed here.

    Never by name alone (trap 17, 21). Refused without a name, and for a number that cannot be one of its kind.
    """
    checked = idcard.check(number, id_type)
    wrong = [
        at_field(each.rule, "id_number", each.text, mend=each.mend)
        for each in checked.findings
        if each.level is Level.ERROR
    ]
    refuse([*required(name, "name", "请填写姓名。", rule="person.name", most=50), *wrong])
    keys = RowKeys(
        subject_name=" ".join(name.split()),
        subject_kind=SubjectKind.PERSON.value,
        person_id_type=checked.kind,
        person_id=checked.normal,
    )
    return resolve([Sought(keys=keys, item_id=0, authority_id=0)])[0].subject
