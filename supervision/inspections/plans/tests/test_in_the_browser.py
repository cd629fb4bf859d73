"""A draw in a real browser, from freezing to a stranger who repeats it: with the button of the page, and with the short program alone."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from casework.models import Draw
from supervision.inspections.plans.models import InspectionTask
from supervision.inspections.tests.factories import NAMED, NOW, VALUE, ShareRowFactory, bureau

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SUBJECTS, DRAWN = 40, 12
COMMITMENT = {
    "number": NAMED.number,
    "at": "2026-11-24 10:00",
    "fallback_number": NAMED.fallback_number,
    "fallback_at": "2026-11-26 10:00",
}


class Desk:
    """A browser at which one person after the other sits down, on a day that the test says."""

    def __init__(self, page, live_server, monkeypatch):
        self.page, self.base, self.monkeypatch = page, live_server.url, monkeypatch

    def at(self, moment):
        self.monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    def sit_down(self, person):
        client = Client()
        client.force_login(person)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.base}])

    def go(self, address):
        self.page.goto(self.base + address)

    def take(self, step, done, **given):
        """Follow a step of the page, fill in its form and send it; `done` is what the next page says."""
        self.page.get_by_role("link", name=step, exact=True).click()
        for name, value in given.items():
            self.page.locator(f"[name={name}]").fill(value)
        self.page.get_by_role("button", name=step, exact=True).click()
        self.page.get_by_text(done).wait_for()


@pytest.fixture
def desk(page, live_server, monkeypatch):
    return Desk(page, live_server, monkeypatch)


def test_from_the_freezing_of_a_list_to_a_strangers_recomputation(desk, page, axe, tmp_path):
    desk.at(NOW)
    ShareRowFactory()
    at = bureau(SUBJECTS, inspectors=12)
    task = at.task()
    address = reverse("inspections:task", args=[task.pk])
    desk.sit_down(at.clerk)
    desk.go(address)
    desk.take("冻结名单", "名单已冻结，请另一人公布")
    assert page.get_by_role("link", name="公布并承诺").count() == 0
    desk.sit_down(at.second)
    desk.go(address)
    desk.take("公布并承诺", "已公布，等待公开值产生", **COMMITMENT)
    draw = Draw.objects.get()
    public = reverse("inspections:public-draw", args=[task.number])
    page.context.clear_cookies()
    desk.go(public)
    page.get_by_text(draw.nonce_digest).first.wait_for()
    assert page.get_by_role("button", name="在本页重算").count() == 0

    desk.at(NAMED.at + timedelta(minutes=1))
    for person, step, done in (
        (at.third, "录入公开值", "公开值已录入"),
        (at.second, "复核公开值并抽取", "已抽取并公布结果"),
    ):
        desk.sit_down(person)
        desk.go(reverse("casework:draw", args=[draw.pk]))
        desk.take(step, done, value=VALUE)

    page.context.clear_cookies()
    desk.go(public)
    page.reload()  # what the stranger saw before the draw may be kept for a minute
    page.get_by_role("button", name="在本页重算").click()
    page.get_by_text(f"重算一致：名单摘要、随机数摘要、种子和抽中的{DRAWN}个编号均相同").wait_for()
    assert axe(page) == []
    slips = InspectionTask.objects.get().objects_drawn.order_by("place").values_list("slip", flat=True)
    assert _recomputed(page, tmp_path) == ["usual", *slips]

    draw.refresh_from_db()
    draw.drawn["usual"] = draw.drawn["usual"][::-1]
    draw.save()
    page.reload()
    page.get_by_role("button", name="在本页重算").click()
    page.get_by_text("重算不一致。“常规”层抽中的对象不一致").wait_for()


def _recomputed(page, folder):
    """The stratum and the slips that the downloaded program draws from the downloaded file, in a Python that knows nothing of the platform."""
    with page.expect_download() as data:
        page.get_by_role("link", name="数据文件").click()
    data.value.save_as(folder / "draw.json")
    link = page.get_by_role("link", name="重算程序").get_attribute("href")
    (folder / "program.py").write_bytes(page.request.get(page.url.split("/inspections/")[0] + link).body())
    ran = subprocess.run(
        [sys.executable, "-I", "program.py", "draw.json"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={},
        check=True,
    )
    drawn, verdict = ran.stdout.splitlines()
    assert verdict == "一致"
    return drawn.split()
