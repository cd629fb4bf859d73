"""The feedback of a task as a workbook: what the list of its lines gives as a file is filled in and read back, all of it or nothing."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from credit_platform.confined.refusals import refuse
from credit_platform.errors import Finding, Refused, at_field
from credit_platform.gate.kinds import Kind
from credit_platform.gate.lines import Line
from credit_platform.gate.table import Table
from credit_platform.web.dates import parse_date
from credit_platform.web.export import Column
from sanctions.joint.models import JointItem
from sanctions.joint.rules import Feedback

KEY, TAKEN, DONE_ON, NUMBER, UNTIL, NOTE = "编号", "执行情况", "执行日期", "执行文书号", "措施截止日期", "说明"
HEADS = (KEY, TAKEN, DONE_ON, NUMBER, UNTIL, NOTE)
YES, NO = ("已执行", "是"), ("未执行", "否")
MOST_BYTES, MOST_ROWS, SEARCHED, MOST_FINDINGS = 5 * 1024 * 1024, 50_000, 30, 200


def _said(row: JointItem) -> str:
    return {"taken": YES[0], "not_taken": NO[0]}.get(row.state, "" if row.state == "todo" else row.get_state_display())


COLUMNS = (
    Column(KEY, "pk", 12),
    Column("主体名称", "entry.subject.name", 30),
    Column("统一社会信用代码", "entry.subject.code", 22),
    Column("名单", "entry.credit_list.name", 28),
    Column("列入日期", "entry.entered_on"),
    Column("措施编码", "measure.measure.code"),
    Column("措施", "measure.measure.name", 36),
    Column("约束力", lambda row: row.measure.get_force_display()),
    Column("期限", lambda row: row.measure.term_words, 20),
    Column(TAKEN, _said),
    Column(DONE_ON, "done_on"),
    Column(NUMBER, "document_number", 24),
    Column(UNTIL, "until"),
    Column(NOTE, "note", 40),
)
"""Of the list of lines; the last five and the key are read back, the others help to fill them in."""


def read(data: bytes, name: str) -> dict[int, Feedback]:
    """What was filled in, by the key of the line; a line without 执行情况 is passed over.

    FileRefused when the file cannot be read or has no such heads, Refused with every mistake and its row.
    """
    if len(data) > MOST_BYTES:
        raise refuse("size", "文件超过 5 兆字节，不像是反馈表。")
    with Table(data, name, kinds=(Kind.XLSX, Kind.XLS, Kind.CSV)) as table:
        for sheet in table.sheets():
            lines = list(itertools.islice(sheet.lines, MOST_ROWS + SEARCHED + 1))
            for place, line in enumerate(lines[:SEARCHED]):
                if (where := _heads(line)) is not None:
                    return _read(lines[place + 1 :], where)
    raise refuse("header", "没有找到表头。", f"表头应含{'、'.join(HEADS)}，请使用本页下载的反馈表。")


def _heads(line: Line) -> dict[str, int] | None:
    found = {str(cell).strip(): place for place, cell in enumerate(line.cells) if cell is not None}
    return {head: found[head] for head in HEADS} if found.keys() >= set(HEADS) else None


def _read(lines: Sequence[Line], where: Mapping[str, int]) -> dict[int, Feedback]:
    given: dict[int, Feedback] = {}
    found: list[Finding] = []
    for line in lines:
        cells = {head: _text(line.cells[place]) if place < len(line.cells) else "" for head, place in where.items()}
        if not cells[TAKEN]:
            continue
        wrong = list(_wrong(line.number, cells, given))
        found += wrong
        if not wrong:
            given[int(cells[KEY])] = _feedback(cells)
    if found:
        raise Refused("joint.file", f"反馈表有{len(found)}处问题，没有登记。", findings=found[:MOST_FINDINGS])
    if not given:
        raise Refused(
            "joint.file", "反馈表中没有填写“执行情况”的条目。", mend="请在“执行情况”一列填写“已执行”或者“未执行”。"
        )
    return given


def _wrong(number: int, cells: Mapping[str, str], given: Mapping[int, Feedback]) -> list[Finding]:
    texts = []
    key = cells[KEY]
    if not (key.isascii() and key.isdigit() and len(key) <= 18):
        texts.append("“编号”应与下载的反馈表一致。")
    elif int(key) in given:
        texts.append(f"编号{key}重复。")
    if cells[TAKEN] not in (*YES, *NO):
        texts.append("“执行情况”应填“已执行”或者“未执行”。")
    texts += [
        f"“{head}”不是日期，请写成 2026-11-23。"
        for head in (DONE_ON, UNTIL)
        if cells[head] and not parse_date(cells[head])
    ]
    return [at_field("joint.file", "file", f"第{number}行：{text}") for text in texts]


def _feedback(cells: Mapping[str, str]) -> Feedback:
    return Feedback(
        taken=cells[TAKEN] in YES,
        on=parse_date(cells[DONE_ON]) if cells[DONE_ON] else None,
        document_number=cells[NUMBER],
        until=parse_date(cells[UNTIL]) if cells[UNTIL] else None,
        note=cells[NOTE],
    )


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    return text[1:] if text[:1] == "'" else text
