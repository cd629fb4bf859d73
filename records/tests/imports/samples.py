"""Invented rows and files for the tests of imports."""

from __future__ import annotations

import csv
import io
import json

import openpyxl

from credit_platform.accounts.models import Department
from records.imports.batches import batches, engine
from records.models import ImportBatch
from records.standards import registry
from records.tests.factories import valid_code, valid_person_id

PENALTY = registry.get("penalty-2018")


def penalty(number: int, authority: Department, **changes: object) -> dict[str, object]:
    """A good row of a fine of 2,000 yuan against a firm."""
    row: dict[str, object] = {
        "CF_XDR_MC": f"哈尔滨示例第{number}商贸有限公司",
        "CF_XDR_LB": "法人及非法人组织",
        "CF_XDR_SHXYM": valid_code(30000000 + number),
        "CF_FRDB": "赵某某",
        "CF_WSH": f"示市监罚〔2026〕{number}号",
        "CF_WFXW": "销售不符合食品安全标准的食品",
        "CF_SY": "当事人销售超过保质期的食品。",
        "CF_YJ": "《食品安全法》第一百二十四条",
        "CF_CFLB": "罚款",
        "CF_NR": "罚款人民币2000元。",
        "CF_NR_FK": "0.2",
        "CF_JDRQ": "2026-11-02",
        "CF_YXQ": "2027-11-02",
        "CF_CFJG": authority.name,
        "CF_CFJGDM": authority.uscc,
        "CF_SJLY": authority.name,
        "CF_SJLYDM": authority.uscc,
    }
    return {code: value for code, value in (row | changes).items() if value is not None}


def person_penalty(number: int, authority: Department, **changes: object) -> dict[str, object]:
    """The same against a natural person."""
    person = {
        "CF_XDR_MC": "李某某",
        "CF_XDR_LB": "自然人",
        "CF_XDR_SHXYM": None,
        "CF_FRDB": None,
        "CF_XDR_ZJLX": "身份证",
        "CF_XDR_ZJHM": valid_person_id(number),
    }
    return penalty(number, authority, **(person | changes))


def labels() -> dict[str, str]:
    return {each.code: each.label for each in PENALTY.fields}


def as_csv(rows: list[dict[str, object]], encoding: str = "utf-8-sig") -> bytes:
    names = list(dict.fromkeys(code for row in rows for code in row))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([labels().get(name, name) for name in names])
    writer.writerows([[row.get(name, "") for name in names] for row in rows])
    return out.getvalue().encode(encoding)


def as_xlsx(rows: list[dict[str, object]], *, lead: int = 0, indent: int = 0) -> bytes:
    names = list(dict.fromkeys(code for row in rows for code in row))
    book = openpyxl.Workbook()
    sheet = book.active
    for _ in range(lead):
        sheet.append(["填报单位：示例"])
    sheet.append([None] * indent + [labels().get(name, name) for name in names])
    for row in rows:
        sheet.append([None] * indent + [row.get(name) for name in names])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_json(rows: list[dict[str, object]]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, default=str).encode()


def bring(data: bytes, name: str, department: Department, by: object, **options: object) -> ImportBatch:
    """Receive a file and run its batch to the end."""
    chosen = batches.Options(**({"standard": "penalty-2018", "department": department} | options))
    batch = batches.receive([data], name, chosen, by=by)
    return engine.run(batch.pk)


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    return batch.total, batch.accepted, batch.rejected, batch.unchanged
