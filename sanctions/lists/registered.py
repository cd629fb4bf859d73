"""What the room tells the house: who follows the ledger, what the standards ask, its place in menu, work list and trail."""

from __future__ import annotations

from casework import disputes
from credit_platform.accounts import admin_rights, policy
from credit_platform.audit import members
from credit_platform.web import navigation, worklists
from disclosure.queries import book
from patrols import readers
from records import followers, panels
from records.queries.context import register_codes
from sanctions import standards
from sanctions.lists import disputes as places
from sanctions.lists.actions.following import follower
from sanctions.lists.panels import panel
from sanctions.lists.queries import registers, terms
from sanctions.lists.queries.work import work
from sanctions.lists.reading import LISTS


def register() -> None:
    """Called once by AppConfig.ready()."""
    followers.register(follower)
    panels.register(panel)
    admin_rights.declare({"sanctions.creditlist": "sanctions.list.manage"})
    disputes.register(places.PLACE, places.find, places.own)
    register_codes(standards.LISTS, registers.lists)
    register_codes(standards.GROUNDS, registers.grounds)
    register_codes(standards.TERMS, registers.terms)
    book.register_rule_sets("lists", terms.rule_sets)
    worklists.register(work)
    readers.register(LISTS)
    members.register(members.Kind("sanctions.listentry", "条名单条目", related=("record",)), "sanctions.entry.")
    for order, (label, name) in enumerate((("名单", "lists:lists"), ("名单条目", "lists:entries")), 1):
        navigation.register(label, name, allowed=_may_view, group="联合奖惩", order=order)


def _may_view(user: object) -> bool:
    return policy.allows(user, "sanctions.view")
