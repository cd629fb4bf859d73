"""How this room takes its place in the house; called once by AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.db import models

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.accounts.rules import CLERK, CREDIT_OFFICE, REVIEWER
from credit_platform.audit import members, verbs
from credit_platform.resealing import Json
from credit_platform.resealing import register as register_places
from credit_platform.web import navigation, worklists
from records import base_data, doors
from records.ledger_rules import content_hash
from records.models.catalogue import CatalogueEntry, Category, VisibilityChoice
from records.standards import registry
from sanctions.filed import standards
from sanctions.filed.actions.door import FiledDoor
from sanctions.filed.models import FiledRow
from sanctions.filed.queries.desk import work
from sanctions.filed.queries.grounds import ground
from sanctions.filed.rules import KIND
from sanctions.lists.queries.registers import register_ground

Nature = CatalogueEntry.Nature
VERBS = {
    "sanctions.filed.register": "登记公布名单",
    "sanctions.filed.publication.confirm": "确认公布名单",
    "sanctions.filed.publication.drop": "作废公布名单",
    "sanctions.filed.publication.close": "结束接收公布名单",
    "sanctions.filed.take": "接收公布名单文件",
    "sanctions.filed.undo": "撤回公布名单文件",
    "sanctions.filed.propose": "提出名单核对结论",
    "sanctions.filed.confirm": "复核同意，列入名单",
    "sanctions.filed.set_aside": "复核同意，不予列入",
    "sanctions.filed.exclude": "复核同意，不是同一主体",
    "sanctions.filed.retract": "复核同意，更正错误列入",
    "sanctions.filed.decline": "复核不同意",
    "sanctions.filed.send_back": "复核不同意，保持列入",
    "sanctions.filed.keep": "名单条目登记",
    "sanctions.filed.release": "来源移出，移出名单",
    "sanctions.filed.lapse": "名单核对结论失效",
    "sanctions.filed.reopen": "名单条目重新核对",
}
PERMISSIONS = {
    "sanctions.filed.view": policy.grant(own=[CLERK, REVIEWER], city=[CREDIT_OFFICE]),
    "sanctions.filed.handle": policy.grant(own=[CLERK, REVIEWER]),
    "sanctions.filed.decide": policy.grant(own=[REVIEWER]),
    "sanctions.filed.reopen": policy.grant(system=True),
}
SHARED = VisibilityChoice.SHARED
ITEMS = tuple(
    base_data.OnEntryItem(code, name, standard, basis, Category.SERIOUS, base_data.EVERYBODY, Nature.NEUTRAL, SHARED)
    for code, name, standard, basis in (
        ("GBMD-FY", "法院公布的失信被执行人名单", "filed-court", "法释〔2017〕7号；哈政办规〔2020〕12号第15项"),
        (
            "GBMD-SW",
            "税务机关公布的重大税收违法失信主体名单",
            "filed-tax",
            "国家税务总局令第54号；哈政办规〔2020〕12号第18项",
        ),
        ("GBMD-JT", "交通运输部门公布的严重违法失信名单", "filed-transport", "哈政办规〔2020〕12号第18项"),
        (
            "GBMD-TY",
            "其他机关公布的严重失信主体名单",
            "filed-general",
            "国办发〔2020〕49号；哈政办规〔2020〕12号第18项",
        ),
    )
)
"""What is collected of other authorities' lists: shared inside, while the entry that comes of a row is public as its list says."""
PLACE = Json(
    label="公布名单条目中的证件号码",
    table="sanctions_filedrow",
    column="content",
    content_hash="content_hash",
    hashed=content_hash,
)


def register() -> None:
    """Standards, catalogue items, the door of the importer, grounds, rights, verbs, the trail, the menu and the work list."""
    registry.register(*standards.ALL)
    base_data.register(*ITEMS)
    doors.register(KIND, FiledDoor())
    register_ground("filed", ground)
    policy.declare(PERMISSIONS)
    verbs.declare(VERBS)
    register_places(PLACE)
    members.register(members.Kind("sanctions.filedrow", "条公布名单条目", find=_called, name=_name), "sanctions.filed.")
    worklists.register(work)
    navigation.register("公布名单", "filed:publications", allowed=_may_view, group="联合奖惩", order=270)
    navigation.register("名单核对", "filed:rows", allowed=_may_view, group="联合奖惩", order=275)


def _may_view(user: User) -> bool:
    return policy.allows(user, "sanctions.filed.view")


def _called(text: str) -> Iterable[int]:
    rows = FiledRow.objects.filter(document_number=text.strip()) if text.strip() else FiledRow.objects.none()
    return rows.values_list("pk", flat=True)[: members.MOST_NAMED]


def _name(row: models.Model) -> str:
    return cast(FiledRow, row).name
