"""Re-reading the chain: every link is computed again from the entry as it stands now, in pages, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from credit_platform.audit import rules
from credit_platform.audit.keepsakes import Keepsake, Keepsakes
from credit_platform.audit.models import AuditEntry, AuditHistory, AuditSeal
from credit_platform.audit.rules import merkle
from credit_platform.audit.verbs import label_of

PAGE = 2000
BREAKS_TOLD = 50
UNSEALED_TOO_LONG = timedelta(minutes=5)

Link = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the chain does not hold: `kind` for machines, `text` for people."""

    kind: str
    seq: int
    entry_id: int | None
    at: str
    text: str


@dataclass(slots=True)
class Report:
    """What a verification found. `stray` counts changes of kept tables that nobody had announced; they are told, and
    do not break the chain. `anchored` counts what was noted down earlier and was held against the chain."""

    first_seq: int
    last_seq: int = 0
    head: str = ""
    checked: int = 0
    breaks: list[Break] = field(default_factory=list)
    unsealed: int = 0
    first_unsealed: int | None = None
    stray: int = 0
    anchored: int = 0

    @property
    def ok(self) -> bool:
        return not self.breaks and not self.unsealed

    def as_dict(self) -> dict[str, Any]:
        return {"ok": self.ok} | asdict(self)


def verify(
    *,
    first_seq: int = 1,
    anchors: Mapping[int, str] | None = None,
    kept: Keepsakes | None = None,
    page: int = PAGE,
) -> Report:
    """Check the chain from the link `first_seq` to its end, entries that were never linked, and stray changes.

    `anchors` are links noted down earlier, outside the database: number -> hash; `kept` is what the platform itself noted down
    (`keepsakes.keepsakes`). They show also a tail that was cut off and a chain that was computed anew as a whole. At most BREAKS_TOLD breaks
    are told; counting goes on to the end.
    """
    report = Report(first_seq=first_seq)
    known = _Known([Keepsake("", seq, hash=noted.lower()) for seq, noted in (anchors or {}).items()], kept, first_seq)
    before = _link_before(first_seq)
    for link, entry, following in _links(first_seq, page):
        _check(report, before, link, entry, following)
        known.hold(report, link)
        report.checked += 1
        report.last_seq, report.head = link["seq"], link["hash"]
        before = link
    known.end(report, before["seq"])
    _count_unsealed(report)
    report.stray = AuditHistory.objects.without_actor().count()
    return report


class _Known:
    """What was noted down, held against the links as they pass. Roots need the tree from its first link on."""

    def __init__(self, anchors: Iterable[Keepsake], kept: Keepsakes | None, first_seq: int) -> None:
        self.wrong = kept.wrong if kept else []
        self.waiting: dict[int, list[Keepsake]] = {}
        for each in (*anchors, *(kept.all if kept else ())):
            if each.size >= first_seq:
                self.waiting.setdefault(each.size, []).append(each)
        roots = any(each.root for those in self.waiting.values() for each in those)
        self.tree = merkle.Frontier() if roots and first_seq == 1 else None

    def hold(self, report: Report, link: Link) -> None:
        """Hold everything that tells of the chain as it was with this link at its end."""
        if self.tree is not None:
            self.tree.append(_raw(link["hash"]))
        for each in self.waiting.pop(link["seq"], ()):
            report.anchored += bool(each.hash or self.tree)
            if each.hash and each.hash != link["hash"]:
                text = f"第 {each.size} 环与{each.label or '此前'}记录的哈希值不符：整条链可能被重新计算过。"
                _add(report, "anchor", each.size, None, text)
            if each.root and self.tree is not None and self.tree.root().hex() != each.root:
                text = f"前 {each.size} 环的树根与{each.label}不符：其中有链环被改动，或整条链被重新计算过。"
                _add(report, "root", each.size, None, text)

    def end(self, report: Report, last: int) -> None:
        """What tells of links that are not there, and what cannot be believed."""
        for size in sorted(self.waiting):
            for each in self.waiting[size]:
                missing = f"第 {last + 1} 环" + (f"至第 {size} 环" if size > last + 1 else "")
                told = f"，{each.label}记有 {size} 环：缺少{missing}，链的尾部被截去。" if each.label else ""
                plain = f"链上没有第 {size} 环，而此前记录过该环：链的尾部可能被截断。"
                _add(report, "cut", size, None, f"链上只到第 {last} 环{told}" if told else plain)
        for text in self.wrong:
            _add(report, "note", 0, None, text)


