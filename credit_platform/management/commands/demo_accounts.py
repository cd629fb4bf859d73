"""Prints the accounts of the demonstration city, when it is the one that is loaded."""

from typing import Any

from django.core.management import BaseCommand

from credit_platform.accounts.models import User
from credit_platform.demo.accounts import PASSWORD, listing
from credit_platform.demo.companies import PASSWORD as COMPANY_PASSWORD
from credit_platform.demo.companies import company_listing


class Command(BaseCommand):
    help = "列出演示账号。"

    def handle(self, *args: Any, **options: Any) -> None:
        known = set(User.objects.values_list("username", flat=True))
        accounts = [(username, what) for username, what in listing() if username in known]
        if not accounts:
            return
        self.stdout.write(f"演示账号（密码均为 {PASSWORD}）：")
        for username, what in accounts:
            self.stdout.write(f"  {username:<10} {what}")
        companies = company_listing()
        if companies:
            self.stdout.write(f"经营主体账户（/my/login/，密码均为 {COMPANY_PASSWORD}）：")
        for login, name in companies:
            self.stdout.write(f"  {login:<10} {name}")
