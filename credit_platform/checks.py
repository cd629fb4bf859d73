"""Start-up checks of what the platform cannot do without. `manage.py check --database default` runs them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.utils import CursorWrapper

from credit_platform import resealing

OLDEST_SERVER = 150000
EXTENSIONS = ("pg_trgm", "btree_gin", "btree_gist", "unaccent")
CHINESE = "信用信息公示"


@register(Tags.database)
def check_databases(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a database that is too old, lacks an extension, or cannot search Chinese text."""
    return [message for alias in databases or () for message in _check(alias)]


def _check(alias: str) -> list[CheckMessage]:
    connection = connections[alias]
    try:
        with transaction.atomic(using=alias), connection.cursor() as cursor:
            messages = _version(cursor) or _encoding(cursor) or _extensions(cursor) or _chinese(cursor)
            transaction.set_rollback(True, using=alias)
        if alias == DEFAULT_DB_ALIAS:
            messages = messages or _keys()
    except DatabaseError as error:
        return [Error(f"数据库无法使用：{error}", hint="请检查 DATABASE_URL 和数据库服务。", id="platform.E001")]
    return messages


def _version(cursor: CursorWrapper) -> list[CheckMessage]:
    cursor.execute("SHOW server_version_num")
    number = int(cursor.fetchone()[0])
    if number >= OLDEST_SERVER:
        return []
    return [Error(f"PostgreSQL 版本过低（{number}）。", hint="请升级到 PostgreSQL 15 或更新版本。", id="platform.E002")]


def _encoding(cursor: CursorWrapper) -> list[CheckMessage]:
    cursor.execute("SHOW server_encoding")
    encoding = cursor.fetchone()[0]
    if encoding == "UTF8":
        return []
    return [Error(f"数据库编码是 {encoding}。", hint=_recreate(), id="platform.E003")]


def _extensions(cursor: CursorWrapper) -> list[CheckMessage]:
    cursor.execute("SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [list(EXTENSIONS)])
    missing = sorted(set(EXTENSIONS) - {name for (name,) in cursor.fetchall()})
    if not missing:
        return []
    return [
        Error(
            f"PostgreSQL 缺少扩展：{'、'.join(missing)}。",
            hint="请安装 PostgreSQL 的 contrib 软件包（Debian 为 postgresql-contrib）。",
            id="platform.E004",
        )
    ]


def _chinese(cursor: CursorWrapper) -> list[CheckMessage]:
    # In a database whose LC_CTYPE is "C" no Chinese character counts as a letter, and every text index stays empty.
    cursor.execute("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')")
    if not cursor.fetchone()[0]:  # before the first migration; a run-time role could not make it, and need not
        cursor.execute("CREATE EXTENSION pg_trgm")  # rolled back with the check
    cursor.execute("SELECT array_length(show_trgm(%s), 1)", [CHINESE])
    if cursor.fetchone()[0]:
        return []
    return [Error("数据库的区域设置（LC_CTYPE）不支持中文检索。", hint=_recreate(), id="platform.E005")]


def _keys() -> list[CheckMessage]:
    wrong = list(resealing.unopened())
    if not wrong:
        return []
    return [
        Error(
            f"字段密钥与库中已加密的数据不符，无法打开：{'、'.join(wrong)}。",
            hint="请核对 FIELD_KEY、FIELD_KEYS：轮换未完成时旧密钥不得取下，见《运维手册》。",
            id="platform.E006",
        )
    ]


def _recreate() -> str:
    return (
        "请用 UTF-8 区域重新建库并迁移数据，例如："
        "CREATE DATABASE credit TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'。"
    )
