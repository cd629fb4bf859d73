"""Settings: present, strong, and right for a machine that the public reaches."""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from credit_platform.deployment.outcomes import Outcome, failed, passed, warned
from credit_platform.keys import is_strong

SHORTEST_SECRET = 40
LEAST_BITS = 3.0  # per character; a password that somebody typed repeats itself more
SHORTEST_TOKEN = 24
MAKE_KEY = "生成方法见 deploy/env.example；每个环境各生成一次，不得照抄示例。"
LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]", "web"}


def check() -> Iterator[Outcome]:
    """Every setting that differs between machines."""
    yield _debug()
    yield _servers()
    yield _secret_key()
    yield _field_key()
    yield _backup_key()
    yield _hosts()
    yield _https()
    yield _second_factor()
    yield _origins()
    yield _token()
    yield _readable_by_others()


def _debug() -> Outcome:
    if settings.DEBUG:
        return failed("调试模式", "DEBUG 已打开，出错页面会泄露代码和数据。", "设 DEBUG=0 后重启。")
    return passed("调试模式", "已关闭。")


def _second_factor() -> Outcome:
    if settings.REQUIRE_SECOND_FACTOR:
        return passed("第二重验证", "管理员、审计员和信用办登录须输入动态口令。")
    return failed(
        "第二重验证",
        "REQUIRE_SECOND_FACTOR 已关闭，管理员、审计员和信用办仅凭密码登录。",
        "设 REQUIRE_SECOND_FACTOR=1 后重启，由各人登录时启用动态口令。",
    )


def _servers() -> Outcome:
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
    if missing:
        return failed(
            "外部服务", f"未设置 {'、'.join(missing)}，正在使用内置服务（仅供试用）。", "设置后执行迁移并重启。"
        )
    return passed("外部服务", "DATABASE_URL、REDIS_URL 均已设置。")


def _secret_key() -> Outcome:
    weak = [key for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS) if not _strong(key)]
    if weak:
        return failed("SECRET_KEY", "过短或过于简单，登录会话可被伪造。", MAKE_KEY)
    if any(key == settings.SECRET_KEY for _, key in settings.FIELD_KEYS):
        return failed("SECRET_KEY", "与字段密钥（FIELD_KEY、FIELD_KEYS）相同。", "两者须各自生成。")
    old = len(settings.SECRET_KEY_FALLBACKS)
    if old:
        return warned(
            "SECRET_KEY", f"仍接受 {old} 个旧密钥。", "轮换满 12 小时（会话最长时间）后去掉 SECRET_KEY_FALLBACKS。"
        )
    return passed("SECRET_KEY", "强度合格。")


def _strong(key: str) -> bool:
    if len(key) < SHORTEST_SECRET:
        return False
    counts = Counter(key).values()
    return -sum(n / len(key) * math.log2(n / len(key)) for n in counts) >= LEAST_BITS


def _field_key() -> Outcome:
    weak = [number for number, key in settings.FIELD_KEYS if not is_strong(key)]
    if weak:
        return failed(
            "FIELD_KEY",
            f"{'、'.join(map(str, weak))} 号密钥不是 32 字节的 base64 密钥。",
            MAKE_KEY + "已有数据时不得直接替换，按《运维手册》轮换：manage.py reencrypt。",
        )
    former = [number for number, _ in settings.FIELD_KEYS[1:]]
    if former:
        return warned(
            "FIELD_KEY",
            f"正在轮换：当前 {settings.FIELD_KEYS[0][0]} 号，仍保留 {'、'.join(map(str, former))} 号。",
            "执行 manage.py reencrypt，--status 显示余 0 后从 FIELD_KEYS 取下旧密钥。",
        )
    return passed("FIELD_KEY", f"{settings.FIELD_KEYS[0][0]} 号密钥长度合格；请确认已与备份分开保管。")


def _backup_key() -> Outcome:
    key = os.environ.get("BACKUP_KEY", "").strip()
    if not key:
        return failed(
            "BACKUP_KEY", "未设置：备份中的数据库以明文存放。", MAKE_KEY + "与备份分开保管，丢失后备份无法恢复。"
        )
    if not is_strong(key):
        return failed("BACKUP_KEY", "不是 32 字节的 base64 密钥。", MAKE_KEY)
    if key == settings.SECRET_KEY or any(key == field for _, field in settings.FIELD_KEYS):
        return failed("BACKUP_KEY", "与其他密钥相同。", "各密钥须分别生成。")
    return passed("BACKUP_KEY", "已设置，备份加密；请确认已与备份分开保管。")


def _hosts() -> Outcome:
    if any(host == "*" or host.startswith("*") for host in settings.ALLOWED_HOSTS):
        return failed("ALLOWED_HOSTS", "含有 *，任何域名均被接受。", "只写正式域名和 127.0.0.1。")
    public = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL_HOSTS]
    if not public:
        return failed("ALLOWED_HOSTS", "只有本机地址，公众用域名访问会得到 400。", "加入正式域名。")
    if any("example" in host for host in public):
        return failed("ALLOWED_HOSTS", f"仍是示例域名：{'、'.join(public)}。", "改为正式域名。")
    return passed("ALLOWED_HOSTS", "、".join(public))


def _https() -> Outcome:
    if not settings.BEHIND_HTTPS:
        return failed("HTTPS", "BEHIND_HTTPS 未打开：Cookie 会经明文传输，也不发送 HSTS。", "设 BEHIND_HTTPS=1。")
    wrong = [
        name
        for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")
        if not getattr(settings, name)
    ]
    if wrong:
        return failed("HTTPS", f"以下设置未生效：{'、'.join(wrong)}。", "恢复 settings.py 中的写法。")
    return passed("HTTPS", "Cookie 仅经 HTTPS 发送，HTTP 一律跳转，HSTS 已启用。")


def _origins() -> Outcome:
    plain = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if not origin.startswith("https://")]
    if plain:
        return failed("CSRF_TRUSTED_ORIGINS", f"含有非 https 的来源：{'、'.join(plain)}。", "一律写 https://域名。")
    return passed("CSRF_TRUSTED_ORIGINS", "、".join(settings.CSRF_TRUSTED_ORIGINS) or "未设置（同源即可）。")


def _token() -> Outcome:
    if not settings.METRICS_TOKEN:
        return passed("METRICS_TOKEN", "未设置：/metrics 仅本机和内网可直接读取。")
    if len(settings.METRICS_TOKEN) < SHORTEST_TOKEN:
        return failed("METRICS_TOKEN", f"短于 {SHORTEST_TOKEN} 个字符。", "换成随机生成的令牌。")
    return passed("METRICS_TOKEN", "已设置。")


def _readable_by_others() -> Outcome:
    """The file of the environment, when it is where the manual puts it."""
    path = Path(os.environ.get("ENV_FILE") or "/etc/credit-platform/env")
    try:
        mode = path.stat().st_mode & 0o777
    except OSError:
        return passed("环境变量文件", f"{path} 不存在或不可见，由其他方式给出。")
    if mode & 0o007:
        return failed("环境变量文件", f"{path} 的权限是 {mode:04o}，其他用户可读取密钥。", f"chmod 0640 {path}")
    return passed("环境变量文件", f"{path} 权限 {mode:04o}。")
