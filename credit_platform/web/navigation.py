"""Who sees which entry in which menu. Apps add theirs in AppConfig.ready(); this package knows none of them.

navigation.register("待审核信息", "disclosure:review", allowed=lambda user: allows(user, "disclosure.review"), group="公示")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.urls import NoReverseMatch, reverse

Allowed = Callable[[Any], bool]
GROUPS = (
    "",
    *["办理", "归集", "公示", "信用承诺", "联合奖惩", "修复与异议", "窗口", "监管", "统计与考核", "监督", "设置"],
)


def signed_in(user: Any) -> bool:
    """Everybody who has signed in."""
    return bool(getattr(user, "is_authenticated", False))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the desk's menu; `group` is one of GROUPS, `order` sorts inside it."""

    label: str
    url_name: str
    allowed: Allowed = signed_in
    group: str = ""
    order: int = 100

    def path(self) -> str:
        """The address, "" while nothing answers to the name (a system check reports it)."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True, slots=True)
class Shown:
    label: str
    path: str
    current: bool


@dataclass(slots=True)
class Group:
    label: str
    entries: list[Shown] = field(default_factory=list)


_entries: dict[str, Entry] = {}

# The public menu follows the contract of addresses, so it is fixed.
PUBLIC: tuple[tuple[str, str], ...] = (
    ("首页", "/"),
    ("信用查询", "/search/"),
    ("行政许可", "/disclosure/permits/"),
    ("行政处罚", "/disclosure/penalties/"),
    ("其他行政行为", "/disclosure/acts/"),
    ("信用承诺", "/commitments/"),
    ("名单公示", "/lists/"),
    ("信用修复", "/repair/"),
    ("异议申诉", "/objections/"),
    ("及时性统计", "/statistics/"),
    ("开放数据", "/open-data/"),
    ("帮助", "/help/"),
)


def register(label: str, url_name: str, *, allowed: Allowed = signed_in, group: str = "", order: int = 100) -> None:
    """Add an entry to the desk's menu; registering the same address again replaces it."""
    if group not in GROUPS:
        raise ValueError(f"unknown group {group!r}, one of {GROUPS}")
    _entries[url_name] = Entry(label, url_name, allowed, group, order)


def entries() -> list[Entry]:
    """All registered entries in menu order."""
    return sorted(_entries.values(), key=lambda entry: (GROUPS.index(entry.group), entry.order, entry.label))


def for_desk(user: Any, path: str) -> list[Group]:
    """The groups of entries that this user may open; the longest address that leads to `path` is the current one."""
    visible = [(entry, entry.path()) for entry in entries() if entry.allowed(user)]
    current = _nearest(path, [address for _, address in visible])
    groups: dict[str, Group] = {}
    for entry, address in visible:
        if address:
            group = groups.setdefault(entry.group, Group(entry.group))
            group.entries.append(Shown(entry.label, address, address == current))
    return list(groups.values())


def for_public(path: str) -> list[Shown]:
    """The public menu with the current entry marked."""
    current = _nearest(path, [address for _, address in PUBLIC])
    return [Shown(label, address, address == current) for label, address in PUBLIC]


def _nearest(path: str, addresses: Iterable[str]) -> str:
    fitting = [address for address in addresses if address and _leads_to(address, path)]
    return max(fitting, key=len, default="")


def _leads_to(address: str, path: str) -> bool:
    return path == address if address in {"/", "/desk/"} else path.startswith(address)


def check_entries(**_: Any) -> list[CheckMessage]:
    """System check: every entry's address exists."""
    return [
        Warning(f"menu entry {entry.label} points to {entry.url_name}, which no address has", id="web.W001")
        for entry in entries()
        if not entry.path()
    ]
