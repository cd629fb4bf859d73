"""Articles for the public (政策法规、解读、通知公告): written by one, checked by another; their text is plain, with a few marks (组织实施第3项).

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from casework.rules.procedures import Procedure, Step, Work
from credit_platform.errors import Finding, at_field, required

ARTICLE_BASIS = "哈政办规〔2020〕12号组织实施第3项"
VIEW, WRITE, PUBLISH = "articles.view", "articles.write", "articles.publish"
LONGEST = 20_000


class Kind(StrEnum):
    """What an article is."""

    POLICY = "policy"
    EXPLANATION = "explanation"
    NOTICE = "notice"


KIND_LABELS = {Kind.POLICY: "政策法规", Kind.EXPLANATION: "政策解读", Kind.NOTICE: "通知公告"}


class ArticleState(StrEnum):
    """Where an article stands."""

    DRAFTED = "drafted"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


S = ArticleState
ARTICLE = Procedure(
    slug="article",
    label="政策文章",
    audit="articles",
    own="assessment.ArticleCase",
    number="文章〔{year}〕{n:04d}号",
    article=ARTICLE_BASIS,
    begins=S.DRAFTED,
    labels={
        S.DRAFTED: "撰写中",
        S.PROPOSED: "待审核",
        S.PUBLISHED: "已发布",
        S.WITHDRAWN: "已撤下",
        S.DISCARDED: "已放弃",
    },
    tones={
        S.DRAFTED: "info",
        S.PROPOSED: "warn",
        S.PUBLISHED: "good",
        S.WITHDRAWN: "neutral",
        S.DISCARDED: "neutral",
    },
    moves={
        (S.DRAFTED, "revise"): S.DRAFTED,
        (S.DRAFTED, "propose"): S.PROPOSED,
        (S.DRAFTED, "discard"): S.DISCARDED,
        (S.PROPOSED, "send_back"): S.DRAFTED,
        (S.PROPOSED, "publish"): S.PUBLISHED,
        (S.PUBLISHED, "withdraw"): S.WITHDRAWN,
    },
    closed=frozenset({S.PUBLISHED, S.WITHDRAWN, S.DISCARDED}),
    view=VIEW,
    steps=(
        Step("revise", "修改", WRITE, "", "已修改。"),
        Step("propose", "提交审核", WRITE, "提交后由另一人审核发布。", "已提交，请由另一人审核。"),
        Step(
            "publish",
            "审核发布",
            PUBLISH,
            "核对内容、来源和链接。发布后任何人可以阅读。",
            "已发布。",
            second_person=True,
        ),
        Step("send_back", "退回", PUBLISH, "写明需要修改的内容。", "已退回。", second_person=True),
        Step("withdraw", "撤下", PUBLISH, "写明撤下的原因，对外显示。", "已撤下。", serious=True),
        Step("discard", "放弃", WRITE, "写明放弃的原因。", "已放弃。", serious=True),
    ),
    works=(Work("政策文章，待审核", S.PROPOSED, "publish", 88, "info"),),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; with `url` it is a link."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list; a list has one line an item."""

    kind: str
    lines: tuple[tuple[Piece, ...], ...]


LINK = re.compile(r"\[(?P<text>[^\[\]]{1,100})\]\((?P<url>(?:https?://|/(?!/))[^\s()]{1,300})\)")


def blocks(text: str) -> list[Block]:
    """The text as blocks: “## ” begins a heading, “- ” an item, an empty line ends a paragraph, “[文字](https://…)” is a link. Nothing else is a
    mark: what looks like markup of pages is shown as it was typed."""
    made: list[Block] = []
    run: list[str] = []
    kind = "paragraph"

    def close() -> None:
        if run:
            made.append(Block(kind, tuple(tuple(_pieces(line)) for line in run)))
            run.clear()

    for raw in text.splitlines():
        line = raw.strip()
        mark = "heading" if line.startswith("## ") else "list" if line.startswith("- ") else "paragraph"
        if not line or mark != kind or mark == "heading":
            close()
        if line:
            kind = mark
            run.append(line[3:] if mark == "heading" else line[2:] if mark == "list" else line)
    close()
    return made


def _pieces(line: str) -> Iterator[Piece]:
    place = 0
    for match in LINK.finditer(line):
        if match.start() > place:
            yield Piece(line[place : match.start()])
        yield Piece(match["text"], match["url"])
        place = match.end()
    if place < len(line):
        yield Piece(line[place:])


def against_article(title: str, text: str, kind: str, source: str) -> Iterable[Finding]:
    """What stands against an article: no title, no text, no kind, a policy without its source."""
    yield from required(title, "title", "请填写标题。", rule="article.title", most=100)
    yield from required(text, "text", "请填写正文。", rule="article.text", most=LONGEST)
    if kind not in set(Kind):
        yield at_field("article.kind", "kind", "请选择栏目。")
    if kind == Kind.POLICY and not source.strip():
        yield at_field("article.source", "source", "政策法规应写明发文机关和文号。")
