"""A citizen's number is no key of anything public: not in the search, an address, the API, a feed, an export."""

from __future__ import annotations

import logging

import pytest

from disclosure.actions import review
from disclosure.models import Disclosure
from disclosure.tests.factories import ReviewerFactory
from records.actions.entry import enter
from records.privacy.kinds import counted
from records.tests import factories as ledger
from records.tests.test_personal_numbers import ID, WRITTEN, trader

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(market_bureau, alice_clerk) -> Disclosure:
    ledger.PenaltyEntryFactory()
    row = trader(
        1,
        market_bureau,
        CF_XDR_SWDJ=ID,
        CF_CFLB="责令停产停业",
        CF_NR="责令停产停业三个月。",
        CF_NR_FK=None,
        BZ=f"经营者{ID}",
        CF_SY=f"当事人王某（身份证{ID}）销售超过保质期的食品。",
    )
    record = enter("penalty-2018", row, by=alice_clerk, department=market_bureau)
    disclosure = Disclosure.objects.get(record=record)
    review.submit(disclosure, by=alice_clerk)
    reviewer = ReviewerFactory(department=market_bureau)
    disclosure.refresh_from_db()
    return review.approve_and_publish(disclosure, by=reviewer)


ADDRESSES = [
    "/search/?q={n}",
    "/search/?x=1&q={n}",
    "/subjects/{n}/",
    "/api/v1/subjects/{n}/",
    "/statistics/?q={n}",
    "/api/v1/disclosures/?q={n}",
    "/disclosure/penalties/?q={n}",
    "/disclosure/penalties/?export=csv&q={n}",
    "/disclosure/rss/penalties.xml?q={n}",
    "/disclosure/{n}/",
    "/{n}",
    "/help/?{n}",
]


@pytest.mark.parametrize("written", [*WRITTEN, ID.replace("7", "７"), ID[:17] + "x" * (ID[17] == "X") + ID[17:]])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_finds_tells_or_logs_it(published, client, address, written, caplog):
    with caplog.at_level(logging.INFO):
        answer = client.get(address.format(n=written))
    page = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
    assert answer.status_code in (200, 400, 404)
    assert published.subject_name not in page
    assert counted(page) == {}
    assert written not in page
    assert "Location" not in answer
    assert not any(counted(each.getMessage()) for each in caplog.records if each.name != "django.db.backends")


def test_the_search_says_so_in_plain_words(published, client):
    answer = client.get("/search/", {"q": ID})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "本站不提供自然人信用信息查询" in page
    assert "没有找到相关主体或文书" not in page
    found = client.get("/search/", {"q": published.subject_name}).content.decode()
    assert published.subject_code in found


@pytest.mark.parametrize("part", [ID[:17], ID[:14], ID[:8], ID[6:]])
def test_a_part_of_it_finds_nothing(published, client, part):
    assert published.subject_name not in client.get("/search/", {"q": part}).content.decode()
    assert client.get(f"/subjects/{part}/").status_code == 404


def test_its_address_is_like_any_unknown_one(published, client):
    unknown = client.get("/subjects/91230102MA1B00099X/")
    asked = client.get(f"/subjects/{ID}/")
    assert (asked.status_code, unknown.status_code) == (404, 404)
    assert asked.content.decode().count("没有找到您要看的内容") == unknown.content.decode().count(
        "没有找到您要看的内容"
    )


def test_nothing_that_is_shown_holds_it(published, client):
    for address in (
        f"/subjects/{published.subject_code}/",
        f"/disclosure/{published.public_id}/",
        f"/api/v1/subjects/{published.subject_code}/",
        f"/api/v1/disclosures/{published.public_id}/",
        "/disclosure/penalties/",
        "/disclosure/penalties/?export=csv",
        "/disclosure/penalties/?export=xlsx",
        "/",
    ):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200, address
        assert ID.encode() not in body, address
        assert b"230102****" not in body, address


def test_the_page_before_is_not_repeated_either(published, client):
    answer = client.get("/subjects/unknown/", headers={"referer": f"http://testserver/search/?q={ID}"})
    assert ID not in answer.content.decode()
