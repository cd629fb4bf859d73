"""Grades that came in by the ledger's own doors; everything made up."""

from __future__ import annotations

from itertools import count

from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, DepartmentFactory
from records.actions.entry import enter
from records.models import Subject, SubjectKind
from records.tests.factories import SubjectFactory
from supervision.grading.actions import adopting, drawing, trying
from supervision.grading.actions.computing import compute_all
from supervision.grading.models import GradingModel, ReceivedGrade
from supervision.grading.rules.schemes import INTERNAL, RECEIVED
from supervision.grading.rules.states import ModelState
from supervision.grading.standards import PREFIX

_numbers = count(1)
KIND_WORDS = {SubjectKind.LEGAL.value: "法人及非法人组织", SubjectKind.SOLE_TRADER.value: "个体工商户"}


def raw_grade(
    subject: Subject, scheme: str, grade: str, as_of: str, *, by, kind: str = RECEIVED, **more: str
) -> dict[str, str]:
    """A row as the department of `by` sends it; `more` are ends of codes (`YXQZI="2026-12-31"`)."""
    prefix, sender = PREFIX[kind], by.department
    given = {
        "JG": sender.name,
        "JGDM": sender.uscc,
        "LYDW": sender.name,
        "LYDWDM": sender.uscc,
        "BH": f"示评〔2026〕{next(_numbers)}号",
        "XDR_MC": subject.name,
        "XDR_LB": KIND_WORDS.get(subject.kind, "自然人"),
        "XDR_SHXYM": subject.code or "",
        "FABM": scheme,
        "FAMC": "示例评价方案",
        "DJ": grade,
        "PJRQ": as_of,
        "GKSX": "社会公开" if kind == RECEIVED else "不予公开",
    }
    return {f"{prefix}_{end}": value for end, value in (given | more).items()}


def received(
    subject: Subject | None = None,
    scheme: str = "NS-XY",
    grade: str = "A",
    as_of: str = "2026-05-01",
    *,
    by=None,
    **more,
) -> ReceivedGrade:
    """A grade that a clerk entered by form."""
    by = by or ClerkFactory(department=DepartmentFactory())
    kind = more.pop("kind", RECEIVED)
    raw = raw_grade(subject or SubjectFactory(), scheme, grade, as_of, by=by, kind=kind, **more)
    record = enter(kind, raw, by=by, department=by.department)
    return ReceivedGrade.objects.get(record=record)


def internal(subject: Subject | None = None, grade: str = "D", as_of: str = "2026-11-01", **more) -> ReceivedGrade:
    """A risk class of the market bureau."""
    more.setdefault("scheme", "SJ-FX")
    return received(subject, grade=grade, as_of=as_of, kind=INTERNAL, **more)


def drawn(by=None) -> GradingModel:
    """A draft with the platform's proposal."""
    return drawing.draw_up("示例分级模型", by=by or CreditOfficeFactory(), basis="示例依据")


def tried(model: GradingModel | None = None, *, by=None) -> GradingModel:
    """A version whose dry run is done."""
    model = model or drawn(by)
    trying.run(trying.order(model, by=by or model.drawn_by).pk)
    model.refresh_from_db()
    return model


def model_in(state: ModelState) -> GradingModel:
    """A version brought to a state by its real steps."""
    model = drawn()
    by = model.drawn_by
    if state is ModelState.DISCARDED:
        return drawing.discard(model, by=by, reason="另行编制")
    if state is not ModelState.DRAFT:
        model = tried(model)
    if state in (ModelState.PROPOSED, ModelState.ADOPTED, ModelState.RETIRED):
        model = adopting.propose(model, by=by)
    if state in (ModelState.ADOPTED, ModelState.RETIRED):
        model = adopting.adopt(model, by=CreditOfficeFactory(), reason="示例数据不足，先行采用")
    if state is ModelState.RETIRED:
        model_in(ModelState.ADOPTED)
        model.refresh_from_db()
    return model


def graded() -> GradingModel:
    """The version in use, with the grades of everybody there is."""
    model = model_in(ModelState.ADOPTED)
    compute_all()
    return model


def objects_of() -> dict[str, int]:
    """A draft, one of its lines, and a dry run of another version that is done."""
    draft, other = drawn(), tried()
    return {
        "<grading model>": draft.pk,
        "<grading line>": draft.indicators.first().pk,
        "<grading trial>": other.trials.get().pk,
    }
