"""The items of the catalogue that this app fills; `records.base_data` puts them into the edition in force.

Letters come in by the thousand from the service halls and are public as they stand, so no second person reviews them one by one;
what is said of a breach has been through its own procedure with two people before it gets there.
"""

from __future__ import annotations

from records.base_data import EVERYBODY, OnEntryItem
from records.models.catalogue import CatalogueEntry, Category

Nature = CatalogueEntry.Nature

ITEMS = (
    OnEntryItem("XYCN", "信用承诺信息", "commitment", "哈政办规〔2020〕12号第2项", Category.COMMITMENT, EVERYBODY, Nature.NEUTRAL),
    OnEntryItem("XYLY", "履约践诺信息", "commitment-fulfilment", "哈政办规〔2020〕12号第3项", Category.COMMITMENT, EVERYBODY, Nature.NEUTRAL),
    OnEntryItem("XYWN", "违背信用承诺信息", "commitment-breach", "哈政办规〔2020〕12号第3项", Category.COMMITMENT, EVERYBODY, Nature.NEGATIVE),
)  # fmt: skip
