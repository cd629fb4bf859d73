"""What only the ledger can say of a row, refused or not, and where remarks are kept beside the records."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from credit_platform.accounts.models import Department
from credit_platform.errors import Finding, Level
from credit_platform.pg import copy_rows, execute
from records.actions.rows import warning_rows
from records.imports.reading.findings import PlacedFinding, RowFinding, about_file

REVOKED = Finding(
    "record.revoked",
    Level.WARNING,
    "该信息已撤销，保持不变。",
    mend="重新作出决定的，请用新的文书号报送。",
)


def other_department(name: str) -> Finding:
    """The same decision stands in the ledger already, reported by somebody else."""
    return Finding(
        "record.other-department",
        Level.ERROR,
        f"该信息已由{name}报送，其他单位不能覆盖。",
        mend="请与该单位核对。决定由本机关作出的，请在“公示—以本机关名义”中对该事项提出异议，成立后即可自行报送。",
    )


def other_source(name: str, department: Department) -> Finding:
    """The row names another department as its source than the one that sends it."""
    return Finding(
        "source.differs",
        Level.WARNING,
        f"数据来源单位填写的是{name}，实际由{department.name}报送。",
        mend="请核对数据来源单位。",
    )


def left_out(blank: Sequence[tuple[str, int]], absent: Sequence[tuple[str, int]]) -> list[PlacedFinding]:
    """What a file left out and the ledger keeps, in two lines at most. Given (label, how many records)."""
    said = []
    if absent:
        columns, count = "、".join(label for label, _ in absent), sum(count for _, count in absent)
        text = f"文件中没有“{columns}”列，平台已有的 {count} 项内容保持不变。"
        said.append(about_file("column.kept", text[:480], _CLEAR))
    if blank:
        listed, count = "、".join(f"{label} {count}" for label, count in blank), sum(count for _, count in blank)
        said.append(about_file("blank.kept", f"{count} 个空白单元格未改动原值：{listed}。"[:480], _CLEAR))
    return said


def emptied(
    rows: Sequence[tuple[int, tuple[str, ...]]], labels: Mapping[str, str], *, simulate: bool
) -> list[RowFinding]:
    """One line for every row that empties something: the fields by their labels, not what they held."""
    word = "将清空" if simulate else "已清空"
    said = []
    for n, codes in rows:
        named = "、".join(labels[code] for code in codes if code in labels)
        if named:
            text = f"{word}：{named}。"
            told = Finding("blank.cleared", Level.WARNING, text, mend="不应清空的，请在文件中填写该栏。")
            said.append(RowFinding(n, told))
    return said


_CLEAR = "确需清空的，请在本页按“留空即删除”模拟，核对后确认。"


def place_remarks(remarks: list[RowFinding]) -> None:
    """The ledger's own remarks, to be kept beside the records: one line per row in `imp_remark`."""
    by_row: dict[int, list[Finding]] = {}
    for each in remarks:
        by_row.setdefault(each.n, []).append(each.finding)
    execute("DROP TABLE IF EXISTS pg_temp.imp_remark")
    execute("CREATE TEMP TABLE imp_remark (n int PRIMARY KEY, remarks text) ON COMMIT DROP")
    rows = ((n, json.dumps(warning_rows(found), ensure_ascii=False)) for n, found in by_row.items())
    copy_rows("imp_remark", ("n", "remarks"), rows)


def add_late_remarks() -> None:
    """What only shows when the record is in (another name than the subject's); few rows, if any."""
    execute(
        """UPDATE records_creditrecord r SET warnings = r.warnings || k.remarks::jsonb
           FROM imp_remark k JOIN imp_row w USING (n) WHERE r.id = w.record_id AND w.what IN ('c', 'u', 'r')"""
    )
