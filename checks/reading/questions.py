"""A question out of JSON: names that are known, texts where texts belong; what is wrong with what they say the action tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from checks.actions.asking import Setting
from checks.rules.questions import Question
from checks.rules.states import Channel
from credit_platform.accounts.models import ApiClient
from credit_platform.web.api import read_date
from credit_platform.web.errors import BadRequest
from credit_platform.web.json_body import TooLarge, require_object
from records.identifiers import idcard

OF_SUBJECT = ("code", "name", "id_number", "id_type")
OF_SETTING = ("matter", "purpose", "window")
ONE = (*OF_SUBJECT, "case_number", "as_of", *OF_SETTING)
MANY = (*OF_SETTING, "items")
ITEM = (*OF_SUBJECT, "case_number", "as_of")
MOST = 10_000
LONGEST = 400


def one(body: Any, client: ApiClient) -> tuple[Question, Setting]:
    """A single question and its setting. BadRequest names what is unknown, missing or no text."""
    given = require_object(body, ONE, ("matter", "case_number", "purpose"))
    return question(given), setting(given, client, Channel.API)


def many(body: Any, client: ApiClient) -> tuple[Sequence[Any], Setting]:
    """Up to MOST items, each still to be read, and their setting. TooLarge beyond."""
    given = require_object(body, MANY, ("matter", "purpose", "items"))
    items = given["items"]
    if not isinstance(items, list) or not items:
        raise BadRequest("checks.items", f"items 应为 1 至 {MOST} 个对象的数组。")
    if len(items) > MOST:
        raise TooLarge("checks.items", f"一次最多核查 {MOST} 个，现为 {len(items)} 个。", mend="请分次提交。")
    return items, setting(given, client, Channel.BATCH)


def item(given: Any) -> Question:
    """One item of a batch."""
    return question(require_object(given, ITEM, ("case_number",)))


def question(given: Mapping[str, Any]) -> Question:
    """The question of an object whose names are known."""
    return Question(
        case_number=text(given, "case_number"),
        code=text(given, "code"),
        name=text(given, "name"),
        id_number=text(given, "id_number"),
        id_type=text(given, "id_type") or idcard.CITIZEN,
        as_of=day(given, "as_of"),
    )


def setting(given: Mapping[str, Any], client: ApiClient, channel: Channel) -> Setting:
    """In what is asked: the client's department, the matter, the purpose."""
    matter, purpose, window = (text(given, name) for name in OF_SETTING)
    return Setting(client, client.department.name, matter, purpose, channel, window)


def text(given: Mapping[str, Any], name: str) -> str:
    """A text, "" where none is given. BadRequest for another kind of value."""
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise BadRequest("body.value", f"{name} 应为不超过 {LONGEST} 个字符的文本。")
    return value.strip()


def day(given: Mapping[str, Any], name: str) -> date | None:
    """A calendar day, None where none is given."""
    written = text(given, name)
    try:
        return read_date(written) if written else None
    except ValueError as error:
        raise BadRequest("body.value", f"{name} 不正确：{error}。") from None
