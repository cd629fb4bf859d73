"""Who is at the desk."""

from __future__ import annotations

from django.http import HttpRequest

from credit_platform.accounts.models import Department, User
from credit_platform.errors import Forbidden


def user_of(request: HttpRequest) -> User:
    """The signed-in member of staff; the views ask only behind `login_required`."""
    if not isinstance(request.user, User):
        raise Forbidden("policy.forbidden", "请先登录。")
    return request.user


def department_of(request: HttpRequest) -> Department:
    """The department for which somebody enters; Forbidden for accounts without one."""
    department = user_of(request).department
    if department is None:
        raise Forbidden("policy.no-department", "您的账号不属于任何部门，不能录入。")
    return department
