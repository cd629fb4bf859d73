"""Decisions as compiled templates: one row goes through the platform's own validator and masking, then only its parts are exchanged.

So ten million records have exactly the content, keys and public face that an import would give them, at the price of a `%` each.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from benchmarks.city.people import KINDS, LEGAL, PERSON
from credit_platform.demo.acts import ACTS, act_row
from credit_platform.demo.decisions import PENALTIES, PERMITS, Row, penalty_row, permit_row
from credit_platform.demo.departments import DemoDepartment
from credit_platform.demo.subjects import DemoSubject, fictitious_code, fictitious_person
from disclosure.queries.evaluation import Evaluator, public_title
from disclosure.rules import masking
from disclosure.rules.periods import PeriodResult
from records.actions.rows import columns
from records.ledger_rules import canonical
from records.models import CatalogueItem, CreditRecord, Subject
from records.queries.context import row_context
from records.standards import registry
from records.standards.compile import Validator
from records.standards.row import DepartmentInfo

DECIDED = date(2022, 3, 8)
SERIAL = 987654321
NAME, REP = "哨兵甲乙丙丁有限公司", "司马哨兵"
AUTHORITY, MARK = "哈尔滨市哨兵管理局", "哨标"
CODE, AUTHORITY_CODE = fictitious_code("91", "230102", 7), fictitious_code("11", "230100", 9)
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
LONG_TERM = "2099-12-31"
VARIANTS = 3


@dataclass(slots=True)
class Template:
    """One kind of decision for one kind of subject. `content`, `canonical`, `shown` and `number` are %-formats."""

    key: int
    standard: str
    kind: str
    item_id: int
    item_code: str
    title: str
    content: str
    canonical: str
    shown: str
    number: str
    deltas: tuple[int, ...]
    from_day: int | None
    until_day: int | None
    long_term: bool
    record: CreditRecord

    def valid_until(self, decided: date) -> date | None:
        """The end of validity of a decision of a day."""
        if self.long_term:
            return date(2099, 12, 31)
        return decided + timedelta(days=self.until_day) if self.until_day is not None else None


class Templates:
    """All templates by the authority that uses them, standard and kind of subject."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.context = row_context(today)
        self.context.departments = {AUTHORITY_CODE: DepartmentInfo(AUTHORITY_CODE, AUTHORITY)}.get
        self.known: dict[int, Template] = {}
        self.evaluator = Evaluator(today)
        self.items = dict(CatalogueItem.objects.values_list("entries__standard", "pk"))
        self.codes = dict(CatalogueItem.objects.values_list("pk", "code"))
        self.by_authority: dict[str, dict[tuple[str, int], list[Template]]] = defaultdict(lambda: defaultdict(list))
        self.judge = lru_cache(maxsize=20_000)(self._judge)
        self.registrations: dict[int, Template] = {}
        self._compile_all()

    def _compile_all(self) -> None:
        authority = DemoDepartment("x", AUTHORITY, AUTHORITY, MARK)
        for kind in range(len(KINDS)):
            party = _party(kind)
            for permit in PERMITS:
                if permit.for_persons == (kind == PERSON):
                    row = permit_row(permit, party, authority, AUTHORITY_CODE, DECIDED, SERIAL)
                    self._add(permit.department, "permit-2018", kind, row)
            for number, penalty in enumerate(PENALTIES):
                for variant in range(VARIANTS if kind != PERSON else 1):
                    random = Random(number * 10 + variant)
                    row = penalty_row(penalty, party, authority, AUTHORITY_CODE, DECIDED, SERIAL, random)
                    self._add(penalty.department, "penalty-2018", kind, row)
            if kind == PERSON:
                continue
            for act in ACTS:
                row = act_row(act, party, authority, AUTHORITY_CODE, DECIDED, SERIAL, Random(1))
                self._add(act.department, act.standard, kind, row)
            self.registrations[kind] = self.compile("registration", kind, _registration(kind))

    def _add(self, authority: str, standard: str, kind: int, row: Row) -> None:
        template = self.compile(standard, kind, row)
        self.known[template.key] = template
        self.by_authority[authority][standard, kind].append(template)

    def compile(self, standard_code: str, kind: int, raw: Row) -> Template:
        """One validated row as a template; an error here means that the row is not valid under its standard."""
        standard = registry.get(standard_code)
        result = Validator(standard).validate_row(raw, self.context)
        if not result.ok:
            raise ValueError(f"{standard_code}: {[str(each) for each in result.errors]}")
        made = columns(standard, result, self.today)
        subject = Subject(kind=KINDS[kind], name=raw_name(raw), code=None if kind == PERSON else CODE)
        item = self.items[standard_code]
        record = CreditRecord(subject=subject, item_id=item, **made)
        shown = masking.shown_of(standard, made["content"], subject_kind=KINDS[kind])
        content = json.dumps(made["content"], ensure_ascii=False)
        deltas = sorted({_delta(day) for day in ISO.findall(content) if day not in (LONG_TERM, DECIDED.isoformat())})
        parts = _parts(kind, deltas)
        return Template(
            key=len(self.known),
            standard=result.standard,
            kind=standard.kind,
            item_id=item,
            item_code=self.codes[item],
            title=public_title(record) if standard.kind != "registration" else "",
            content=_format(content, parts),
            canonical=_format(canonical(made["content"]), parts),
            shown=_format(json.dumps(shown, ensure_ascii=False), parts),
            number=made["document_number"]
            .replace(MARK, "%(m)s")
            .replace(str(SERIAL), "%(s)d")
            .replace(str(DECIDED.year), "%(y)d"),
            deltas=tuple(deltas),
            from_day=(made["valid_from"] - DECIDED).days if made["valid_from"] else None,
            until_day=(made["valid_until"] - DECIDED).days if made["valid_until"] else None,
            long_term=made["valid_until"] == date(2099, 12, 31),
            record=record,
        )

    def _judge(self, key: int, decided: date, published: date) -> tuple[PeriodResult, str]:
        template = self.known[key]
        record = template.record
        record.decided_on, record.valid_until = decided, template.valid_until(decided)
        standard = registry.get(record.standard)
        return self.evaluator.judged(self.evaluator.facts(record, standard), published)


