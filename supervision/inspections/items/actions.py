"""The list of items on the kit of editions."""

from __future__ import annotations

from credit_platform.editions.actions import Editions
from supervision.inspections.items import queries
from supervision.inspections.items.models import ItemEntry, ItemList
from supervision.inspections.items.rules.lines import ARTICLE, MANAGE

LISTS = Editions(
    ItemList,
    ItemEntry,
    identity="item",
    many="departments",
    permission=MANAGE,
    audit="inspections.items",
    audit_identity="inspections.item",
    code="items",
    name="随机抽查事项清单",
    what="抽查事项",
    article=ARTICLE,
    facts=queries.FACTS,
    unsound=queries.against,
)
