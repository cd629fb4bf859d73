"""What lies there: the audit chain, the calendar, the private folder, the disk and the backups."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError
from django.utils import timezone

from companies.models import CompanyAccount
from credit_platform.accounts.models import User
from credit_platform.audit.keepsakes import keepsakes
from credit_platform.audit.models import AuditEntry, AuditPending, Checkpoint
from credit_platform.audit.verification import head, verify
from credit_platform.demo.accounts import PASSWORD as STAFF_PASSWORD
from credit_platform.demo.accounts import listing
from credit_platform.demo.companies import LOGINS
from credit_platform.demo.companies import PASSWORD as COMPANY_PASSWORD
from credit_platform.deployment.outcomes import Outcome, failed, passed, warned
from credit_platform.metrics import backups
from credit_platform.workdays.queries import has_notice, missing_notice

UNSEALED_TOO_LONG = timedelta(minutes=5)
BACKUP_TOO_OLD = timedelta(hours=26)
VERIFIED_TOO_OLD = timedelta(hours=26)
CHECKPOINT_TOO_OLD = timedelta(days=1)
TAIL = 200  # links that are read again here; the whole chain is verified every night
LEAST_FREE, LITTLE_FREE = 0.05, 0.15


def check() -> Iterator[Outcome]:
    """Audit and calendar are in the database; when it is away they are left out, and the servers' list tells why."""
    try:
        yield _sealed()
        yield _tail()
        yield _verified()
        yield _checkpoint()
        yield _calendar()
        yield _demonstration()
    except DatabaseError:
        yield failed("数据检查", "数据库不可用，审计链和日历未检查。", "恢复数据库后重新执行。")
    yield _media()
    yield _disk()
    yield _static()
    yield _backup()


def _sealed() -> Outcome:
    first = AuditPending.objects.order_by("entry_id").values_list("entry_id", flat=True).first()
    at = AuditEntry.objects.filter(pk=first).values_list("at", flat=True).first() if first else None
    if at and timezone.now() - at > UNSEALED_TOO_LONG:
        return failed(
            "审计入链",
            f"第 {first} 条起超过 5 分钟未入链。",
            "检查定时器和工作进程；恢复后自动补齐，或执行 verify_audit。",
        )
    return passed("审计入链", "审计记录均已及时入链。")


def _tail() -> Outcome:
    last = head()
    if last is None and not Checkpoint.objects.exists():
        return passed("审计链尾", "尚无记录。")
    report = verify(first_seq=max(1, last.seq - TAIL + 1) if last else 1, kept=keepsakes())
    if report.breaks:
        return failed("审计链尾", report.breaks[0].text, "立即保全数据库，报告安全管理员；见《运维手册》。")
    return passed("审计链尾", f"最近 {report.checked} 环完整，链尾 {report.last_seq}:{report.head[:12]}…")


def _checkpoint() -> Outcome:
    day = Checkpoint.objects.order_by("-day").values_list("day", flat=True).first()
    if day is None or timezone.localdate() - day > CHECKPOINT_TOO_OLD:
        return warned(
            "审计检查点",
            "一天内没有签发检查点。" if day else "还没有签发过检查点。",
            "执行 manage.py make_checkpoint，并检查定时器。",
        )
    if not settings.CHECKPOINT_KEY and Path(settings.CHECKPOINT_KEY_FILE).parent == Path(settings.VAR_DIR):
        return warned(
            "审计检查点",
            f"最近一份 {day}；签名密钥由系统自行生成，与数据在同一目录。",
            "设 CHECKPOINT_KEY 或 CHECKPOINT_KEY_FILE，与数据分开保管；见《运维手册》“审计检查点”。",
        )
    return passed("审计检查点", f"最近一份 {day}。")


def _verified() -> Outcome:
    row = AuditEntry.objects.filter(verb="audit.verify").order_by("-id").values_list("at", "after").first()
    if row is None or timezone.now() - row[0] > VERIFIED_TOO_OLD:
        return warned("审计复核", "一天内没有全链复核。", "执行 manage.py verify_audit，并检查夜间定时任务。")
    if not (row[1] or {}).get("ok"):
        return failed("审计复核", "最近一次全链复核发现断裂。", "在 /desk/audit/ 查看详情，报告安全管理员。")
    return passed("审计复核", f"{timezone.localtime(row[0]):%m-%d %H:%M} 全链完整。")


def _calendar() -> Outcome:
    year = timezone.localdate().year
    if not has_notice(year):
        return failed("放假通知", f"未载入 {year} 年放假通知，期限按周末推算，不可靠。", "在后台“放假通知”载入。")
    following = missing_notice()
    if following:
        return warned(
            "放假通知", f"未载入 {following} 年放假通知，跨年期限为暂定。", "通知发布后在后台载入，期限自动重算。"
        )
    return passed("放假通知", f"{year} 年已载入。")


def _demonstration() -> Outcome:
    """Accounts of the demonstration with the password that is printed at its every start."""
    staff = User.objects.filter(is_active=True, username__in=[username for username, _ in listing()])
    companies = CompanyAccount.objects.active().filter(login__in=LOGINS)
    found = [user.username for user in staff if check_password(STAFF_PASSWORD, user.password)]
    found += [row.login for row in companies if check_password(COMPANY_PASSWORD, row.password)]
    if found:
        return failed(
            "演示账号",
            f"{len(found)} 个演示账号仍用公开的演示密码：{'、'.join(found[:5])}。",
            "停用这些账号；正式环境不得载入演示数据。",
        )
    return passed("演示账号", "没有使用演示密码的账号。")


def _media() -> Outcome:
    folder = Path(settings.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        return failed("附件目录", f"{folder} 不可写：{error.strerror}。", "检查目录属主和挂载。")
    mode = folder.stat().st_mode & 0o777
    if mode & 0o007:
        return failed("附件目录", f"{folder} 权限 {mode:04o}，其他用户可读取。", f"chmod 0700 {folder}")
    if Path(settings.STATIC_ROOT).resolve() in (folder.resolve(), *folder.resolve().parents):
        return failed("附件目录", "位于静态文件目录内，会被公开。", "移出静态文件目录。")
    return passed("附件目录", f"{folder} 可写，权限 {mode:04o}。")


def _disk() -> Outcome:
    usage = shutil.disk_usage(settings.VAR_DIR)
    free = usage.free / usage.total
    text = f"可用 {usage.free / 2**30:.1f} GB（{free:.0%}）。"
    if free < LEAST_FREE:
        return failed("磁盘空间", text, "立即清理或扩容；见《运维手册》“磁盘写满”。")
    if free < LITTLE_FREE:
        return warned("磁盘空间", text, "安排清理或扩容。")
    return passed("磁盘空间", text)


def _static() -> Outcome:
    if not getattr(staticfiles_storage, "hashed_files", True):
        return failed("静态文件", "没有收集静态文件，页面将无法显示。", "执行 manage.py prepare。")
    return passed("静态文件", "已收集。")


def _backup() -> Outcome:
    newest = backups.newest(Path(settings.BACKUP_DIR))
    if newest is None:
        return failed(
            "备份", f"{settings.BACKUP_DIR} 中没有完成的备份。", "启用 credit-backup.timer，或执行 scripts/backup.py。"
        )
    age = timezone.now() - newest.taken_at
    text = f"最近一次 {newest.taken_at:%Y-%m-%d %H:%M}，{newest.bytes / 2**20:.1f} MB。"
    if age > BACKUP_TOO_OLD:
        return failed("备份", text + "已超过 26 小时。", "查看 credit-backup 服务日志。")
    return passed("备份", text)
