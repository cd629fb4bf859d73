"""An edition moves as the README draws it, and is called by its days: its first and its last are its own."""

from datetime import date

import pytest

from credit_platform.editions.rules import LABELS, MOVES, EditionState, next_state, status
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
