"""`manage.py open_account`: the first accounts, before anybody can log in.

Once two administrators can act, accounts with an administrative hand or of the credit office are theirs to open, one proposing and
one confirming. `--emergency` with a reason is for the day on which both are gone; the audit tells it.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from credit_platform.accounts import actions
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department, Role
from credit_platform.accounts.queries import two_can_act
from credit_platform.accounts.rules.proposals import is_guarded
from credit_platform.errors import DomainError


class Command(BaseCommand):
    help = "开立账号并显示初始密码（只显示一次，首次登录须修改）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--role", action="append", choices=Role.values, default=[], help="角色，可重复")
        parser.add_argument(
            "--emergency", default="", metavar="理由", help="两名管理员均无法办理时，写明理由后由运维人员开立"
        )
        parser.add_argument("--department", default="", help="部门代号或统一社会信用代码")

    def handle(self, *args: Any, **options: Any) -> None:
        department = None
        if options["department"]:
            department = Department.objects.by_code(options["department"])
            if department is None:
                raise CommandError(f"没有代号为 {options['department']} 的部门。")
        if is_guarded(options["role"]) and not options["emergency"].strip() and two_can_act():
            raise CommandError(
                "已有两名管理员，请在平台管理中由一人提出、另一人核准；两人均无法办理的，用 --emergency 写明理由。"
            )
        try:
            user, secret = actions.create_user(
                options["username"],
                by=SYSTEM,
                full_name=options["name"],
                roles=options["role"],
                department=department,
                reason=options["emergency"].strip(),
            )
        except DomainError as error:
            raise CommandError(error.text) from error
        self.stdout.write(f"账号 {user.username} 已开立，初始密码：{secret}")
