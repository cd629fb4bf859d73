"""Every page of the platform under axe and on a phone: as it opens, with its form sent empty, and when something went wrong.

The addresses come from the role table, so that a new page cannot be forgotten.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone
from django_otp.oath import TOTP

from credit_platform.accounts.models import Department, DepartmentSuccession, SecondFactor, User
from credit_platform.accounts.sealed_places import opened_secret
from credit_platform.accounts.tests.factories import ApiClientFactory
from credit_platform.web.tests.addresses_that_raise import RAISED
from credit_platform.web.tests.browsing import open_site
from disclosure.models import Disclosure
from records.models import ImportBatch
from records.tests.factories import valid_person_id
from tests.accessible import Looker
from tests.addresses import address, admin_pages, undone
from tests.role_table import ADMINS, ANONYMOUS, PAGES, ROLES, Page

pytestmark = pytest.mark.browser
HTML = "text/html"
FORMS_OF_THE_ADMIN = ("change", "add")


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Without workers: what they fetch goes past the client that answers the browser here."""
    return {**browser_context_args, "service_workers": "block"}


@pytest.fixture
def looker(page, axe) -> Looker:
    page.complaints = []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return Looker(page, axe)


@pytest.fixture
def as_role(looker, city):
    """`as_role(role)` is a client of that role that answers the browser from now on."""

    def sign_in(role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role != ANONYMOUS:
            client.force_login(city.user(ROLES[role]))
        looker.page.unroute_all()
        looker.page.context.clear_cookies()
        open_site(looker.page, client)
        return client

    return sign_in


def viewer(page: Page) -> str:
    """Who looks at a page here: the first role of the table that may, and may send its form where there is one."""
    if page.public:
        return ANONYMOUS
    return next((role for role in ROLES if role in page.may & (page.post or page.may)), "")


def shown_to(role: str, client: Client, objects: dict[str, Any]) -> list[tuple[Page, str]]:
    """The pages, as opposed to files and data, that this role is the first to open."""
    found = []
    for page in PAGES:
        if page.get and viewer(page) == role and page.status == 200:
            where = address(page, objects)
            with undone():
                answer = client.get(where)
                kind = answer.headers.get("Content-Type", "")
            if kind.startswith(HTML) and "Content-Disposition" not in answer.headers:
                found.append((page, where))
    return found


@pytest.mark.parametrize("role", [ANONYMOUS, *(role for role in ROLES if any(viewer(page) == role for page in PAGES))])
def test_every_page_of_the_table(role, as_role, looker, objects):
    client = as_role(role)
    for page, where in shown_to(role, client, objects):
        with undone():
            looker.go(where)
            if page.post:
                looker.send_empty(where)  # some show their form only to another role, or in another state
    assert looker.seen
    assert not looker.wrong, looker.report()


@pytest.mark.parametrize("role", ["system", "security"])
def test_the_pages_of_the_administration(role, as_role, looker, objects, city):
    ApiClientFactory(department=city.user("scjgj_lr").department)
    old, new = Department.objects.order_by("pk")[:2]
    DepartmentSuccession.objects.create(predecessor=old, successor=new, on=city.today)
    client = as_role(role)
    for name, where, may in admin_pages(objects):
        # What both may open is looked at once, and one page of Django's own history for all of them.
        if role not in may or name == "jsi18n" or (role == "security" and "system" in may):
            continue
        if name == "history" and "department" not in where:
            continue
        with undone():
            answer = client.get(where)  # a model without rows leads back to the first page
            if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith(HTML):
                looker.go(where)
                if name in FORMS_OF_THE_ADMIN:
                    looker.send_empty(where)
    assert looker.seen
    assert not looker.wrong, looker.report()


# Addresses that the table cannot hold: a question without an answer, a mistaken filter, another view of the same page.
PUBLIC = (
    "/search/?q=没有这家", "/search/?q=哈", "/search/?q=哈尔", "/disclosure/permits/?q=没有这家",
    "/disclosure/penalties/?published_from=abc", "/disclosure/acts/levy/", "/statistics/?year=2016",
    "/disclosure/permits/?cursor=abc", "/nothing/", "/disclosure/000000000000/",
)  # fmt: skip
CLERK = (
    "/desk/records/?q=没有这家", "/desk/imports/?file_name=没有这个", "/desk/disclosures/?q=没有这家",
    "/desk/disclosures/?state=draft", "/desk/subjects/?q=没有这家", "/desk/subjects/?q=哈尔", "/desk/catalogue/compare/?a=x",
    "/desk/records/new/permit-2018/", "/desk/records/new/act-inspection/", "/desk/nothing/", "/desk/audit/",
    "/desk/raise/findings/", "/desk/raise/conflict/", "/desk/raise/bad/",
)  # fmt: skip
AUDITOR = ("/desk/audit/?verb=nothing", "/desk/audit/?since=abc")


@override_settings(ROOT_URLCONF="tests.accessible")
@pytest.mark.parametrize(
    ("role", "addresses"),
    [
        (ANONYMOUS, (*PUBLIC, *(f"/raise/{name}/" for name in RAISED), "/broken/", "/away/")),
        ("clerk", CLERK),
        ("auditor", AUDITOR),
    ],
)
def test_what_is_empty_mistaken_or_refused(role, addresses, as_role, looker, objects):
    as_role(role)
    statuses = set()
    for where in addresses:
        with undone():
            statuses.add(looker.go(where).status)
    assert {ANONYMOUS: {200, 400, 403, 404, 409, 422, 500, 503}, "clerk": {403, 404, 409, 422}}.get(
        role, set()
    ) <= statuses
    assert not looker.wrong, looker.report()


def test_the_way_of_a_file(as_role, looker, objects):
    """Under way, refused as a whole, a simulation, and the rows of one mistake only."""
    as_role("clerk")
    batch = ImportBatch.objects.get(pk=objects["<batch>"])
    where = f"/desk/imports/{batch.pk}/"
    looker.go(f"{where}?rule=date.future&field=CF_JDRQ&level=error")
    for state, more in (("reading", {"progress": {"read": 300, "expected": 1000}}), ("queued", {}), ("applying", {})):
        ImportBatch.objects.filter(pk=batch.pk).update(state=state, **more)
        looker.go(where)
    ImportBatch.objects.filter(pk=batch.pk).update(state="refused", refusal="缺少必填列“违法事实”，整个文件未导入。")
    looker.go(where)
    looker.go(f"/desk/imports/{objects['<simulation>']}/")
    assert not looker.wrong, looker.report()


def test_a_review_in_which_the_scanner_found_a_personal_number(as_role, looker, objects):
    row = Disclosure.objects.select_related("record").get(pk=objects["<submitted item>"])
    field = "CF_SY" if row.kind == "penalty" else "XK_NR"
    row.record.content[field] = f"经办人身份证号{valid_person_id(7)}，电话13800000000，住哈尔滨市示例街1号2单元301室。"
    row.record.save(update_fields=["content"])
    as_role("reviewer")
    looker.go(f"/desk/disclosures/{row.pk}/review/")
    assert looker.page.get_by_text("须处理").count() + looker.page.get_by_text("请核对").count()
    looker.page.get_by_label("退回修改").check()
    looker.page.get_by_role("button", name="确定").click()
    looker.page.locator(".error-summary").wait_for()
    looker.look("a review sent back without a reason", status=None)
    assert not looker.wrong, looker.report()


def test_sign_in_refused_and_locked(as_role, looker, city, settings):
    # The lock reads the true clock, from which the city's day may be far away.
    settings.AXES_COOLOFF_TIME = 24 * 3650
    as_role(ANONYMOUS)
    cache.clear()
    looker.go("/accounts/login/")
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        looker.page.locator("input[name=username]").fill("scjgj_lr")
        looker.page.locator("input[name=password]").fill("wrong")
        looker.page.get_by_role("button", name="登录").click()
        looker.page.wait_for_load_state()
        if not looker.page.locator("input[name=password]").count():
            break
        if len(looker.seen) == 1:
            looker.look("log-in refused", status=None)
    looker.look("log-in locked", status=None)
    assert not looker.page.locator("input[name=password]").count()
    assert not looker.wrong, looker.report()


def test_the_second_factor_from_the_picture_to_the_codes(as_role, looker, city, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    auditor = city.user(ROLES["auditor"])

    def send(code):
        looker.page.locator("input[name=code]").fill(code)
        looker.page.locator("main button[type=submit]").first.click()
        looker.page.wait_for_load_state()

    def code(steps):
        totp = TOTP(opened_secret(SecondFactor.objects.get(user=auditor).secret, auditor.pk))
        totp.time = timezone.now().timestamp() + 30 * steps
        return f"{totp.token():06d}"

    as_role("auditor")
    looker.go("/desk/audit/")
    looker.page.get_by_role("button", name="开始启用").click()
    looker.page.locator("img.factor-picture").wait_for()
    looker.look("the picture to scan", status=None)
    send(code(-1))
    looker.look("recovery codes", status=None)
    assert looker.page.locator(".recovery-codes li").count() == 10
    looker.go("/accounts/second-factor/")
    as_role("auditor")
    looker.go("/desk/audit/")
    send("000000")
    looker.look("a wrong code", status=None)
    send(code(0))
    looker.page.wait_for_url("**/desk/audit/")
    assert not looker.wrong, looker.report()


def test_every_role_of_the_desk_has_its_first_page(as_role, looker, objects):
    for role in ROLES:
        as_role(role)
        where = "/admin/" if role in ADMINS and not User.objects.get(username=ROLES[role]).department_id else "/desk/"
        if role != "auditor":
            looker.go(where)
        if role == "office":
            looker.go(f"/desk/merges/{objects['<merge>']}/")
            looker.send_empty("a merge that waits")
    assert not looker.wrong, looker.report()