def _raw(digest: str) -> bytes:
    try:
        return bytes.fromhex(digest)
    except ValueError:
        return b""  # the link was altered and is named for it; no root will fit


def head() -> AuditSeal | None:
    """The last link, to be noted down outside the database."""
    return AuditSeal.objects.order_by("-seq").first()


def _link_before(first_seq: int) -> Link:
    before = AuditSeal.objects.filter(seq__lt=first_seq).order_by("-seq").values("seq", "hash").first()
    return before or {"seq": 0, "hash": rules.GENESIS}


def _links(first_seq: int, page: int) -> Iterator[tuple[Link, Link | None, Link | None]]:
    """Link, its entry as it stands (None when it is gone) and the following link (None at the end)."""
    waiting: tuple[Link, Link | None] | None = None
    after = first_seq - 1
    while links := list(AuditSeal.objects.filter(seq__gt=after).order_by("seq").values()[:page]):
        entries = _entries([link["entry_id"] for link in links])
        for link in links:
            if waiting:
                yield *waiting, link
            waiting = link, entries.get(link["entry_id"])
        after = links[-1]["seq"]
    if waiting:
        yield *waiting, None


def _entries(ids: Sequence[int]) -> dict[int, Link]:
    fields = sorted({name for names in rules.SCHEMES.values() for name in names})
    return {entry["id"]: entry for entry in AuditEntry.objects.filter(id__in=ids).order_by().values(*fields)}


def _check(report: Report, before: Link, link: Link, entry: Link | None, following: Link | None) -> None:
    seq, entry_id = link["seq"], link["entry_id"]
    if seq != before["seq"] + 1:
        missing = f"第 {before['seq'] + 1} 环" + (f"至第 {seq - 1} 环" if seq > before["seq"] + 2 else "")
        _add(report, "gap", seq, entry_id, f"链序号不连续：缺少{missing}。")
    elif link["prev_hash"] != before["hash"]:
        _add(report, "prev", seq, entry_id, f"第 {seq} 环所记的前一环与第 {before['seq']} 环不符：其中一环被改动。")
    if entry is None:
        _add(
            report, "missing", seq, entry_id, f"审计记录 {entry_id} 已被删除（入链时间 {_moment(link['sealed_at'])}）。"
        )
        return
    computed = _computed(link, entry)
    if computed == link["hash"]:
        return
    if following is not None and following["prev_hash"] == computed:
        _add(report, "seal", seq, entry_id, f"第 {seq} 环的哈希值被改动，审计记录 {entry_id} 本身未变。", entry)
    elif following is not None and following["prev_hash"] == link["hash"]:
        _add(report, "entry", seq, entry_id, f"审计记录 {entry_id} 的内容在入链后被改动。{_now_reads(entry)}", entry)
    else:
        _add(report, "differs", seq, entry_id, f"审计记录 {entry_id} 与第 {seq} 环不符。{_now_reads(entry)}", entry)


def _computed(link: Link, entry: Link) -> str:
    try:
        body = rules.canonical(entry, link["scheme"])
        return rules.link(link["seq"], link["prev_hash"], body, link["algorithm"])
    except (KeyError, ValueError):
        return ""  # an unknown scheme or algorithm was written into the link: it fits nothing


def _count_unsealed(report: Report) -> None:
    waiting = AuditEntry.objects.unsealed_since(timezone.now() - UNSEALED_TOO_LONG).order_by("id")
    report.unsealed = waiting.count()
    report.first_unsealed = waiting.values_list("id", flat=True).first() if report.unsealed else None


def _add(report: Report, kind: str, seq: int, entry_id: int | None, text: str, entry: Link | None = None) -> None:
    if len(report.breaks) < BREAKS_TOLD:
        at = _moment(entry["at"]) if entry else ""
        report.breaks.append(Break(kind, seq, entry_id, at, text))


def _now_reads(entry: Link) -> str:
    what = entry["object_label"] or entry["object_id"]
    return f"现内容：{_moment(entry['at'])} {entry['actor_name']} {label_of(entry['verb'])} {what}".rstrip() + "。"


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S")
