"""Personal data in free text: find it before publication, hide it in what is shown (trap 30).

    scan("违法事实：张某，身份证230102199003071237")  ->  [Span(start, end, kind="id_card", certain=True)]

`certain` means that the piece can be nothing else (check digits, a label, a full flat address) and blocks publication; what is only
suspected asks a person. Credit codes, document and registration numbers, amounts and dates are told apart. All steps are linear in
the length of the text.
"""

from __future__ import annotations

import re

from credit_platform.errors import Finding, Level
from records.identifiers.personal import dressed, numbers, places, written
from records.identifiers.personal.folded import Folded
from records.identifiers.personal.identity import Identity, hidden, identities, may_hold, personal_code, removed
from records.identifiers.personal.spans import LABELS, Kind, Span

__all__ = [
    "Identity",
    "Kind",
    "Span",
    "findings",
    "hidden",
    "identities",
    "mask_text",
    "personal_code",
    "removed",
    "scan",
    "without_numbers",
]

_ENOUGH = re.compile(r"(?:\d[^\w\n]{0,3}){10}[\dXxＸｘ]")
_TOLD_HIDDEN = (Kind.BANK_CARD, Kind.MOBILE)


def scan(text: str) -> list[Span]:
    """Return the pieces of personal data in a text, in order, not overlapping; positions are those of the original text."""
    folded = Folded.of(text)
    found = [*numbers.find(folded), *places.find(folded), *written.find(folded), *dressed.find(folded)]
    return _without_overlap([Span(*folded.original(s.start, s.end), s.kind, s.certain) for s in found])


def mask_text(text: str, *, suspected: bool = True, but: frozenset[Kind] = frozenset()) -> str:
    """Return the text with every piece hidden; with `suspected=False` only what is certain, without the kinds in `but`.

    Of numbers of identity, passports and bank cards, of addresses and dates of birth nothing stays; a mobile number keeps 138****1234.
    """
    out, position = [], 0
    for span in scan(text):
        if span.kind not in but and (span.certain or suspected):
            out += [text[position : span.start], span.hidden(text)]
            position = span.end
    return "".join(out) + text[position:]


def without_numbers(text: str) -> str:
    """The text as a finding, the audit or a log may tell it: numbers of citizens by their mask, mistyped ones, bank cards and mobile
    numbers hidden. Addresses and the like stay, for whoever mends the cell must know it again."""
    if len(text) < 11 or not (_ENOUGH.search(text) or may_hold(text)):
        return text
    text = hidden(text)
    out, position = [], 0
    for span in scan(text):
        if span.kind is Kind.ID_CARD or (span.certain and span.kind in _TOLD_HIDDEN):
            out += [text[position : span.start], span.hidden(text)]
            position = span.end
    return "".join(out) + text[position:]


def findings(text: str, *, field: str = "") -> list[Finding]:
    """Return one finding for each piece: ERROR when certain, WARNING when suspected; the value is hidden."""
    return [
        Finding(
            rule=f"personal.{span.kind}",
            level=Level.ERROR if span.certain else Level.WARNING,
            text=f"{'含有' if span.certain else '疑似含有'}{LABELS[span.kind]}（第{span.start + 1}字起）。",
            mend="公示内容不得含有个人信息，请删除或以*代替。",
            field=field,
            value=span.hidden(text),
            article="《个人信息保护法》第二十八条",
        )
        for span in scan(text)
    ]


def _without_overlap(spans: list[Span]) -> list[Span]:
    """Join overlapping pieces: the union is hidden, under the kind of the weightier one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if joined and span.start < joined[-1].end:
            joined[-1] = joined[-1].joined(span)
        else:
            joined.append(span)
    return joined
