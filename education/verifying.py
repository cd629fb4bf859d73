"""Whether a certificate of training is genuine: by its number with the code, at the one entrance of verification. Every printed field is shown."""

from __future__ import annotations

from django.utils import timezone
from django.utils.crypto import constant_time_compare

from credit_platform.web.formats import cn_date
from disclosure.public.verifiers import Verdict
from education.models import Certificate
from education.queries.learning import by_number
from education.rules.certificates import NUMBER, PAIR, State

LABEL = "诚信教育培训证书"
WRONG = "证书编号与校验码不符，或者没有这份证书。"
GUESS = "请在证书编号后面空一格，再输入证书上的校验码。"
LONGEST_TEXT = 400


def verified(given: bytes) -> Verdict | None:
    """What the public entrance says of something that may name a certificate; None when it does not."""
    text = given[:LONGEST_TEXT].decode(errors="replace").upper()
    match = PAIR.search(text)
    if match is None:
        return Verdict(LABEL, False, GUESS) if NUMBER.search(text) else None
    row = by_number(match["number"])
    if row is None or not constant_time_compare(row.code, match["code"]):
        return Verdict(LABEL, False, WRONG)
    return _verdict(row)


def _verdict(row: Certificate) -> Verdict:
    word, _ = row.word_on(timezone.localdate())
    pairs = [(str(label), str(text)) for label, text in row.printed] + [("状态", word)]
    if row.state == State.REVOKED and row.revoked_on is not None:
        text = f"由本平台签发，已于{cn_date(row.revoked_on)}撤销，不再有效。"
        return Verdict(LABEL, False, text, pairs)
    return Verdict(LABEL, True, "由本平台签发。请与证书逐项核对。", pairs)
