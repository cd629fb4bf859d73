"""DATABASE_URL and REDIS_URL in the forms that Django, its cache and Celery want. Pure."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit


class BadAddress(ValueError):
    """An address that cannot be used; the text says how it should look."""


def database(url: str) -> dict[str, Any]:
    """Django's DATABASES entry of `postgresql://user:password@host:port/name?sslmode=require`.

    A unix socket is given as `?host=/folder`. Further parameters of the query become libpq options.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise BadAddress("DATABASE_URL 应为 postgresql://用户:口令@主机:端口/库名 的形式，仅支持 PostgreSQL。")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise BadAddress("DATABASE_URL 缺少数据库名：postgresql://用户:口令@主机:端口/库名")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or options.pop("password", "")),
        "HOST": unquote(parts.hostname or options.pop("host", "")),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }


def broker(url: str) -> str:
    """Celery's form: a unix socket is `redis+socket:///path?virtual_host=0`."""
    parts = urlsplit(_redis(url))
    if parts.scheme != "unix":
        return url
    query = dict(parse_qsl(parts.query))
    query["virtual_host"] = query.pop("db", "0")
    return f"redis+socket://{parts.path}?{urlencode(query)}"


def cache(url: str, number: int) -> str:
    """The same server's database `number`, so that emptying the cache never empties the queue."""
    parts = urlsplit(_redis(url))
    if parts.scheme == "unix":
        query = dict(parse_qsl(parts.query)) | {"db": str(number)}
        return f"unix://{parts.path}?{urlencode(query)}"
    return urlunsplit(parts._replace(path=f"/{number}"))


def _redis(url: str) -> str:
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise BadAddress("REDIS_URL 应为 redis://主机:端口/0、rediss://… 或 unix:///套接字路径 的形式。")
    return url
