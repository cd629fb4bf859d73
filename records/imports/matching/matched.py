"""One row of a list that is compared with the register."""

from __future__ import annotations

from dataclasses import dataclass, field

from credit_platform.errors import Finding
from records.identifiers.personal import without_numbers

NAME, CODE, REG_NO, ORG_CODE, TAX_NO, ANY = "name", "code", "reg_no", "org_code", "tax_no", "any"
"""The columns of a list; ANY holds whichever number a row has."""


@dataclass(frozen=True, slots=True)
class Known:
    """A subject of the register as a match shows it."""

    pk: int
    code: str
    name: str


@dataclass(slots=True)
class Matched:
    """One row of the list: what was given, who it is, how that was found out (in words, and by which kind of number: "" by none, which a
    suggestion may have too), and what every code is worth."""

    sheet: str
    row: int
    given: dict[str, str]
    subject: Known | None = None
    how: str = ""
    kind: str = ""
    note: str = ""
    suggestions: list[Known] = field(default_factory=list)
    diagnosis: list[Finding] = field(default_factory=list)
    checked: dict[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> dict[str, str]:
        """What was given, as a page and a workbook show it: numbers of persons by their mask."""
        return {code: without_numbers(value) for code, value in self.given.items()}

    @property
    def result(self) -> str:
        """One word: 已匹配, 仅供参考, 未匹配."""
        return "已匹配" if self.subject else "仅供参考" if self.suggestions else "未匹配"

    @property
    def diagnosed(self) -> str:
        """The diagnosis of the codes as one text; “代码有效” when nothing stands against them, “未填代码” without any."""
        if self.diagnosis:
            return " ".join(each.text for each in self.diagnosis)
        return "代码有效" if self.checked else "未填代码"
