"""What the scanner finds: a span of the text, of a kind, certain or suspected."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    ID_CARD = "id_card"
    PASSPORT = "passport"
    BANK_CARD = "bank_card"
    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"
    ADDRESS = "address"
    BIRTH = "birth"


LABELS: dict[Kind, str] = {
    Kind.ID_CARD: "身份证号码",
    Kind.PASSPORT: "护照或通行证号码",
    Kind.BANK_CARD: "银行账号",
    Kind.MOBILE: "手机号码",
    Kind.LANDLINE: "固定电话",
    Kind.EMAIL: "电子邮箱",
    Kind.ADDRESS: "住址",
    Kind.BIRTH: "出生日期",
}
_WEIGHT = {kind: len(LABELS) - place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end] is personal data of a kind."""

    start: int
    end: int
    kind: Kind
    certain: bool

    def joined(self, other: Span) -> Span:
        kind = max(self.kind, other.kind, key=lambda k: _WEIGHT[k])
        return Span(min(self.start, other.start), max(self.end, other.end), kind, self.certain or other.certain)

    def hidden(self, text: str) -> str:
        """Return what is shown in place of the piece; nothing of it can be told except of phone and e-mail."""
        piece = text[self.start : self.end]
        if self.kind is Kind.MOBILE:
            digits = "".join(str(int(c)) for c in piece if c.isdecimal())[-11:]
            return f"{digits[:3]}****{digits[-4:]}"
        if self.kind is Kind.EMAIL:
            return "***@***"
        return "［住址已隐去］" if self.kind is Kind.ADDRESS else "******"
