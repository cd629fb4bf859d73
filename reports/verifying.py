"""Whether a report is genuine: by its number with the code, by its file, by its twin. What is shown here is neither kept nor logged.

What is known of a natural person is not read to answer a stranger, so of its report nobody is told whether the contents changed.
A stranger's file is never opened: it is compared with what was signed by its hash, and only a number is looked for in its bytes.
"""

from __future__ import annotations

import hashlib
import json
import re

from django.utils import timezone

from credit_platform.audit.rules.jws import canonical
from credit_platform.web.formats import cn_date, cn_datetime
from disclosure.public.verifiers import Verdict
from reports.models import Report
from reports.queries.gathering import said_today
from reports.queries.issued import by_file, by_number, by_number_and_code
from reports.rules import numbers
from reports.rules.states import State
from reports.rules.twin import FORMAT, MOST_BYTES, digest

LABEL = "信用报告"
PAIR = re.compile(r"(?<![0-9A-Z])(?P<number>\d{14}[0-9A-Z]{8})(?:&code=|\s+)(?P<code>[0-9A-Z]{8})(?![0-9A-Z])")
LONGEST_TEXT = 400
WRONG = "编号与校验码不符，或者没有这份报告。"
GUESS = "请同时输入报告首页的校验码，或者上传报告文件；只凭编号不能核对。"
CHANGED = "出具之后，该主体的公示信息有变化，报告内容可能已不是最新。需要最新情况的，请重新出具。"


def verified(given: bytes) -> Verdict | None:
    """What the public entrance says of something that may be a report; None when it is none."""
    if given.startswith(b"%PDF"):
        return _of_file(given)
    if given.lstrip()[:1] == b"{" and FORMAT.encode() in given[:MOST_BYTES]:
        return _of_twin(given)
    text = given[:LONGEST_TEXT].decode(errors="replace").upper().replace("&CODE=", "&code=")
    if match := PAIR.search(text):
        report = by_number_and_code(match["number"], match["code"])
        told = "平台保存有这份报告；文件是否被改动，请上传文件核对。"
        return _genuine(report, told) if report else Verdict(LABEL, False, WRONG)
    return Verdict(LABEL, False, GUESS) if numbers.found_in(text) else None


def _of_file(given: bytes) -> Verdict | None:
    report = by_file(hashlib.sha256(given).hexdigest())
    if report is not None:
        return _genuine(report, "由本平台出具，与签发时完全相同。")
    number = numbers.found_in(given.decode("latin-1"))
    if not number:
        return None
    known = by_number(number)
    if known is None:
        return Verdict(LABEL, False, f"文件所写的编号 {number} 不是本平台的，这份文件不是本平台出具的。")
    if len(given) > known.size and hashlib.sha256(given[: known.size]).hexdigest() == known.sha256:
        return Verdict(LABEL, False, f"报告 {number} 签发之后，文件又被追加了内容；以签发时的文件为准。")
    return Verdict(
        LABEL, False, f"本平台出具过编号为 {number} 的报告，但这份文件与签发时的不同，已被改动或者另行签章。"
    )


def _of_twin(given: bytes) -> Verdict:
    try:
        told = json.loads(given)
        number, same = str(told["number"]), hashlib.sha256(canonical(told)).hexdigest()
    except (ValueError, TypeError, KeyError, RecursionError):
        return Verdict(LABEL, False, "数据文件不完整，或者不是本平台报告的数据文件。")
    report = by_number(number)
    if report is None or report.twin_sha256 != same:
        return Verdict(LABEL, False, "数据文件与本平台出具的报告不符，已被改动或者不是本平台出具的。")
    return _genuine(report, "数据文件与报告签发时的内容完全相同。")


def _genuine(report: Report, text: str) -> Verdict:
    today = timezone.localdate()
    state = report.state_on(today)
    pairs = [
        ("报告编号", report.number),
        ("主体", f"{report.whose} {report.subject.code or ''}".strip()),
        ("生成时间", cn_datetime(timezone.localtime(report.issued_at))),
        ("有效期至", cn_date(report.valid_until)),
        ("用途", report.purpose.name),
        ("版式", report.layout.name),
        ("状态", report.word_on(today)[0]),
        ("文件摘要（SHA-256）", report.sha256),
    ]
    return Verdict(LABEL, True, text, pairs, list(_notes(report, state)))


def _notes(report: Report, state: State) -> list[str]:
    notes = []
    if state is State.EXPIRED:
        notes.append(f"报告已于{cn_date(report.valid_until)}过有效期，内容以出具当日为准。")
    if report.disposed_on:
        notes.append(f"报告文件已于{cn_date(report.disposed_on)}按保存期限销毁，平台只保留编号和摘要。")
    if report.query_id is None and digest(said_today(report, timezone.localdate())) != report.content_digest:
        notes.append(CHANGED)
    return notes
