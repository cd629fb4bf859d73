from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from credit_platform.accounts.models import User

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
