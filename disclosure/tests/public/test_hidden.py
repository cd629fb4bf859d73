"""What must not be shown is not there: in no page, export, feed, site map or interface, and nothing hints at it."""

from datetime import date, timedelta

import pytest

from disclosure.models import DisclosureChange
from disclosure.rules.states import State
from disclosure.tests.public import factories as made

HIDDEN = [state for state in State if state is not State.PUBLISHED]
YESTERDAY = made.TODAY - timedelta(days=1)


def everywhere(client, row):
    """Every text in which a disclosure could appear, by address."""
    DisclosureChange.objects.create(disclosure=row, event=DisclosureChange.Event.APPEARED)
    code = row.subject.code
    paths = [
        "/", f"/search/?q={row.document_number}", f"/subjects/{code}/", "/disclosure/penalties/", "/disclosure/permits/",
        "/disclosure/penalties/?export=csv", "/disclosure/rss/penalty.xml", "/disclosure/rss/permit.xml",
        "/sitemap-disclosures-0.xml", f"/api/v1/subjects/{code}/", "/api/v1/disclosures/", "/disclosure/permits/?export=csv",
    ]  # fmt: skip
    found = {}
    for path in paths:
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[path] = body.decode()
    return found


def assert_absent(client, row):
    for path, text in everywhere(client, row).items():
        shown = text.replace(f"“{row.document_number}”", "").replace(f'value="{row.document_number}"', "")
        assert row.public_id not in shown, path
        assert row.document_number not in shown, path


def test_what_is_shown_is_found_in_each_of_these_places(client):
    row = made.ShownPenaltyFactory()
    present = [
        path for path, text in everywhere(client, row).items() if row.document_number in text or row.public_id in text
    ]
    assert len(present) == 9


@pytest.mark.parametrize("state", HIDDEN)
def test_no_other_state_is_found_anywhere(client, state):
    assert_absent(client, made.in_state(state))


@pytest.mark.parametrize("state", [state for state in HIDDEN if state is not State.WITHDRAWN])
def test_a_hidden_one_answers_exactly_like_one_that_never_existed(client, state):
    row = made.in_state(state, public_note="异议核查")
    hidden, never = client.get(f"/disclosure/{row.public_id}/"), client.get("/disclosure/neverexisted/")
    assert hidden.status_code == never.status_code == 404
    assert hidden.content.decode().replace(row.public_id, "neverexisted") == never.content.decode()
    same = {"Content-Type", "Vary", "Cache-Control", "ETag"}
    assert {name: hidden.get(name) for name in same} == {name: never.get(name) for name in same}


def test_dates_decide_even_when_no_sweep_ran(client):
    row = made.ShownPenaltyFactory(ends_on=YESTERDAY)
    assert row.state == State.PUBLISHED
    assert client.get(f"/disclosure/{row.public_id}/").status_code == 404
    assert client.get(f"/api/v1/disclosures/{row.public_id}/").status_code == 404
    assert_absent(client, row)


def test_the_last_day_itself_is_shown(client):
    row = made.ShownPenaltyFactory(ends_on=made.TODAY)
    assert client.get(f"/disclosure/{row.public_id}/").status_code == 200


def test_what_is_to_be_published_tomorrow_is_not_shown_today(client):
    row = made.ShownPenaltyFactory(published_on=made.TODAY + timedelta(days=1))
    assert client.get(f"/disclosure/{row.public_id}/").status_code == 404


def test_a_withdrawn_one_leaves_its_public_note_and_nothing_else(client):
    row = made.in_state(State.WITHDRAWN, shown={"CF_NR": "罚款五万元"})
    answer = client.get(f"/disclosure/{row.public_id}/")
    assert answer.status_code == 410
    page = answer.content.decode()
    assert row.public_note in page
    assert row.subject_name not in page
    assert "罚款五万元" not in page
    assert row.ended_why not in page
    assert client.get(f"/api/v1/disclosures/{row.public_id}/").status_code in (404, 410)


@pytest.mark.parametrize(
    "values", [{"public_note": ""}, {"published_on": None, "published_at": None}, {"ends_on": YESTERDAY}]
)
def test_without_a_note_or_a_running_period_a_withdrawn_one_never_existed(client, values):
    row = made.in_state(State.WITHDRAWN, **values)
    assert client.get(f"/disclosure/{row.public_id}/").status_code == 404


def test_an_edited_record_does_not_reach_the_public(client):
    row = made.ShownPenaltyFactory()
    row.record.content |= {"CF_NR": "改后的内容"}
    row.record.save(update_fields=["content"])
    assert all("改后的内容" not in text for text in everywhere(client, row).values())
    assert "改后的内容" not in client.get(f"/disclosure/{row.public_id}/").content.decode()


def test_a_correction_of_the_day_moves_nothing_out_of_sight(client):
    row = made.ShownPermitFactory(corrected_on=date(2026, 11, 20), needs_correction=True)
    assert client.get(f"/disclosure/{row.public_id}/").status_code == 200
