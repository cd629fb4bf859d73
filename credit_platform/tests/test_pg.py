"""What goes in by COPY comes out the same, whatever signs it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from credit_platform.pg import copy_into_new, copy_rows, execute, query

TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            "\\",
            "\\N",
            "\\.",
            "\t",
            "\n",
            "\r",
            "\r\n",
            '"',
            "'",
            ",",
            "a\tb",
            "\\x41",
            "\\\\",
            " ",
            "示范",
            "{}",
            '{"a": "\\n"}',
        ]
    ),
    st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12),
)
ROWS = st.lists(
    st.tuples(TEXTS, st.one_of(st.none(), TEXTS), st.one_of(st.none(), st.integers(-9, 9)), st.binary(max_size=4)),
    max_size=6,
)


class RoundTrip(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(rows=ROWS)
    def test_every_text_comes_out_as_it_went_in(self, rows):
        execute("DROP TABLE IF EXISTS pg_temp.copied")
        execute("CREATE TEMP TABLE copied (place serial, a text, b text, c int, d bytea)")
        count = copy_rows(
            "copied", ("a", "b", "c", "d"), [(a, b, c, "\\x" + d.hex()) for a, b, c, d in rows], texts=("a",)
        )
        found = [(a, b, c, bytes(d)) for a, b, c, d in query("SELECT a, b, c, d FROM copied ORDER BY place")]
        assert count == len(rows)
        # An empty text is NULL where it was not asked to stay: the staging table's columns that may be NULL.
        assert found == [(a, b or None, c, d) for a, b, c, d in rows]

    @settings(max_examples=60, deadline=None)
    @given(rows=ROWS)
    def test_so_do_verdicts(self, rows):
        copy_into_new("verdicts_copied", (("a", "text"), ("b", "text"), ("c", "int")), [row[:3] for row in rows])
        assert sorted(map(repr, query("SELECT a, b, c FROM verdicts_copied"))) == sorted(repr(row[:3]) for row in rows)


@pytest.mark.django_db
def test_rows_that_need_several_messages_all_arrive(monkeypatch):
    monkeypatch.setattr("credit_platform.pg._CHUNK", 10)
    execute("CREATE TEMP TABLE copied_many (n int, a text) ON COMMIT DROP")
    assert copy_rows("copied_many", ("n", "a"), ((n, "示范" * 5) for n in range(7)), texts=("a",)) == 7
    assert [n for (n,) in query("SELECT n FROM copied_many ORDER BY n")] == list(range(7))