def raw_name(raw: Row) -> str:
    """The subject's name in a raw row."""
    return str(next((raw[key] for key in raw if key.endswith(("_XDR_MC", "QYMC"))), NAME))


def _party(kind: int) -> DemoSubject:
    if kind == PERSON:
        name, number = fictitious_person(Random(3))
        return DemoSubject("person", "", REP, "", "", None, "", "", "", "", "", number)
    return DemoSubject(KINDS[kind], CODE, NAME, "230102", REP, DECIDED, "", "", "", "", "")


def _registration(kind: int) -> dict[str, str]:
    row = {
        "QYMC": NAME,
        "TYSHXYDM": CODE,
        "CLRQ": DECIDED.isoformat(),
        "QYLX": "哨兵类型",
        "FDDBR": REP,
        "ZCZB": "哨兵资本",
        "JYFW": "哨兵范围",
        "SF": "黑龙江省",
        "CS": "哈尔滨市",
        "ZS": "哨兵地址",
        "DJZT": "存续",
    }
    return row if kind == LEGAL else {code: value for code, value in row.items() if code != "ZCZB"}


def _delta(day: str) -> int:
    return (date.fromisoformat(day) - DECIDED).days


def _parts(kind: int, deltas: list[int]) -> list[tuple[str, str]]:
    """What is exchanged, the longest first."""
    licence = f"{MARK}{DECIDED:%Y%m}{SERIAL}"
    parts = [
        (f"〔{DECIDED.year}〕{SERIAL}号", "〔%(y)d〕%(s)d号"),
        (licence, "%(m)s%(y)d%(mo)02d%(s)05d"),
        (f"{MARK}{SERIAL}", "%(m)s%(s)06d"),
        (MARK, "%(m)s"),
        (masking.mask_name(REP), "%(rs)s"),
        (REP, "%(n)s" if kind == PERSON else "%(r)s"),
        (NAME, "%(n)s"),
        (AUTHORITY_CODE, "%(k)s"),
        (CODE, "%(c)s"),
        (AUTHORITY, "%(o)s"),
        (DECIDED.isoformat(), "%(d)s"),
    ]
    parts += [((DECIDED + timedelta(days=delta)).isoformat(), f"%(u{delta})s") for delta in deltas]
    return parts + [
        ("哨兵类型", "%(form)s"),
        ("哨兵资本", "%(cap)s"),
        ("哨兵范围", "%(scope)s"),
        ("哨兵地址", "%(at)s"),
    ]


def _format(text: str, parts: list[tuple[str, str]]) -> str:
    text = text.replace("%", "%%")
    for sign, place in parts:
        text = text.replace(sign, place)
    text = re.sub(r'\{"sealed": "[^"]*", "hash": "[^"]*", "masked": "[^"]*"\}', "%(sealed)s", text)
    return re.sub(r'\{"hash":"[^"]*"\}', '{"hash":"%(hash)s"}', text)
