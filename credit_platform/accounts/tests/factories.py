"""Departments, one account per role, and API clients; all invented."""

from __future__ import annotations

import secrets

import factory
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import ApiClient, Department, Role, User
from credit_platform.accounts.models.clients import KEY_PREFIX_LENGTH, hash_key
from credit_platform.audit.context import acting

PASSWORD = "Tested-Well-2026"
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def valid_uscc(number: int) -> str:
    """A unified social credit code of an authority in Harbin with right check signs (GB 11714, GB 32100)."""
    body = f"{number % 10**8:08d}"
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    first = "11230100" + body + {10: "X", 11: "0"}.get(rest, str(rest))
    total = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first))
    return first + SIGNS[-total % 31]


class ActingFactory(factory.django.DjangoModelFactory):
    """Enters its rows as the system, so that the history knows who did it."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with acting(SYSTEM):
            return super()._create(model_class, *args, **kwargs)


class DepartmentFactory(ActingFactory):
    class Meta:
        model = Department
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"dept-{n}")
    uscc = factory.Sequence(lambda n: valid_uscc(41000000 + n))
    name = factory.Sequence(lambda n: f"示例市第{n}局")
    short_name = factory.Sequence(lambda n: f"第{n}局")


class UserFactory(ActingFactory):
    """An active account without a role; its password is PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    full_name = factory.Sequence(lambda n: f"某甲{n}")
    password = factory.django.Password(PASSWORD)


class ClerkFactory(UserFactory):
    roles = [Role.CLERK]
    department = factory.SubFactory(DepartmentFactory)


class ReviewerFactory(UserFactory):
    roles = [Role.REVIEWER]
    department = factory.SubFactory(DepartmentFactory)


class WindowClerkFactory(UserFactory):
    roles = [Role.WINDOW]
    department = factory.SubFactory(DepartmentFactory)


class CreditOfficeFactory(UserFactory):
    roles = [Role.CREDIT_OFFICE]
    department = factory.SubFactory(DepartmentFactory)


class SystemAdminFactory(UserFactory):
    roles = [Role.SYSTEM_ADMIN]


class SecurityAdminFactory(UserFactory):
    roles = [Role.SECURITY_ADMIN]


class AuditorFactory(UserFactory):
    roles = [Role.AUDITOR]


class LockedClerkFactory(ClerkFactory):
    is_active = False


class NewcomerFactory(ClerkFactory):
    """Has a first password that must be changed."""

    must_change_password = True


class ApiClientFactory(ActingFactory):
    """A usable client; its key is in `.key` of the built object only."""

    class Meta:
        model = ApiClient

    class Params:
        key = factory.LazyFunction(lambda: secrets.token_urlsafe(32))

    name = factory.Sequence(lambda n: f"示例系统{n}")
    department = factory.SubFactory(DepartmentFactory)
    prefix = factory.LazyAttribute(lambda made: made.key[:KEY_PREFIX_LENGTH])
    key_hash = factory.LazyAttribute(lambda made: hash_key(made.key))
    scopes = ["records.write"]


class RevokedApiClientFactory(ApiClientFactory):
    revoked_at = factory.LazyFunction(timezone.now)
