"""What a channel is: its direction, its way, its states. Pure."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit


class Direction(StrEnum):
    """From here or to here."""

    OUT = "out"
    IN = "in"


DIRECTION_LABELS: dict[Direction, str] = {Direction.OUT: "报出", Direction.IN: "接收"}


class WayCode(StrEnum):
    """The three ways of GB/T 39443-2020 (5.5 to 5.7)."""

    FILE = "file"
    DATABASE = "database"
    SERVICE = "service"


WAY_LABELS: dict[WayCode, str] = {
    WayCode.FILE: "文件方式",
    WayCode.DATABASE: "前置库方式",
    WayCode.SERVICE: "服务方式",
}


class ChannelState(StrEnum):
    """Whether it carries messages."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"


STATE_LABELS: dict[ChannelState, str] = {
    ChannelState.PREPARED: "待开通",
    ChannelState.OPEN: "运行中",
    ChannelState.CLOSED: "已停用",
}
TONES: dict[ChannelState, str] = {
    ChannelState.PREPARED: "neutral",
    ChannelState.OPEN: "good",
    ChannelState.CLOSED: "neutral",
}
MOVES: dict[tuple[ChannelState, str], ChannelState] = {
    (ChannelState.PREPARED, "open"): ChannelState.OPEN,
    (ChannelState.CLOSED, "open"): ChannelState.OPEN,
    (ChannelState.OPEN, "close"): ChannelState.CLOSED,
}
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def address_objection(address: str) -> str:
    """What stands against a partner's address, in Chinese; "" when it is good. Without TLS only what never leaves this machine."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return "服务地址的格式不对。"
    if parts.username or parts.password or parts.query or parts.fragment:
        return "服务地址不能带账号、参数或锚点。"
    if not parts.hostname or parts.scheme not in ("http", "https"):
        return "服务地址应以 https:// 开头并写明主机。"
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        return "服务地址应使用 https；不加密的地址只能指向本机。"
    return ""
