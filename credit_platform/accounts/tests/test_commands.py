from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def open_account(*arguments):
    out = StringIO()
    call_command("open_account", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_account_is_opened_with_a_password_to_be_changed(market_bureau):
    said = open_account("sec", "--name", "安全", "--role", "security_admin")
    user = User.objects.get(username="sec")
    assert user.check_password(said.split("：")[1].strip())
    assert user.must_change_password
    open_account("clerk1", "--name", "录入", "--role", "clerk", "--role", "reviewer", "--department", "scjgj")
    assert User.objects.get(username="clerk1").department == market_bureau


@pytest.mark.parametrize(
    "arguments",
    [
        ("sec", "--name", "安全", "--role", "auditor", "--role", "clerk"),
        ("sec", "--name", "安全", "--role", "clerk"),
        ("sec", "--name", "安全", "--role", "clerk", "--department", "nowhere"),
        ("张三", "--name", "安全"),
    ],
)
def test_what_the_action_refuses_is_said_in_one_line(arguments):
    with pytest.raises(CommandError):
        open_account(*arguments)
    assert not User.objects.exists()


def test_two_administrators_are_begun_with_and_the_third_is_theirs(db):
    for name, role in (("first.one", "security_admin"), ("second.one", "system_admin")):
        call_command("open_account", name, name="某", role=[role], stdout=StringIO())
    with pytest.raises(CommandError, match="一人提出、另一人核准"):
        call_command("open_account", "third.one", name="某", role=["auditor"])
    call_command("open_account", "a.clerk", name="某", stdout=StringIO())
    call_command("open_account", "third.one", name="某", role=["auditor"], emergency="两人均已离岗", stdout=StringIO())
    assert AuditEntry.objects.filter(verb="accounts.create").latest("pk").reason == "两人均已离岗"
