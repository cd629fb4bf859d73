"""The public face read as an outsider: nothing of what stopped is found anywhere, and what a stale cache still shows is."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse

from casework.models import Case, Notice
from casework.tests import kit
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import AuditorFactory, CreditOfficeFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from credit_platform.metrics.state import copies
from credit_platform.web import worklists
from disclosure import actions
from disclosure.models import Disclosure, DisclosureChange
from disclosure.tests.factories import PublishedFactory, RepairedFactory
from patrols import reading
from patrols.actions import alarms
from patrols.actions.patrolling import ABANDONED, begin, patrol
from patrols.models import Patrol, PatrolAlarm, PatrolFinding
from patrols.outsider import Answer, Outsider, outsider
from patrols.readers import Exposure, Reader
from patrols.rules import ALARM, RUN_LABELS, RUN_MOVES, had_time, public_ids_in
from patrols.tests.conftest import TODAY
from tests.diagrams import moves_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
STALE = (
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.middleware.cache.FetchFromCacheMiddleware",
)

test_diagram = kit.diagram(ALARM, README)


def test_the_diagram_of_a_run_tells_its_moves():
    told = {move for move in moves_of(README) if move[0] in RUN_LABELS}
    assert told == {(state, verb, end) for (state, verb), end in RUN_MOVES.items()}


def repaired(item: Disclosure) -> Disclosure:
    done = actions.repair(item, by=CreditOfficeFactory(), reason="准予修复")
    DisclosureChange.objects.number_pending()
    return done


class Stale:
    """A cache in front that goes on with an answer that it has already."""

    def __init__(self) -> None:
        self.inside, self.kept = outsider().door, {}

    def keep(self, *addresses: str) -> None:
        for address in addresses:
            self.kept[address] = self.inside(address)

    def __call__(self, address: str):
        return self.kept.get(address) or self.inside(address)

    def send(self, address: str, fields):
        return self.inside.send(address, fields)


def test_after_a_repair_an_outsider_finds_nothing_of_the_record(clock):
    item = PublishedFactory()
    DisclosureChange.objects.create(disclosure=item, event="appeared")
    before = [place for place in reading.places(item) if item.public_id in outsider().get(place).text]
    assert len(before) >= 5  # the reader does look where the item is
    repaired(item)
    clock(5)
    run = patrol()
    assert (run.state, run.found, run.problems) == ("done", 0, [])
    assert run.addresses > 10
    assert not list(reading.look_for(Disclosure.objects.get(pk=item.pk), outsider()))


@pytest.mark.parametrize("which", range(6))
def test_a_stale_page_is_found_wherever_it_lies_and_raises_the_alarm(clock, which):
    office = CreditOfficeFactory()
    item = PublishedFactory()
    shown = [reverse("public:disclosure", args=[item.public_id]), *reading.places(item)]
    places = [place for place in shown if item.public_id in outsider().get(place).text or place == shown[0]]
    door = Stale()
    door.keep(places[which % len(places)])
    repaired(item)
    clock(5)
    run = patrol(through=Outsider(door))
    assert (run.found >= 1, run.fresh >= 1) == (True, True)
    assert {each.public_id for each in PatrolFinding.objects.open()} == {item.public_id}
    case = PatrolAlarm.objects.get(is_open=True).case
    assert (case.department, Notice.objects.get(case=case).office) == (office.department, True)
    section = next(each for each in worklists.sections(office, TODAY) if each.title == "公示巡查发现的问题")
    assert section.size == run.found
    assert {each.name: each.value for each in copies()}["credit_patrol_findings_open"] == run.found


def test_a_page_on_the_list_face_that_went_stale_is_found_by_its_ids(clock):
    item = PublishedFactory()
    door = Stale()
    door.keep("/disclosure/penalties/")
    repaired(item)
    clock(5)
    found = list(reading.read_wide(Outsider(door), TODAY))
    assert [(each.address, each.public_id) for each in found] == [("/disclosure/penalties/", item.public_id)]


def test_a_whole_site_behind_a_cache_that_does_not_let_go(clock, settings):
    cache.clear()
    item = PublishedFactory()
    settings.MIDDLEWARE = [STALE[0], *settings.MIDDLEWARE, STALE[1]]
    address = reverse("public:disclosure", args=[item.public_id])
    assert outsider().get(address).status == 200
    repaired(item)
    clock(5)
    try:
        assert address in {each.address for each in reading.look_for(Disclosure.objects.get(pk=item.pk), outsider())}
    finally:
        cache.clear()


def test_what_stopped_a_minute_ago_may_still_lie_in_a_cache(clock):
    item = PublishedFactory()
    door = Stale()
    door.keep(reverse("public:disclosure", args=[item.public_id]))
    repaired(item)
    clock(1)
    assert patrol(through=Outsider(door)).found == 0
    clock(5)
    assert patrol(through=Outsider(door)).found == 1


def test_a_finding_stands_until_it_is_gone_and_is_told_once(clock):
    CreditOfficeFactory()
    item = PublishedFactory()
    door = Stale()
    door.keep(reverse("public:disclosure", args=[item.public_id]))
    repaired(item)
    clock(5)
    assert [patrol(through=Outsider(door)).fresh for _ in range(2)] == [1, 0]
    case = Case.objects.get(procedure=ALARM.slug)
    assert case.notices.count() == 1
    office = CreditOfficeFactory()
    given = {"cause": "缓存未失效", "responsible": "市大数据中心", "reason": "已清除缓存", "by": office}
    with pytest.raises(Refused) as refused:
        alarms.close(case, **given)
    assert "patrol.open" in {each.rule for each in refused.value.findings}
    assert patrol().found == 0
    assert PatrolFinding.objects.get().settled_on == TODAY
    assert alarms.close(case, **given).state == "closed"
    assert AuditEntry.objects.filter(verb="patrols.alarm.close").exists()


def test_a_part_that_cannot_be_read_is_told_and_settles_nothing(clock):
    CreditOfficeFactory()

    def broken(reader, on):
        raise OSError("away")

    once = Reader("faces", "公开页面", lambda reader, on: [Exposure("/a/", "", "还在。")])
    assert patrol(parts=[once]).fresh == 1
    run = patrol(parts=[Reader("faces", "公开页面", broken)])
    assert (run.problems, run.is_clean, PatrolFinding.objects.open().count()) == (["公开页面（OSError）"], False, 1)
    assert "未能读取：公开页面" in Notice.objects.order_by("-pk").first().text


def test_one_patrol_at_a_time_and_one_that_died_is_abandoned(clock):
    begin(TODAY, by=SYSTEM, way="平台内部")
    with pytest.raises(Conflict):
        patrol(parts=[])
    clock(int(ABANDONED.total_seconds() / 60) + 1)
    patrol(parts=[])
    assert [each.state for each in Patrol.objects.order_by("pk")] == ["broken", "done"]


def test_an_id_that_was_never_given_is_found_too():
    answer = Answer("/", 200, '<a href="/disclosure/abcdefghjkmn/">', None)
    (found,) = reading.hidden_on(answer, public_ids_in(answer.text), TODAY)
    assert "不存在" in found.what


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('href="/disclosure/abcdefghjkmn/"', {"abcdefghjkmn"}),
        ('{"public_id": "abcdefghjkmn"}', {"abcdefghjkmn"}),
        ("/disclosure/penalties/", set()),
        ("/disclosure/abcdefghjkmno/", set()),
    ],
)
def test_ids_are_known_by_their_address_or_field(text, ids):
    assert public_ids_in(text) == ids
    assert had_time(None, TODAY)


def test_too_many_questions_are_asked_again(monkeypatch):
    waited, answers = [], iter([(429, 7, b""), (200, 1, "好".encode())])
    monkeypatch.setattr("patrols.outsider.time.sleep", waited.append)
    assert Outsider(lambda address: next(answers)).get("/").text == "好"
    assert waited == [7]


def test_who_may_order_and_the_pages(client, clock):
    RepairedFactory()
    auditor = AuditorFactory()
    with pytest.raises(Forbidden):
        patrol(by=auditor, parts=[])
    patrol(parts=[Reader("faces", "公开页面", lambda reader, on: [Exposure("/a/", "abcdefghjkmn", "还在。")])])
    client.force_login(CreditOfficeFactory())
    page = client.get(reverse("patrol:list")).content.decode()
    assert "abcdefghjkmn" in page
    export = client.get(reverse("patrol:list"), {"export": "csv", "settled": "no"})
    assert "abcdefghjkmn" in b"".join(export.streaming_content).decode("utf-8-sig")
    assert client.get(reverse("patrol_alarm:cases")).status_code == 200
