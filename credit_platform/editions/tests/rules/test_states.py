"""An edition moves as the README draws it, and is called by its days: its first and its last are its own."""

from datetime import date

import pytest

from credit_platform.editions.rules import LABELS, MOVES, EditionState, common_days, next_state, status, why_not
from credit_platform.errors import Conflict
from tests.days import around
from tests.diagrams import drawn, readme

FIRST, LAST = date(2026, 4, 1), date(2026, 11, 30)


def test_the_table_is_the_diagram():
    assert drawn(readme("credit_platform/editions/README.md")) == MOVES
    assert set(LABELS) == set(EditionState)


def test_what_is_not_drawn_is_refused_in_the_words_of_the_list():
    with pytest.raises(Conflict, match="该目录版本当前为“已发布”") as refused:
        next_state("issued", "edit", code="catalogue", what="目录")
    assert refused.value.code == "catalogue.state"
    assert refused.value.mend == "请编制新版本后再修改。"
    assert next_state("issued", "repeal", code="catalogue", what="目录") is EditionState.REPEALED


def test_what_it_is_called_on_a_day():
    assert around(FIRST, lambda day: status("issued", FIRST, LAST, day)) == ("自2026年4月1日起施行", "现行", "现行")
    assert around(LAST, lambda day: status("issued", FIRST, LAST, day)) == ("现行", "现行", "已被替代")
    assert status("issued", FIRST, None, date(2099, 1, 1)) == "现行"
    assert [status(state, FIRST, LAST, FIRST) for state in ("draft", "repealed")] == ["编制中", "已废止"]


def test_an_entry_holds_on_the_days_that_all_have_in_common():
    assert common_days([FIRST, None], [None, None]) == (FIRST, None)
    assert common_days([FIRST, date(2026, 6, 1)], [LAST, date(2026, 8, 1)]) == (date(2026, 6, 1), date(2026, 8, 1))


def test_why_an_entry_is_not_in_force():
    def told(day, ends=LAST, state="issued"):
        return why_not("2026版", state, (FIRST, ends), day, what="事项", so="不能承诺。")

    assert around(FIRST, told) == ("本事项自2026年4月1日起施行。", "", "")
    assert around(LAST, told) == ("", "", "本事项自2026年11月30日后不再列入清单，不能承诺。")
    assert told(date(2099, 1, 1), ends=None) == ""
    assert told(FIRST, state="repealed") == "“2026版”已经废止，不能承诺。"
