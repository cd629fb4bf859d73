"""What stands against a publication, and which warnings are doubts."""

import pytest

from credit_platform.errors import Finding, Level, Refused
from disclosure.rules.publication import DOUBTS, blocking, doubts, refuse

ERROR = Finding("severity.missing", Level.ERROR, "请填写失信严重程度。")
PERSONAL = Finding("personal.mobile", Level.ERROR, "含有手机号码。")
WARNING = Finding("personal.address", Level.WARNING, "疑似含有住址。")


def test_the_warnings_that_a_reviewer_must_have_held_against_the_decision():
    assert set(DOUBTS) == {
        "amount.matches-text",
        "amount.confiscated-text",
        "subject.kind-vs-code",
        "subject.name-differs",
        "subject.person-name",
        "subject.minor",
        "disclosure.withdrawn-before",
    }


def test_a_doubt_becomes_an_error_with_its_place():
    told = {"rule": "subject.minor", "text": "当事人未满十八周岁。", "mend": "请核对。", "field": "CF_XDR_CSRQ"}
    assert doubts([told, {"rule": "date.late", "text": "迟"}, {"text": "?"}]) == (
        Finding("subject.minor", Level.ERROR, "当事人未满十八周岁。", "请核对。", field="CF_XDR_CSRQ"),
    )
    (bare,) = doubts([{"rule": "subject.minor", "text": "甲"}])
    assert (bare.mend, bare.field) == ("", "")


def test_a_checked_mask_lifts_the_scanner_and_nothing_else():
    assert blocking([PERSONAL, WARNING], [ERROR], masking_confirmed=False) == (ERROR, PERSONAL)
    assert blocking([PERSONAL, WARNING], [ERROR], masking_confirmed=True) == (ERROR,)


@pytest.mark.parametrize(
    ("findings", "mend"),
    [
        ([ERROR], "请按提示更正。"),
        ([PERSONAL, ERROR], "核对遮盖后的预览"),
        ([Finding("subject.minor", Level.ERROR, "甲")], "请与决定书核对"),
        ([Finding("subject.minor", Level.ERROR, "甲"), ERROR], "请按提示更正。"),
        ([Finding("subject.minor", Level.ERROR, "甲"), PERSONAL], "核对遮盖后的预览"),
    ],
)
def test_the_refusal_says_how_to_mend(findings, mend):
    with pytest.raises(Refused, match=f"有{len(findings)}处问题") as refused:
        refuse(iter(findings))
    assert mend in refused.value.mend
    assert refused.value.findings == tuple(findings)


def test_nothing_found_refuses_nothing():
    assert refuse(iter([])) is None
