"""The short way through a cell that is right as it stands; whatever is not goes the long way (`readers`, `choices`).

Nine of ten cells are plain text within its length, or say what the cell above them said. The long way asks every cell a dozen
questions; here one or two are enough to know that the answers would be “nothing to say”. Two means, both exact:

- `quick_reader`: a look at the text tells that its reader would return it unchanged and without a finding;
- `Memory`: what a cell was read as, kept for the life of the context, and only when nothing was found. A finding is never
  remembered: it is made anew for every cell, so it can name the row's own values.

`tests/standards/test_quick.py` holds both against the long way with hostile cells.
"""

from __future__ import annotations

from typing import Any

from records.identifiers import docnumber, uscc
from records.standards.declaration import Field, FieldType
from records.standards.working import Reader, Row

Read = tuple[Any, Any]
BLANK: tuple[()] = ()
_TEXTS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.PERSON_NAME})
_DATED = frozenset({FieldType.CHOICE, FieldType.MULTI_CHOICE, FieldType.FLAG, FieldType.ID_TYPE})
# A document's number is each row's own and its reader notes its key; a person's number is not to lie about in memory.
_NEVER_KEPT = frozenset({FieldType.DOCUMENT_NUMBER, FieldType.ID_NUMBER})
_LONGEST_KEPT = 200
_MOST_KEPT = 8_192


def quick_reader(field: Field, slow: Reader) -> Reader:
    """The reader of a field with the short way in front; the same reader where there is none."""
    if field.type in _TEXTS:
        return _text(field, slow)
    if field.type is FieldType.DOCUMENT_NUMBER:
        return _document_number(field, slow)
    return _credit_code(slow) if field.type is FieldType.USCC else slow


def is_clean(text: str) -> bool:
    """Whether `texts.clean` has nothing to remove; False when in doubt. Everything invisible is unprintable to Python too, but for two."""
    return text.isprintable() and "<" not in text and "&" not in text and "\ufffc" not in text and "\ufffd" not in text


def _text(field: Field, slow: Reader) -> Reader:
    longest = field.max_length or 1_000_000

    def read(cell: object, row: Row) -> Read | None:
        if type(cell) is str:
            text = cell.strip()
            if text and len(text) <= longest and text[0] != "'" and is_clean(text):
                return text, text
        return slow(cell, row)

    return read


def _document_number(field: Field, slow: Reader) -> Reader:
    longest = field.max_length or 1_000_000

    def read(cell: object, row: Row) -> Read | None:
        if type(cell) is str and len(cell) <= longest and docnumber.is_usual(cell):
            row.document_keys[cell] = cell
            return cell, cell
        return slow(cell, row)

    return read


def _credit_code(slow: Reader) -> Reader:
    def read(cell: object, row: Row) -> Read | None:
        if type(cell) is str and uscc.is_flawless(cell):
            return cell, cell
        return slow(cell, row)

    return read


class Memory:
    """What the texts of one column were read as, by the text; for choices by the text and the day of the decision.

    Bounded: when it is full it begins anew, so that a column of a million different texts costs no more than one of ten thousand.
    """

    __slots__ = ("dated", "kept", "used")

    def __init__(self, field: Field, *, used: bool = True) -> None:
        self.used = used and field.type not in _NEVER_KEPT
        self.dated = field.type in _DATED
        self.kept: dict[object, Read | tuple[()]] = {}

    def keep(self, cell: object, row: Row, result: Read | tuple[()]) -> None:
        """Remember a text that was read without a finding, or that says that there is nothing (BLANK)."""
        if not self.used or type(cell) is not str or len(cell) > _LONGEST_KEPT:
            return
        if len(self.kept) >= _MOST_KEPT:
            self.kept.clear()
        self.kept[(cell, row.day) if self.dated else cell] = result
