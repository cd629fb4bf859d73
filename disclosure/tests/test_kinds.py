"""Kinds are told by who owns them: a new one is one value, and nothing below its owner spells it."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from commitments.kinds import KINDS as OF_COMMITMENTS
from declarations.kinds import VOLUNTARY
from disclosure import kinds
from disclosure.kinds import Doubted, Kind, Withheld, kind
from disclosure.models import Disclosure
from disclosure.own_kinds import OWN_KINDS
from disclosure.public import entries
from disclosure.rules import who_is_shown
from disclosure.rules.facts import Facts
from disclosure.tests.public import factories as made
from sanctions.corrections.registered import TALKED
from sanctions.kinds import KINDS as OF_SANCTIONS
from supervision.complaints.kinds import COMPLAINT as OF_COMPLAINTS
from supervision.grading.kinds import EVALUATION

ROOT = Path(__file__).parents[2]
TOY = Kind(
    code="toy",
    label="玩具",
    parts=("玩法", "玩者", "发牌"),
    day_word="开局",
    number_label="牌号",
    said_by="发牌",
    serious=True,
    withheld=(Withheld("outcome", ("弃牌",), "弃牌的不公示。"),),
    doubted=Doubted("反映作弊", "/toys/{public_id}/cheat/"),
)


@pytest.fixture
def toy(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(TOY)
    return TOY


def test_every_app_tells_its_own_in_the_order_of_the_menus():
    own = (*OWN_KINDS, *OF_COMMITMENTS, VOLUNTARY, *OF_SANCTIONS, TALKED)
    assert kinds.kinds() == (*own, EVALUATION, OF_COMPLAINTS)


def test_the_same_kind_twice_is_harmless_and_another_of_its_code_is_not(toy):
    kinds.register(toy)
    with pytest.raises(ValueError, match="toy"):
        kinds.register(Kind(code="toy", label="另一种"))


def test_a_kind_of_this_city_alone_has_the_common_words():
    assert kind("local") == Kind(code="local", label="其他公共信用信息")
    assert "local" not in kinds.TIMED


def test_views_of_the_registry_follow_it():
    assert "toy" not in kinds.EVERY
    before = list(kinds.TIMED)
    assert before == [each.code for each in OWN_KINDS if each.code != "registration"]
    assert list(kinds.OWN_WORD) == ["voluntary"]
    assert list(kinds.BESIDE) == ["registration", "voluntary"]


def test_a_new_kind_is_chosen_in_the_forms_of_the_desk_without_another_line(toy):
    from disclosure.queries.desk import DeskFilter
    from disclosure.views.statistics import AskForm

    assert ("toy", "玩具") in list(AskForm().fields["kind"].choices)
    assert ("toy", "玩具") in list(DeskFilter().form.fields["kind"].choices)


def facts(of: str, **more) -> Facts:
    return Facts(**({"kind": of, "subject_kind": "legal", "decided_on": date(2026, 3, 2)} | more))


def test_what_a_row_says_of_itself_is_withheld_as_its_kind_tells(toy):
    assert who_is_shown.by_the_record(facts("toy", outcome="弃牌")) == "弃牌的不公示。"
    assert who_is_shown.by_the_record(facts("toy", outcome="胡牌")) == ""
    assert who_is_shown.by_the_record(facts("permit", outcome="弃牌")) == ""
    assert "违诺决定" in who_is_shown.by_the_record(facts("commitment-fulfilment", outcome="未履行"))
    assert "无效" in who_is_shown.by_the_record(facts("permit", state="2"))


def test_natural_persons_are_shown_where_the_kind_says_so(toy):
    shown = [each.code for each in kinds.kinds() if not who_is_shown.by_rule(facts(each.code, subject_kind="person"))]
    assert shown == ["permit", "act-award", "commitment", "commitment-fulfilment", "list-entry", "list-red"]
    assert who_is_shown.by_rule(facts("penalty", subject_kind="person")).startswith("自然人的行政处罚信息")


@pytest.mark.django_db
def test_the_page_reads_as_the_kind_tells(toy):
    made.ShownPenaltyFactory()
    row = entries.with_standard(Disclosure.objects.all()).get()
    row.kind = "toy"
    assert [part.title for part in entries.parts(row)] == ["玩法", "玩者", "发牌"]
    assert entries.source(row) == f"{row.authority.name}发牌并报送。"
    assert entries.steps(row, date(2026, 11, 23)) == [("反映作弊", f"/toys/{row.public_id}/cheat/")]
    [entry] = entries.entries([row], date(2026, 11, 23))
    page = render_to_string("disclosure/public/_entry.html", {"entry": entry})
    assert "is-serious" in page
    assert "开局</time>" in page
    assert "<dt>牌号</dt>" in page


def test_no_template_asks_for_the_code_of_a_kind():
    codes = "|".join(map(re.escape, kinds.EVERY))
    asked = re.compile(rf"""kind\s*(==|!=)\s*["']({codes})["']""")
    found = [
        str(each.relative_to(ROOT)) for each in (ROOT / "templates").rglob("*.html") if asked.search(each.read_text())
    ]
    assert found == []
