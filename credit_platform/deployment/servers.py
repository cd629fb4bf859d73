"""Database, Redis, workers and the clock: are they there, and are they as they should be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import redis
from django.conf import settings
from django.core.checks import run_checks
from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from credit_platform.celery import QUEUE, app, redis_of
from credit_platform.deployment import privileges
from credit_platform.deployment.outcomes import Outcome, failed, passed, warned
from credit_platform.metrics import heartbeats

LARGEST_CLOCK_DIFFERENCE = 2.0
OLDEST_SIGN_SECONDS = 90.0
PING_SECONDS = 2.0
SAFE_POLICIES = {"noeviction"}


def check() -> Iterator[Outcome]:
    """Servers first; what depends on one that is away is not asked."""
    try:
        with connection.cursor() as cursor:
            yield _version(cursor)
            yield _clock(cursor)
            yield _durable(cursor)
            yield _role()
    except DatabaseError as error:
        text = f"无法连接：{type(error).__name__}。"
        yield failed("数据库", text, "检查 DATABASE_URL、数据库服务和网络；见《运维手册》“数据库不可用”。")
    else:
        yield from _system_checks()
        yield _migrations()
    yield from _redis()


def _version(cursor: CursorWrapper) -> Outcome:
    cursor.execute(
        "SELECT current_setting('server_version'), datcollate, datctype, pg_encoding_to_char(encoding)"
        " FROM pg_database WHERE datname = current_database()"
    )
    version, collate, ctype, encoding = cursor.fetchone()
    return passed("数据库", f"PostgreSQL {version}，编码 {encoding}，区域 {collate}／{ctype}。")


def _clock(cursor: CursorWrapper) -> Outcome:
    before = timezone.now()
    cursor.execute("SELECT clock_timestamp()")
    there = cursor.fetchone()[0]
    middle = before + (timezone.now() - before) / 2
    difference = abs((there - middle).total_seconds())
    if difference > LARGEST_CLOCK_DIFFERENCE:
        return failed(
            "时钟", f"与数据库相差 {difference:.1f} 秒，期限和审计时间会不准。", "在各服务器启用时间同步（chrony）。"
        )
    return passed("时钟", f"与数据库相差 {difference:.2f} 秒。")


def _durable(cursor: CursorWrapper) -> Outcome:
    cursor.execute("SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'archive_mode')")
    found = dict(cursor.fetchall())
    off = [name for name in ("fsync", "full_page_writes") if found.get(name) == "off"]
    if off:
        return failed("数据库持久性", f"{'、'.join(off)} 已关闭，断电会损坏数据。", "改为 on 并重启数据库。")
    if found.get("archive_mode") == "off":
        return warned(
            "数据库持久性", "未开启 WAL 归档，只能恢复到最近一次备份。", "按 docs/operations.md 配置时间点恢复。"
        )
    return passed("数据库持久性", "fsync、full_page_writes 和 WAL 归档均已开启。")


def _role() -> Outcome:
    more = privileges.beyond()
    if more:
        return failed(
            "数据库角色",
            f"运行角色权限过大：{'；'.join(more)}。",
            "按《运维手册》“两个数据库角色”分设属主和运行角色；已分设的，重新执行 entrypoint.sh migrate。",
        )
    return passed("数据库角色", "运行角色只能读写数据，不拥有任何业务表。")


def _system_checks() -> Iterator[Outcome]:
    """Django's own checks with those of the database (version, extensions, Chinese search)."""
    found = [message for message in run_checks(databases=["default"]) if message.is_serious()]
    for message in found:
        yield failed("系统检查", f"{message.id} {message.msg}", str(message.hint or "按提示修改后重新检查。"))
    if not found:
        yield passed("系统检查", "扩展、中文检索及框架自检均通过。")


def _migrations() -> Outcome:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return failed("数据库迁移", f"有 {len(waiting)} 个迁移未执行。", "按 docs/upgrade.md 执行迁移。")
    return passed("数据库迁移", "均已执行。")


def _redis() -> Iterator[Outcome]:
    try:
        with redis.Redis.from_url(settings.CACHE_URL, socket_connect_timeout=2, socket_timeout=2) as client:
            client.ping()
            yield _redis_settings(client)
        with app.connection_for_read() as broker:
            waiting = redis_of(broker).llen(QUEUE)
    except (redis.RedisError, BrokerError, OSError) as error:
        text = f"无法连接：{type(error).__name__}。"
        yield failed("Redis", text, "检查 REDIS_URL 和 Redis 服务；见《运维手册》“消息队列不可用”。")
        return
    yield (
        passed("任务队列", f"等待 {waiting} 个。")
        if waiting < 1000
        else warned("任务队列", f"等待 {waiting} 个。", "检查工作进程是否足够。")
    )
    yield _worker()
    yield _beat()


def _redis_settings(client: Any) -> Outcome:
    try:
        found = client.config_get("maxmemory-policy") | client.config_get("appendonly")
    except redis.ResponseError:  # a managed Redis may not tell
        return passed("Redis", "可连接（不允许读取配置）。")
    if found.get("maxmemory-policy") not in SAFE_POLICIES:
        return failed(
            "Redis", f"maxmemory-policy 为 {found.get('maxmemory-policy')}，内存满时会丢弃任务。", "改为 noeviction。"
        )
    if found.get("appendonly") != "yes":
        return warned(
            "Redis", "未开启 appendonly，Redis 重启会丢失排队任务（定时巡检会补上）。", "改为 appendonly yes。"
        )
    return passed("Redis", "可连接，noeviction，appendonly 已开启。")


def _worker() -> Outcome:
    answers = app.control.inspect(timeout=PING_SECONDS).ping() or {}
    if not answers:
        return failed("工作进程", "没有工作进程应答。", "启动 worker：systemctl start credit-worker。")
    return passed("工作进程", f"{len(answers)} 个应答：{'、'.join(sorted(answers))}。")


def _beat() -> Outcome:
    ages = heartbeats.read().ages
    clock, task = ages[heartbeats.CLOCK], ages[heartbeats.TASK]
    if clock is None or clock > OLDEST_SIGN_SECONDS:
        seen = "从未见到" if clock is None else f"{clock:.0f} 秒前"
        return failed("定时器", f"上次活动：{seen}。", "启动 beat（全平台只能有一个）：systemctl start credit-beat。")
    if task is None or task > OLDEST_SIGN_SECONDS:
        return failed("定时器", "定时器在发，任务没有被执行。", "队列堵塞或工作进程停滞：查看 worker 日志和队列长度。")
    return passed("定时器", f"{clock:.0f} 秒前活动，心跳任务 {task:.0f} 秒前执行。")
