"""Who is masked how."""

import pytest

from credit_platform.errors import Finding, Level, Refused
from disclosure.rules.masking import findings_of, mask_free, mask_name, private_names, shown_of
from disclosure.rules.publication import blocking, refuse
from records.standards import registry


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳修", "欧阳*"),
        ("欧阳修文", "欧阳**"),
        ("司马", "司*"),
        ("阿依古丽·买买提", "阿***"),
        ("John Smith", "J***"),
        ("王某某", "王某某"),
        ("李*", "李*"),
        ("王", "王*"),
        ("", ""),
        ("王小二*", "王**"),
        ("*王小二", "王**"),
        ("王*二", "王*"),
        ("王小二＊", "王**"),
        ("王小*", "王*"),
        ("王小二某", "王***"),
        ("欧阳**", "欧阳**"),
        ("J***", "J***"),
        ("**", "**"),
    ],
)
def test_names(name, masked):
    assert mask_name(name) == masked


def test_only_public_fields_of_the_standard_are_shown():
    standard = registry.get("penalty-2018")
    content = {field.code: "示例" for field in standard.fields}
    shown = shown_of(standard, content, subject_kind="legal")
    public = {field.code for field in standard.visible_fields()}
    assert set(shown) <= public
    for hidden in ("CF_XDR_ZJHM", "CF_FR_ZJHM", "CF_FR_ZJLX", "HRB_YZCD", "BZ", "CF_GSJZQ"):
        assert hidden not in shown


def test_a_sealed_value_never_passes():
    standard = registry.get("permit-2018")
    sealed = {"sealed": "x", "hash": "y", "masked": "230102********002X"}
    assert shown_of(standard, {"XK_NR": sealed, "XK_XDR_ZJHM": sealed}, subject_kind="person") == {}


def test_a_person_has_no_code_and_a_masked_name():
    standard = registry.get("permit-2018")
    content = {"XK_XDR_MC": "张三丰", "XK_XDR_SHXYM": "92230103MA1C00026P", "XK_NR": "准予张三丰驾驶出租汽车"}
    assert shown_of(standard, content, subject_kind="person") == {"XK_XDR_MC": "张**", "XK_NR": "准予张**驾驶出租汽车"}


def test_free_text_loses_numbers_phones_and_addresses():
    text = mask_free("经营者王小明，电话13804511234，身份证230102199003071237。", {"王小明": "王**"})
    assert text.startswith("经营者王**，电话138****1234，身份证")
    assert "230102199003071237" not in text


def test_a_name_of_one_sign_is_not_searched_in_texts():
    assert private_names("王", "", "person") == {}
    assert private_names("某公司", "王小明", "legal") == {}


def test_names_of_authorities_are_not_scanned_as_addresses():
    standard = registry.get("penalty-2018")
    assert findings_of(standard, {"CF_CFJG": "道里区通达街道办事处", "CF_SJLY": "道里区通达街道办事处"}) == ()


def test_a_checked_mask_lifts_the_scanner_and_nothing_else():
    scanned = Finding("personal.mobile", Level.ERROR, "含有手机号码。")
    warned = Finding("personal.address", Level.WARNING, "疑似含有住址。")
    other = Finding("severity.missing", Level.ERROR, "请填写失信严重程度。")
    assert blocking([scanned, warned], [other], masking_confirmed=False) == (other, scanned)
    assert blocking([scanned, warned], [other], masking_confirmed=True) == (other,)
    assert blocking([scanned, warned], [], masking_confirmed=True) == ()
    with pytest.raises(Refused, match="2处"):
        refuse([scanned, other])
    refuse([])


def test_the_registered_premises_of_an_organisation_are_shown_and_those_of_a_sole_trader_hidden():
    standard = registry.get("registration")
    content = {"QYMC": "哈尔滨示范商贸有限公司", "ZS": "哈尔滨市道里区友谊路示范小区3栋2单元501室，电话13904510000"}
    shown = shown_of(standard, content, subject_kind="legal")["ZS"]
    assert "3栋2单元501室" in shown
    assert "13904510000" not in shown
    assert "501" not in shown_of(standard, content, subject_kind="sole_trader")["ZS"]
