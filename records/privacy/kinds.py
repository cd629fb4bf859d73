"""What counts as a person's number in clear: what the number itself proves, not what a reviewer would be asked about."""

from __future__ import annotations

from collections import Counter

from records.identifiers.personal import Kind, identities, scan
from records.identifiers.personal.identity import digests_in

LABELS = {
    "id_card": "公民身份号码（18位校验通过、15位旧号，含夹在长串、空格、全角和中文数字中的）",
    "mobile": "手机号码",
    "bank_card": "银行卡号（校验通过）",
}
_PROVED = {Kind.MOBILE: "mobile", Kind.BANK_CARD: "bank_card"}


def counted(text: str) -> Counter[str]:
    """How many numbers of each kind stand in a text; a number of a citizen is nothing else besides."""
    found: Counter[str] = Counter()
    own, digests = identities(text), digests_in(text)
    if own:
        found["id_card"] = len(own)
    for span in scan(text):
        apart = all(span.end <= each.start or span.start >= each.end for each in own)
        apart = apart and not any(start <= span.start and span.end <= end for start, end in digests)
        if span.certain and span.kind in _PROVED and apart:
            found[_PROVED[span.kind]] += 1
    return found
