"""Where a report was asked for, and of which kind it is."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """The public site, a company's account, a window, a desk; a department with the subject's consent."""

    PUBLIC = "public"
    COMPANY = "company"
    WINDOW = "window"
    DESK = "desk"
    CONSENT = "consent"


CHANNEL_LABELS = {
    Channel.PUBLIC: "公示网站",
    Channel.COMPANY: "企业账户",
    Channel.WINDOW: "服务窗口",
    Channel.DESK: "部门工作台",
    Channel.CONSENT: "经主体同意",
}


class Kind(StrEnum):
    """Of everything that is public of a subject, of violations in fields and days that were asked for, of a natural person by purpose, or
    in the chapters that the region agreed on."""

    GENERAL = "general"
    PROOF = "proof"
    PERSON = "person"
    REGION = "region"


KIND_LABELS = {
    Kind.GENERAL: "公共信用信息报告",
    Kind.PROOF: "专项信用报告",
    Kind.PERSON: "公共信用信息报告（个人版）",
    Kind.REGION: "三省一区信用报告（对照）",
}
