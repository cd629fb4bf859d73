"""No file below an app spells its name: what an app owns is registered from above, and a new one needs no line here.

What remains stands in EXCEPTIONS with its reason. The list only shrinks: an entry that is no longer needed fails too.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOUSE = ("credit_platform/web", "credit_platform/accounts", "credit_platform/audit", "credit_platform/workdays")
HOUSE = (*HOUSE, "records", "disclosure", "companies", "casework", "commitments", "sanctions")
"""From the bottom up; templates of an app lie in `templates/<app>`."""
NAMES = {
    "commitments": re.compile(r"commitment|voluntary|/declarations/|XYCN|XYLY|XYWN|ZZSB", re.IGNORECASE),
    "sanctions": re.compile(r"\bsanctions\b|list-entry|list-red|list-watch|list-abnormal", re.IGNORECASE),
    "casework": re.compile(r"\bcasework\b", re.IGNORECASE),
    "companies": re.compile(r"\bcompanies[.:/]|\bCompanyAccount\b|/my/"),
    "disclosure": re.compile(r"\bfrom disclosure\b|\bimport disclosure\b|disclosure_disclosure\b"),
}
"""How a file would spell an app that stands above it. Names that are words of the language too are looked for as addresses and imports."""
MENU = "menu and front pages of the public site follow the contract of addresses, and are one text"
EXCEPTIONS = {
    ("commitments", "credit_platform/web/navigation.py"): MENU,
    ("commitments", "templates/disclosure/public/about.html"): MENU,
    ("commitments", "templates/disclosure/public/home.html"): MENU,
    ("commitments", "templates/disclosure/public/open_data.html"): MENU,
    ("companies", "templates/kit/public_base.html"): MENU,
    ("companies", "disclosure/public/sitemaps.py"): "what search engines leave alone is one list for the whole site",
    ("commitments", "records/models/catalogue.py"): "two categories of the national base catalogue are called so",
}


def sources(room: str) -> list[Path]:
    """The code and templates of a room; migrations are history, tests may look upward."""
    code = [each for each in (ROOT / room).rglob("*.py") if not {"tests", "migrations"} & set(each.parts)]
    return code + list((ROOT / "templates" / Path(room).name).rglob("*.html"))


def spelled() -> set[tuple[str, str]]:
    found = set()
    for app, name in NAMES.items():
        below = HOUSE[: HOUSE.index(app)]
        files = [each for room in below for each in sources(room)] + list((ROOT / "templates" / "kit").rglob("*.html"))
        found |= {(app, str(each.relative_to(ROOT))) for each in files if name.search(each.read_text(encoding="utf-8"))}
    return found


def test_no_file_below_an_app_spells_its_name():
    more = sorted(spelled() - EXCEPTIONS.keys())
    assert not more, "let the app register it from above (docs/recipes.md)"


def test_every_exception_is_still_needed():
    assert sorted(EXCEPTIONS.keys() - spelled()) == []
