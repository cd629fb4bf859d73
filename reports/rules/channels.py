"""Where a report was asked for, and of which kind it is."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """The public site, a company's account, a window, a desk."""

    PUBLIC = "public"
    COMPANY = "company"
    WINDOW = "window"
    DESK = "desk"


CHANNEL_LABELS = {
    Channel.PUBLIC: "公示网站",
    Channel.COMPANY: "企业账户",
    Channel.WINDOW: "服务窗口",
    Channel.DESK: "部门工作台",
}


class Kind(StrEnum):
    """Of everything that is public of a subject, of violations in fields and days that were asked for, or of a natural person, by purpose."""

    GENERAL = "general"
    PROOF = "proof"
    PERSON = "person"


KIND_LABELS = {Kind.GENERAL: "公共信用信息报告", Kind.PROOF: "专项信用报告", Kind.PERSON: "公共信用信息报告（个人版）"}
