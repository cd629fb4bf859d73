"""One firm from its penalty to the lists and off them again in a real browser: told, heard, decided, carried out by the departments, asked for by an
approval, lifted everywhere. A person is listed with the firm by a decision of its own, wrongly, and leaves at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import timezone

from casework.models import Case
from checks.models import Check
from checks.receipts.verifying import opened
from credit_platform.accounts.models import User
from credit_platform.demo import clock
from credit_platform.web.tests.browsing import ORIGIN
from records.models import Subject
from records.tests.factories import valid_code, valid_person_id
from sanctions.joint.actions import lifting, pushing, tasks
from sanctions.joint.models import JointItem
from sanctions.joint.rules import LIFTING, TASK, Feedback
from sanctions.lists.models import CreditList, ListEntry
from tests.people import ALONE, PENALTY_BY_FORM, People, fill, words

pytestmark = pytest.mark.browser

NAME, CODE = "哈尔滨鹡鸰调味品有限公司", valid_code(71234611)
PERSON, PERSON_ID = "钱某某", valid_person_id(77)
LIST, MATTER = "SJ-YZWF", "HC-ZFCG"
LISTED, A_YEAR_ON = date(2026, 11, 23), date(2027, 11, 24)
PDF = {"name": "回证.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n% made up\n%%EOF\n"}
SAID = {
    "conduct_on": "2026-06-01",
    "facts": "两年内三次因销售不符合食品安全标准的食品受到行政处罚，情节严重。",
    "basis": "《市场监督管理严重违法失信名单管理办法》第五条；哈市监示例〔2026〕91号处罚决定",
}


@pytest.fixture
def people(browser, city) -> Iterator[People]:
    made = People(browser, city.password)
    yield made
    made.close()
    assert made.complaints == []


def test_a_firm_is_listed_carried_out_upon_asked_for_and_lifted(people, city):
    clerk, reviewer = people.signed_in("scjgj_lr"), people.signed_in("scjgj_sh")
    is_penalised(clerk)
    case = is_proposed(clerk)
    is_listed(clerk, reviewer, case, "哈市监列〔2026〕7号")
    firm = ListEntry.objects.get(subject__code=CODE)
    person = a_person_is_listed_with_it(clerk, reviewer, case)
    the_public_reads_it(people.window())
    departments_carry_it_out(clerk, reviewer, firm)
    number = an_approval_is_refused(people)
    was_listed_wrongly(clerk, reviewer, person)
    with clock.at(A_YEAR_ON):
        User.objects.update(password_changed_at=timezone.now())  # as everybody had to meanwhile
        leaves_early(people.signed_in("scjgj_lr"), people.signed_in("scjgj_sh"), firm)
        departments_lift_it(firm)
        nothing_follows_any_more(people.signed_in("czj_lr"), number)
        the_public_reads_it_no_more(people.window())


def step(page, case: str, label: str, values: dict[str, str], file: str = "", confirm: bool = False) -> str:
    """One step of a case by its page: the button of the case, the form, what it says afterwards."""
    page.goto(case)
    page.get_by_role("link", name=label, exact=True).click()
    page.get_by_role("button", name=label, exact=True).wait_for()
    fill(page, values)
    if file:
        page.locator(f"[name={file}]").set_input_files(PDF)
    page.get_by_role("button", name=label, exact=True).click()
    if confirm:
        page.get_by_role("button", name=f"确认{label}").click()
    page.wait_for_url(case)
    return words(page)


def is_penalised(clerk):
    clerk.goto(f"{ORIGIN}/desk/records/new/penalty-2018/")
    fill(clerk, PENALTY_BY_FORM | {"CF_XDR_MC": NAME, "CF_XDR_SHXYM": CODE, "CF_WSH": "哈市监示例〔2026〕91号"})
    clerk.get_by_role("button", name="校验并入库").click()
    clerk.wait_for_url(lambda url: url.rstrip("/").rpartition("/")[2].isdigit())
    assert Subject.objects.get(code=CODE).name == NAME


def is_proposed(clerk) -> str:
    row = CreditList.objects.in_force(LISTED).get(code=LIST)
    clerk.goto(f"{ORIGIN}/desk/sanctions/designations/new/")
    fill(clerk, {"credit_list": str(row.pk), "code": CODE, **SAID})
    clerk.locator("main form button[type=submit]").last.click()
    clerk.wait_for_url(lambda url: url.rstrip("/").rpartition("/")[2].isdigit())
    assert "拟列入" in words(clerk)
    assert not ListEntry.objects.filter(subject__code=CODE).exists(), "nothing follows from a proposal"
    return clerk.url


def is_listed(clerk, reviewer, case: str, document: str):
    """Told, served, heard, found and decided by another, both papers delivered."""
    clerk.goto(case)
    clerk.get_by_role("link", name="告知", exact=True).click()
    notice = clerk.locator("[name=notice]").input_value()
    assert SAID["facts"] in notice
    assert "有权自收到本告知书次日起5个工作日内" in notice
    step(clerk, case, "告知", {})
    step(clerk, case, "登记送达", {"how": "直接送达"}, "proof")
    reviewer.goto(case)
    assert reviewer.get_by_role("link", name="认定", exact=True).count() == 0, (
        "while it may still be heard nobody decides"
    )
    step(clerk, case, "登记陈述申辩", {"waived": ALONE})
    clerk.goto(case)
    assert clerk.get_by_role("link", name="认定", exact=True).count() == 0, "who drafted it does not find it"
    step(reviewer, case, "认定", {"reasons": "事实清楚，证据充分，符合列入情形。"})
    papers = {"document_number": document, "repair_number": f"{document}（修复告知）"}
    told = step(reviewer, case, "决定列入", papers, confirm=True)
    assert "已列入，待送达" in told
    told = step(clerk, case, "登记决定送达", {"how": "直接送达"}, "proof")
    assert "已列入" in told


def a_person_is_listed_with_it(clerk, reviewer, firm_case: str) -> ListEntry:
    clerk.goto(firm_case)
    clerk.get_by_role("link", name="提出责任人员").click()
    fill(
        clerk,
        {
            "name": PERSON,
            "id_type": "身份证",
            "id_number": PERSON_ID,
            "post": "representative",
            "since": "2020-01-01",
            "part": "决定并组织实施了上述行为。",
        },
    )
    clerk.locator("main form button[type=submit]").last.click()
    clerk.wait_for_url(lambda url: url != f"{firm_case}person/")
    case = clerk.url
    assert case != firm_case
    is_listed(clerk, reviewer, case, "哈市监列〔2026〕8号")
    entry = ListEntry.objects.get(subject__kind="person", document_number="哈市监列〔2026〕8号")
    assert entry.named_with.subject.code == CODE
    assert PERSON_ID not in clerk.content()
    return entry


def the_public_reads_it(visitor):
    visitor.goto(f"{ORIGIN}/lists/{LIST}/?q=鹡鸰")
    assert NAME in words(visitor)
    assert PERSON not in visitor.content()
    visitor.get_by_role("link", name=NAME).first.click()
    visitor.wait_for_url("**/disclosure/**")
    told = words(visitor)
    for word in ("哈市监列〔2026〕7号", "2029年11月23日", "2027年11月24日", "移出"):
        assert word in told, word


def departments_carry_it_out(clerk, reviewer, entry: ListEntry):
    """The market bureau by its pages, the others as their own pages would: each for its part, confirmed by a second person."""
    pushing.push_pending(LISTED)
    cases = list(Case.objects.of(TASK).filter(pk__in=JointItem.objects.filter(entry=entry).values("task")))
    assert len({case.department_id for case in cases}) >= 3
    for case in cases:
        unit = case.department.code
        if unit == "scjgj":
            carries_out(clerk, reviewer, f"{ORIGIN}/desk/joint/tasks/{case.pk}/")
            continue
        by, second = (User.objects.get(username=f"{unit}_{end}") for end in ("lr", "sh"))
        case = tasks.accept(case, by=by)
        done = Feedback(True, LISTED, "示执〔2026〕1号", until=date(2027, 11, 23))
        lines = JointItem.objects.filter(task=case.pk)
        case = tasks.settle(case, dict.fromkeys(lines.values_list("pk", flat=True), done), by=by)
        tasks.confirm(tasks.report(case, by=by), by=second)
    assert set(JointItem.objects.filter(entry=entry).values_list("state", flat=True)) == {"taken"}


def carries_out(clerk, reviewer, case: str):
    step(clerk, case, "接受任务", {})
    every = clerk.goto(f"{case}settle/") and clerk.locator("[name=measure] option").last.get_attribute("value")
    done = {"measure": every, "taken": "yes", "done_on": "2026-11-23", "document_number": "哈市监执〔2026〕3号"}
    step(clerk, case, "填写反馈", done, "evidence")
    step(clerk, case, "提交反馈", {})
    assert "已反馈" in step(reviewer, case, "确认反馈", {})


def an_approval_is_refused(people) -> str:
    """Asked at the desk: the measure with its law; the receipt proves it, the unit tells what it did."""
    officer = people.signed_in("czj_lr")
    told = asks(officer, "采购-2026-1")
    assert "审慎" in told or "禁止" in told
    assert "市场监督管理严重违法失信名单" in told
    check = Check.objects.get(case_number="采购-2026-1")
    with officer.expect_download() as download:
        officer.locator(f"a[href$='/{check.number}/receipt/']").first.click()
    receipt = opened(download.value.path().read_text(encoding="ascii"))
    assert (receipt["case_number"], receipt["subject"]["code"]) == ("采购-2026-1", CODE)
    # The moment of a check is that of the database, which no test moves: the outcome is told on that very day.
    on = timezone.localdate(check.asked_at)
    with clock.at(on):
        officer = people.signed_in("czj_lr")
        officer.goto(f"{ORIGIN}/desk/checks/{check.number}/outcome/")
        why = "属于依法限制参加政府采购活动的情形。"
        fill(officer, {"result": "refused", "decided_on": on.isoformat(), "reason": why})
        for box in officer.locator("[name=measures]").all():
            box.check()
        officer.get_by_role("button", name="提交反馈").click()
        officer.wait_for_url(f"**/desk/checks/{check.number}/")
        assert "不予办理" in words(officer)
    return check.number


def asks(officer, number: str) -> str:
    officer.goto(f"{ORIGIN}/desk/checks/new/")
    fill(officer, {"matter": MATTER, "purpose": "procurement", "case_number": number, "code": CODE, "name": NAME})
    officer.locator("main form button[type=submit]").last.click()
    officer.wait_for_url(lambda url: "/desk/checks/HRBHC" in url)
    return words(officer)


def was_listed_wrongly(clerk, reviewer, person: ListEntry):
    case = asks_removal(
        clerk,
        person,
        {"way": "wrong", "public_note": "列入决定有误，现予更正。"},
        "查明其行为发生时已不任该职，列入错误。",
    )
    reviewer.goto(case)
    step(reviewer, case, "确认移出", {})
    person.refresh_from_db()
    assert (person.ended_way, person.ended_on) == ("wrong", LISTED)
    assert ListEntry.objects.get(subject__code=CODE).ended_on is None, "the firm stays for its own conduct"


def asks_removal(clerk, entry: ListEntry, values: dict[str, str], why: str) -> str:
    clerk.goto(f"{ORIGIN}/desk/sanctions/removals/new/{entry.pk}/")
    fill(clerk, {"document": f"哈市监移〔2027〕{entry.pk}号", "why": why, **values})
    clerk.locator("[name=proof]").set_input_files(PDF)
    clerk.locator("main form button[type=submit]").last.click()
    clerk.wait_for_url(lambda url: "/removals/new/" not in url)
    return clerk.url


def leaves_early(clerk, reviewer, entry: ListEntry):
    values = {"way": "early", "performed_on": "2027-01-10"}
    case = asks_removal(clerk, entry, values, "已缴清罚款、完成整改并作出信用承诺。")
    step(reviewer, case, "确认移出", {})
    entry.refresh_from_db()
    assert (entry.ended_way, entry.ended_on) == ("early", A_YEAR_ON)


def departments_lift_it(entry: ListEntry):
    cases = list(Case.objects.of(LIFTING).filter(lifting__items__entry=entry).distinct())
    assert len(cases) >= 3
    for case in cases:
        lifting.lift(case, note="已解除。", by=User.objects.get(username=f"{case.department.code}_sh"))
    lines = JointItem.objects.filter(entry=entry)
    assert set(lines.filter(measure__term="entry").values_list("state", flat=True)) == {"lifted"}
    kept = lines.exclude(measure__term="entry").filter(state="taken")
    assert all(each.until for each in kept), "what has a term of its own runs to its own last day"


def nothing_follows_any_more(officer, number: str):
    told = asks(officer, "采购-2027-1")
    assert "市场监督管理严重违法失信名单" not in told
    officer.goto(f"{ORIGIN}/desk/checks/{number}/")
    assert "市场监督管理严重违法失信名单" in words(officer), "what was answered then stays word for word"


def the_public_reads_it_no_more(visitor):
    visitor.goto(f"{ORIGIN}/lists/{LIST}/?q=鹡鸰")
    assert NAME not in words(visitor)
