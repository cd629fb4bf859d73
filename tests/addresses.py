"""The table's addresses with true objects in place of its words, for whoever walks over all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from tests.role_table import ADMIN_PAGES, MODELS, NOBODY, NOT_ADDED, Page

VERBS = ("changelist", "export", "add", "history", "delete", "change", "do")
BARE: dict[str, list[object]] = {"changelist": [], "add": [], "export": ["csv"]}
# Whose the made-up person's record is, is drawn by lot; who may see its number is held by records/tests/test_looks.py.
DRAWN = "records:number"


def address(page: Page, objects: dict[str, Any]) -> str:
    args = [objects.get(arg, arg) if isinstance(arg, str) else arg for arg in page.args]
    return (reverse(page.name, args=args) if ":" in page.name or page.name.isalpha() else f"/{page.name}") + page.query


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def admin_pages(objects: dict[str, Any]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Name, address and who may open it."""
    for model, may in MODELS.items():
        first = apps.get_model(model.replace("_", ".", 1)).objects.order_by("pk").values_list("pk", flat=True).first()
        for verb in VERBS:
            args: list[object] = BARE.get(verb, [first or 0, *(["nothing"] * (verb == "do"))])
            nobody = verb in ("delete", "do") or (verb == "add" and model in NOT_ADDED)
            try:
                yield verb, reverse(f"admin:{model}_{verb}", args=args), NOBODY if nobody else may
            except NoReverseMatch:
                assert model == "auth_group"
    for name, who in ADMIN_PAGES.items():
        if who is not None:
            yield name, reverse(f"admin:{name}"), who
