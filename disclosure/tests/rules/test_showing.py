"""What the public saw on a day that is over: by the dates of the version, and by the moments between which it stood."""

from datetime import date, datetime, timedelta

import pytest

from disclosure.rules.showing import Seen, Version, seen_on
from tests.days import around

DAY = date(2026, 11, 23)
BEGINS = datetime(2026, 11, 23)
ENDS = datetime(2026, 11, 24)
NOON = BEGINS + timedelta(hours=12)
INSTANT = timedelta(microseconds=1)


def version(number=1, written=BEGINS - timedelta(days=9), **more):
    told = {
        "key": number,
        "state": "published",
        "published_on": DAY - timedelta(days=9),
        "ends_on": None,
        "waits": False,
    }
    return Version(number=number, written=written, **(told | more))


def seen(*versions):
    return seen_on(versions, DAY, begins=BEGINS, ends=ENDS)


def test_shown_from_the_day_of_publication_on():
    assert around(DAY, version(published_on=DAY).visible) == (False, True, True)


def test_shown_through_the_last_day():
    assert around(DAY, version(ends_on=DAY).visible) == (True, True, False)
    assert around(DAY, version(ends_on=DAY, waits=True).visible) == (True, True, True)


@pytest.mark.parametrize("state", ["draft", "approved", "suspended", "withdrawn", "ended", "repaired", "exempt"])
def test_no_other_state_is_shown(state):
    assert not version(state=state).visible(DAY)


def test_without_a_day_of_publication_nothing_is_shown():
    assert not version(published_on=None).visible(DAY)


def test_the_only_version_was_shown_until_the_end_of_the_day():
    only = version()
    assert seen(only) == Seen(only, True)
    assert seen(version(state="draft")) is None


@pytest.mark.parametrize(
    ("moment", "was_seen", "until_end"),
    [
        (BEGINS - INSTANT, False, None),
        (BEGINS, False, None),
        (BEGINS + INSTANT, True, False),
        (NOON, True, False),
        (ENDS - INSTANT, True, False),
        (ENDS, True, True),
        (ENDS + INSTANT, True, True),
    ],
)
def test_taken_down_at_a_moment(moment, was_seen, until_end):
    shown = version(1, replaced=moment)
    found = seen(shown, version(2, written=moment, state="suspended"))
    assert found == (Seen(shown, until_end) if was_seen else None)


@pytest.mark.parametrize(
    ("moment", "was_seen"),
    [(BEGINS - INSTANT, True), (BEGINS, True), (ENDS - INSTANT, True), (ENDS, False), (ENDS + INSTANT, False)],
)
def test_put_up_at_a_moment(moment, was_seen):
    shown = version(2, written=moment)
    assert seen(version(1, state="approved", replaced=moment), shown) == (Seen(shown, True) if was_seen else None)


def test_the_last_face_of_the_day_is_the_one_that_was_seen():
    first, second = version(1, replaced=NOON), version(2, written=NOON)
    assert seen(first, second) == Seen(second, True)
    third = version(3, written=NOON + timedelta(hours=1), state="suspended")
    assert seen(first, version(2, written=NOON, replaced=third.written), third).until_end is False


def test_what_was_replaced_in_the_moment_of_its_writing_was_never_seen():
    first, second = version(1, replaced=NOON), version(2, written=NOON, state="suspended", replaced=NOON)
    third = version(3, written=NOON)
    assert seen(first, second, third) == Seen(third, True)
    corrected = version(2, written=NOON, replaced=NOON)
    gone = version(3, written=NOON, state="suspended")
    assert seen(first, corrected, gone) == Seen(first, False)


def test_shown_again_after_a_pause_in_the_same_day():
    pause, back = NOON, NOON + timedelta(hours=1)
    again = version(3, written=back)
    assert seen(version(1, replaced=pause), version(2, written=pause, state="suspended", replaced=back), again) == Seen(
        again, True
    )


def test_a_version_of_the_day_after_changes_nothing():
    today = version(1, replaced=ENDS + timedelta(hours=3))
    assert seen(today, version(2, written=today.replaced, state="suspended")) == Seen(today, True)


def test_what_was_changed_past_the_application_begins_when_the_history_took_it_in():
    """The row names no new moment of its own: neither its number nor its time moved."""
    before = version(1, replaced=NOON)
    past_it = version(1, written=before.written, state="suspended")
    assert seen(before, past_it) == Seen(before, False)
    assert seen(version(1, replaced=BEGINS), past_it) is None


def test_a_new_number_alone_or_a_new_moment_alone_is_an_action():
    late = ENDS + timedelta(days=2)
    before = version(1, replaced=late)
    assert seen(before, version(2, written=before.written, state="suspended")) is None, "by its own moment, long ago"
    assert seen(before, version(1, written=NOON, state="suspended")) == Seen(before, False)


def test_moments_never_run_backwards():
    first = version(1, replaced=ENDS + INSTANT)
    second = version(2, written=ENDS + INSTANT, replaced=ENDS + 2 * INSTANT, state="suspended")
    third = version(3, written=BEGINS, state="suspended")
    assert seen(first, second, third) == Seen(first, True)
