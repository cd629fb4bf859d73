"""Where a report was asked for."""

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
