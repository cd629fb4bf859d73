"""The list of measures, and the first list of matters with the texts of their letters, for an installation that has none.

A matter needs its department: `load_base` takes in what the register of departments knows, so it is run again after the departments
were entered. A list that an administrator has begun is never touched.
"""

from __future__ import annotations

from datetime import date

from commitments.lists.actions import measures, texts
from commitments.lists.actions.matters import LISTS
from commitments.lists.models import Matter, MatterEntry, MatterList, Measure
from commitments.lists.rules.texts import MISSING_DOCUMENTS
from commitments.lists.start_list import MATTERS, MEASURES, StartMatter
from commitments.rules.kinds import CommitmentType, MatterKind, MeasureKind, Unit
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department
from credit_platform.audit.context import acting

EDITION = "harbin-2020-1"
NAME = "哈尔滨市信用承诺事项清单（第一批）"
BASIS = "哈政办规〔2020〕12号第1项"
IN_FORCE_FROM = date(2020, 10, 31)
TYPES_WITH_BAR = ("approval", "shortfall", "proof")


def load() -> list[str]:
    """Load what is missing; what was loaded, in Chinese."""
    with acting(SYSTEM):
        done = _measures()
        if MatterList.objects.exists():
            return done
        departments = {each.short_name: each for each in Department.objects.filter(is_external=False)}
        known = [(n, each) for n, each in enumerate(MATTERS, start=1) if each.department in departments]
        if known:
            _edition(known, departments)
            done.append(f"{NAME}：{len(known)}项")
    return done


def _measures() -> list[str]:
    missing = [each for each in MEASURES if not Measure.objects.filter(code=each.code).exists()]
    for each in missing:
        measures.save_measure(each._asdict() | {"valid_from": IN_FORCE_FROM}, by=SYSTEM)
    return [f"违背承诺惩戒措施 {len(missing)} 项"] if missing else []


def _edition(known: list[tuple[int, StartMatter]], departments: dict[str, Department]) -> None:
    edition = LISTS.new(EDITION, NAME, by=SYSTEM, basis=BASIS, valid_from=IN_FORCE_FROM)
    listed = {each.code: each for each in Measure.objects.all()}
    for number, given in known:
        matter, _ = Matter.objects.get_or_create(code=f"HRB-CN-{number:03d}", defaults={"name": given.name})
        wanted = [row for row in listed.values() if row.kind != MeasureKind.BAR or given.type in TYPES_WITH_BAR]
        values = _values(number, given, departments[given.department])
        entry = LISTS.save_entry(edition, matter, values, by=SYSTEM, chosen=wanted)
        _template(matter, entry, given)
    LISTS.issue(edition, by=SYSTEM, reason="平台初始化")


def _values(number: int, given: StartMatter, department: Department) -> dict[str, object]:
    return {
        "batch": "第一批",
        "kind": (MatterKind.SERVICE if given.service else MatterKind.POWER).value,
        "department": department,
        "commitment_type": given.type,
        "subject_kinds": list(given.subjects),
        "who": _who(given),
        "notice": _notice(given),
        "online": given.online and given.subjects != ("person",),
        "first_after": given.first,
        "first_unit": Unit.WORKDAY.value,
        "every": given.every or None,
        "every_unit": Unit.MONTH.value,
        "random_share": given.share,
        "shortfall_after": given.shortfall or None,
        "shortfall_unit": Unit.WORKDAY.value,
        "basis": given.basis,
        "position": number,
    }


def _who(given: StartMatter) -> str:
    words = {"legal": "法人及非法人组织", "sole_trader": "个体工商户", "person": "自然人"}
    subjects = "、".join(words[each] for each in given.subjects)
    barred = "被列入严重失信主体名单，或者因违背承诺仍在限制期限内的，不适用。" if given.type in TYPES_WITH_BAR else ""
    return f"办理该事项的{subjects}自愿选择。{barred}"


def _notice(given: StartMatter) -> str:
    """What somebody must understand before signing, in plain words."""
    lines = {
        "approval": f"您可以不提交{given.instead}，改为书面承诺。承诺后即可取得决定，受理单位事后核查。",
        "shortfall": f"材料中的{given.instead}可以在{given.shortfall}个工作日内补交，先行受理。",
        "proof": f"您不必去开具{given.instead}，由您书面承诺有关情况属实。",
    }
    first = lines.get(given.type, "承诺自愿作出，向社会公开，接受监督。")
    duty = "您承诺：" + "；".join(given.promises) + "。"
    later = f"受理单位将在{given.first}个工作日内核查是否属实、是否做到。"
    end = "承诺时就不属实的，已取得的决定可能被撤销；没有做到的，先限期整改。两种情形都会记入信用记录，事先会告知并听取您的陈述申辩。"
    return "\n".join((first, duty, later, end))


def _template(matter: Matter, entry: MatterEntry, given: StartMatter) -> None:
    promises = "\n".join(f"{number}．{text}；" for number, text in enumerate(given.promises, start=1))
    blanks = [{"name": "联系地址", "label": "联系地址", "kind": "text", "required": True}]
    address, missing = "，联系地址为{{联系地址}}", ""
    if (
        given.type == CommitmentType.REPAIR
    ):  # signed with the application, which asks nothing that the platform holds (国办发〔2025〕22号)
        blanks, address = [], ""
    if given.type == CommitmentType.SHORTFALL:
        blanks.insert(
            0, {"name": MISSING_DOCUMENTS, "label": "暂缺、将在期限内补交的材料", "kind": "text", "required": True}
        )
        missing = f"暂缺的材料为{{{{{MISSING_DOCUMENTS}}}}}，自承诺之日起{given.shortfall}个工作日内补交。\n"
    body = (
        f"本单位（本人）办理“{given.name}”，已阅读并理解受理单位告知的全部内容，现自愿承诺：\n{promises}\n{missing}"
        f"以上情况自承诺之日起真实有效{address}。发生变化的，及时告知受理单位。"
    )
    liability = (
        "承诺不实或者没有做到的，愿意接受撤销决定、限期整改等处理，并同意将违背承诺的情况记入信用记录、依法公示。"
    )
    template = texts.new_template(
        matter,
        by=SYSTEM,
        title=f"{given.name}承诺书"[:200],
        body=body,
        liability=liability,
        valid_from=entry.edition.valid_from,
        blanks=blanks,
    )
    texts.issue_template(template, by=SYSTEM)
