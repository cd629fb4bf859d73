"""`manage.py grant_runtime ROLE`: run by the owner of the tables after every migration (`entrypoint.sh migrate` does it)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction

from credit_platform.deployment.privileges import grant_runtime


class Command(BaseCommand):
    help = (
        "以表的属主身份执行：授予运行角色读写数据所需的权限，收回其余权限（改表、清空、改写只增不改的表）。可重复执行。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", help="运行角色，即 DATABASE_URL 中的用户")

    def handle(self, *args: Any, **options: Any) -> None:
        role = options["role"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
            owner, exists = cursor.fetchone()
        if owner == role:
            raise CommandError("请以表的属主（OWNER_DATABASE_URL）执行，不能给自己授权。")
        if not exists:
            raise CommandError(f"数据库中没有角色 {role}，请先执行 deploy/postgres/roles.sql。")
        try:
            with transaction.atomic():
                count = grant_runtime(role)
        except DatabaseError as error:
            raise CommandError(f"授权没有完成：{error}") from error
        self.stdout.write(f"已为运行角色 {role} 设定 {count} 张表的权限。")
