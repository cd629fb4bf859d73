"""Natural persons: a masked name on their permit, and nothing that leads to them."""

import io

import openpyxl
import pytest

from disclosure.models import DisclosureChange
from disclosure.tests.public import factories as made
from records.sealed_places import number_of

NAME = "欧阳小某"


@pytest.fixture
def permit():
    row = made.PersonPermitFactory()
    DisclosureChange.objects.create(disclosure=row, event=DisclosureChange.Event.APPEARED)
    return row


@pytest.fixture
def number(permit):
    return number_of(permit.subject)


PATHS = [
    "/", "/disclosure/permits/", "/disclosure/permits/?export=csv", "/disclosure/rss/permit.xml", "/disclosure/{id}/",
    "/search/?q={document}", "/api/v1/disclosures/", "/api/v1/disclosures/{id}/", "/api/v1/changes/?after=0",
    "/sitemap-disclosures-0.xml", "/sitemap-subjects-0.xml",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_neither_name_nor_number_leaks(client, permit, number, path):
    answer = client.get(path.format(id=permit.public_id, document=permit.document_number))
    assert answer.status_code == 200
    text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    assert NAME not in text
    assert number not in text
    assert number[-6:] not in text
    assert permit.subject.id_hash not in text


def test_the_workbook_shows_the_masked_name_only(client, permit, number):
    answer = client.get("/disclosure/permits/?export=xlsx")
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    )
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert "欧阳**" in cells
    assert not any(NAME in cell or number in cell for cell in cells)


def test_the_page_masks_the_name_and_asks_search_engines_to_stay_away(client, permit):
    page = client.get(f"/disclosure/{permit.public_id}/").content.decode()
    assert "欧阳**" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "/subjects/" not in page


@pytest.mark.parametrize("words", [NAME, "欧阳", "小某"])
def test_a_person_is_not_found_by_name(client, permit, words):
    page = client.get("/search/", {"q": words}).content.decode()
    assert permit.public_id not in page
    assert "没有找到" in page
    listed = client.get("/disclosure/permits/", {"q": words}).content.decode()
    assert permit.public_id not in listed


def test_a_person_is_not_found_by_number(client, permit, number):
    page = client.get("/search/", {"q": number}).content.decode()
    assert permit.public_id not in page
    assert client.get(f"/subjects/{number}/").status_code == 404


def test_the_site_map_leaves_persons_out(client, permit):
    firm = made.ShownPermitFactory()
    text = b"".join(client.get("/sitemap-disclosures-0.xml").streaming_content).decode()
    assert firm.public_id in text
    assert permit.public_id not in text
