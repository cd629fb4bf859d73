"""What search engines are told."""

import xml.etree.ElementTree as ElementTree
from datetime import date

from disclosure.public import sitemaps
from disclosure.tests.public import factories as made
from records.tests import factories as ledger

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def addresses(client, path):
    answer = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return [each.text for each in ElementTree.fromstring(body).iterfind(".//s:loc", NAMES)]


def test_robots_leave_staff_and_interfaces_alone(client):
    text = client.get("/robots.txt").content.decode()
    for path in ("/desk/", "/admin/", "/api/", "/window/", "/accounts/", "/my/"):
        assert f"Disallow: {path}\n" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_files_split_by_key_hold_everything_once(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "SPAN", 2)
    rows = {f"http://testserver/disclosure/{made.ShownPermitFactory().public_id}/" for _ in range(5)}
    files = addresses(client, "/sitemap.xml")
    listed = [each for path in files if "disclosures" in path for each in addresses(client, path)]
    assert sorted(listed) == sorted(rows)
    assert len([path for path in files if "disclosures" in path]) > 2


def test_subjects_with_a_page_are_listed_and_merged_ones_are_not(client):
    subject, trader = ledger.SubjectFactory(), ledger.SoleTraderFactory()
    merged = ledger.SubjectFactory(merged_into=subject)
    person = ledger.PersonFactory()
    listed = [
        each for path in addresses(client, "/sitemap.xml") if "subjects" in path for each in addresses(client, path)
    ]
    assert f"http://testserver/subjects/{subject.code}/" in listed
    assert f"http://testserver/subjects/{trader.code}/" in listed
    assert len(listed) == 2
    assert merged.code not in str(listed)
    assert person.name not in str(listed)


def test_the_day_of_a_correction_is_told(client):
    made.ShownPermitFactory(corrected_on=date(2026, 11, 20))
    number = addresses(client, "/sitemap.xml")[-1]
    assert "<lastmod>2026-11-20</lastmod>" in b"".join(client.get(number).streaming_content).decode()


def test_the_pages_themselves_answer(client):
    for address in addresses(client, "/sitemap-pages-0.xml"):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200
