"""Rows below a header that are no records: sums, notes and signatures, the numbers of the columns, the rest of merged cells.

Conservative: a row that carries anything that only a record has (a code, a document number, a day, a person's number) is a record, whatever
else stands in it; it is then read or refused like any other. What is left out is told with its row and can be had back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from credit_platform.errors import Finding, Level
from records.standards.cells import is_blank
from records.standards.declaration import Standard
from records.standards.texts import half_width

RULES = "apart."
_CARRYING = ("uscc", "reg_no", "org_code", "tax_no", "id_number", "document_number", "decided_on")
_NUMBERS = ("uscc", "id_number")
_BLANKS = re.compile(r"\s+")
_TOTAL = re.compile(r"(?:本页|本月|本季度?|本年度?|总)?(?:合计|小计|总计|共计|累计)(?:[:：(（\d].{0,16})?")
_NOTES = (
    "填表说明|填报说明|填写说明|说明|备注|附注|注释|注\\d?|填表人|填报人|制表人|审核人|复核人|负责人|单位负责人|主管领导|分管领导|经办人|"
    "联系人|联系电话|填表日期|填报日期|制表日期|报送日期|填报时间|填表单位|填报单位|制表单位|报送单位|单位盖章|盖章"
)
_NOTE = re.compile(rf"(?:{_NOTES})(?:\([^()]*\))?:.*|填表说明|填报说明|填写说明|[※*]?注:.*|※.*")
_POINT = re.compile(r"\(?\d{1,2}[、.)](?!\d).{5,}")
_NAME = re.compile("[\u4e00-\u9fa5·]{2,6}")
"""What stands behind 填表人： in the next cell, be it under the heading of a code."""
_MOST_NOTES = 8
_SHORTEST_CODE = 9
_LEAST_NUMBERED = 3
_MEND = "确是一条记录的，请补齐名称、文书号和日期后重新导入。"
_TEXTS = {
    "total": "像是合计行，未作为记录。",
    "note": "像是填表说明或签署栏，未作为记录。",
    "numbers": "像是表头下面的栏次序号，未作为记录。",
    "continued": "没有名称、代码、文书号和日期，像是合并单元格的下一行，未作为记录。",
    "empty": "只有序号等不导入的列有内容，未作为记录。",
}


class Apart:
    """Tells rows that are no records of one standard."""

    def __init__(self, standard: Standard) -> None:
        found = {role: standard.in_role(role) for role in (*_CARRYING, "subject_name")}
        self._carrying = frozenset(each.code for role, each in found.items() if each and role != "subject_name")
        self._numbers = tuple(each.code for role in _NUMBERS if (each := found[role]))
        name = found["subject_name"]
        self._name = name.code if name else ""

    def why(self, cells: Sequence[object], raw: Mapping[str, object], *, first: bool) -> Finding | None:
        """Why a row is no record, as a warning; None when it is one. `raw`: its known columns; `first`: it stands right under the header."""
        name = raw.get(self._name)
        if not first and not is_blank(name) and any(_is_long(raw.get(code)) for code in self._numbers):
            return None  # nearly every row has a name and one of the numbers
        filled = [cell for cell in cells if not is_blank(cell)]
        if not filled:
            return None
        carrying = [cell for code, cell in raw.items() if code in self._carrying and not is_blank(cell)]
        word = self._word(filled, [cell for cell in carrying if cell is not filled[0]], first=first)
        if not word and not carrying and is_blank(name):
            word = "empty" if all(is_blank(cell) for cell in raw.values()) else "continued"
        return Finding(f"{RULES}{word}", Level.WARNING, _TEXTS[word], _MEND) if word else None

    def _word(self, filled: Sequence[object], carrying: Sequence[object], *, first: bool) -> str:
        if first and _are_numbers(filled):
            return "numbers"
        head = _text(filled[0])
        if not head:
            return ""
        if _TOTAL.fullmatch(head) and not carrying:
            return "total"
        others = [_text(cell) for cell in filled[1:]]
        if _NOTE.fullmatch(head) and len(filled) <= _MOST_NOTES:
            signed = {
                id(cell)
                for before, cell in pairwise(filled)
                if _text(before).endswith(":") and _NAME.fullmatch(_text(cell))
            }
            if all(_NOTE.fullmatch(_text(cell)) or id(cell) in signed for cell in carrying):
                return "note"
        return "note" if _POINT.fullmatch(head) and not others else ""


def _is_long(cell: object) -> bool:
    """Whether a cell is as long as a code and no word of a line of signatures."""
    return isinstance(cell, str) and len(cell) >= _SHORTEST_CODE and "：" not in cell and ":" not in cell


def _text(cell: object) -> str:
    return _BLANKS.sub("", half_width(cell)).replace("：", ":") if isinstance(cell, str) else ""


def _are_numbers(filled: Sequence[object]) -> bool:
    """1 2 3 … over the columns, or A B C …, one of them perhaps 甲 for the first."""
    texts = [format(cell, "g") if isinstance(cell, float) else _text(str(cell)) for cell in filled]
    texts = [text.strip("()") for text in texts]
    if len(texts) < _LEAST_NUMBERED:
        return False
    if all(text.isascii() and text.isdigit() and len(text) <= 3 for text in texts):
        numbers = [int(text) for text in texts]
        return numbers[0] in (0, 1) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return "".join(texts).upper().startswith("ABC") and all(len(text) == 1 for text in texts)
