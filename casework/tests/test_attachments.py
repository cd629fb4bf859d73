"""Files of cases, papers and declarations: one piece of code keeps them."""

from __future__ import annotations

import pytest

from casework.actions.attachments import keep
from casework.rules.attachments import MOST, AttachedFile
from credit_platform.accounts.actors import SYSTEM
from credit_platform.errors import Refused

PERSON = "230102199003071237"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.django_db
def test_the_number_of_a_person_does_not_stay_in_the_name_of_a_file():
    (row,) = keep([AttachedFile(f"{PERSON}身份证.pdf", b"%PDF-1.4")], dict, folder="trial", by=SYSTEM)
    assert PERSON not in row["name"]
    assert row["name"].endswith("身份证.pdf")


@pytest.mark.django_db
def test_when_its_row_cannot_be_made_the_file_is_gone_again(media):
    def refused(**columns):
        raise Refused("x", "不行。")

    with pytest.raises(Refused):
        keep([AttachedFile("材料.pdf", b"%PDF-1.4")], refused, folder="trial", by=SYSTEM)
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_more_than_ten_are_refused_before_one_is_kept(media):
    with pytest.raises(Refused):
        keep([AttachedFile("材料.pdf", b"%PDF-1.4")] * (MOST + 1), dict, folder="trial", by=SYSTEM)
    assert not any(media.iterdir())
