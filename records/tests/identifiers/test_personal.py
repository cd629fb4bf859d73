"""The scanner of free text: what it must find, what it must leave alone, and that masking leaves nothing."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_platform.errors import Level
from records.identifiers import idcard, regions
from records.identifiers.personal import Kind, findings, mask_text, scan
from records.tests.published import published

areas = st.tuples(st.sampled_from(sorted(regions.PROVINCES)), st.text("0123456789", min_size=4, max_size=4)).map(
    "".join
)
births = st.dates(date(1930, 1, 1), date(2020, 12, 31)).map("{:%Y%m%d}".format)
ids = (
    st.tuples(areas, births, st.text("0123456789", min_size=3, max_size=3))
    .map("".join)
    .map(lambda b: b + idcard.make_check_digit(b))
)
chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=12)


def found(text):
    return [(span.kind, span.certain, text[span.start : span.end]) for span in scan(text)]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("当事人身份证号230102199003071237。", "230102199003071237"),
        ("号码23010219900307004x，", "23010219900307004x"),
        ("２３０１０２１９９００３０７１２３７", "２３０１０２１９９００３０７１２３７"),
        ("230102 19900307 1237", "230102 19900307 1237"),
        ("2301 0219 9003 0712 37", "2301 0219 9003 0712 37"),
        ("230102—19900307—1237", "230102—19900307—1237"),
        ("230102\u200b199003\u200b071237", "230102\u200b199003\u200b071237"),
        ("SFZ230102199003071237", "230102199003071237"),
        ("110000200101010 008", "110000200101010 008"),
        ("身份证110000200101010-008", "110000200101010-008"),
        ("身份证：230102900307123", "230102900307123"),
    ],
)
def test_identity_numbers_are_found_with_certainty(text, piece):
    assert found(text) == [(Kind.ID_CARD, True, piece)]


@pytest.mark.parametrize("text", ["编码230102199003071238", "230102900307123", "身份证230102199013071237"])
def test_what_only_looks_like_one_is_suspected(text):
    [(kind, certain, _)] = found(text)
    assert (kind, certain) == (Kind.ID_CARD, False)


def test_a_number_hidden_in_a_long_string_is_suspected():
    assert found("99990230102199003071237000")[0][:2] == (Kind.ID_CARD, False)


@pytest.mark.parametrize(
    "text",
    [
        "13945123456",
        "联系电话：139 4512 3456",
        "139-4512-3456",
        "+8613945123456",
        "1 3 9 4 5 1 2 3 4 5 6",
        "１３９４５１２３４５６",
        "tel13945123456",
        "手机号13945123456号码",
    ],
)
def test_mobile_numbers(text):
    [(kind, certain, _)] = found(text)
    assert (kind, certain) == (Kind.MOBILE, True)
    assert "139****3456" in mask_text(text)


@pytest.mark.parametrize(
    "text", ["0451-84512345", "（0451）84512345", "0451—84512345", "电话045184512345", "电话84512345", "010-66554433"]
)
def test_landlines_are_suspected(text):
    assert [(k, c) for k, c, _ in found(text)] == [(Kind.LANDLINE, False)]


def test_a_home_phone_is_certain():
    assert found("本人家庭电话0451-84512345")[0][:2] == (Kind.LANDLINE, True)


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("6222021234567890128", True),
        ("账号6222 0212 3456 7890 128", True),
        ("卡号4367421234567890128", False),
        ("开户行账号23001865551050501234", False),
    ],
)
def test_bank_numbers(text, certain):
    [(kind, sure, _)] = found(text)
    assert kind == Kind.BANK_CARD
    assert sure is certain


def test_e_mail():
    assert found("邮箱zhang.san@example.com。") == [(Kind.EMAIL, True, "zhang.san@example.com")]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("住址：哈尔滨市南岗区西大直街92号3单元501室，", "哈尔滨市南岗区西大直街92号3单元501室"),
        ("家住巴彦县山后乡跃进村姜球三屯。", "巴彦县山后乡跃进村姜球三屯"),
        ("现住阳光小区3栋2单元501室", "阳光小区3栋2单元501室"),
        ("户籍地址为黑龙江省宾县宾州镇西大街12号", "黑龙江省宾县宾州镇西大街12号"),
        ("在道里区阳光小区3栋2单元501室内", "道里区阳光小区3栋2单元501室"),
    ],
)
def test_home_addresses(text, piece):
    assert found(text) == [(Kind.ADDRESS, True, piece)]


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码91230102MA1B00017U",
        "统一社会信用代码123502001549897397",
        "哈市监罚〔2020〕13945123456号",
        "注册号230100100000005",
        "罚款12345678901.00元",
        "罚款13945123456元",
        "罚款人民币1,394,512,345.60元",
        "2020-09-24至2020-10-10，2020年9月24日 10:30",
        "2020092420201010",
        "许可证编号：JY12301020001234",
        "GB/T 39440-2020，第一百二十三条",
        "黑龙江省哈尔滨市道里区中央大街100号",
        "住房公积金、住宅专项维修资金3号",
        "住建局在松北区世纪大道1号",
        "产品条码6901234567892",
        "执法证号2301021234",
        "东经126.642464 北纬45.756967",
    ],
)
def test_what_is_no_personal_data_is_left_alone(text):
    assert found(text) == []
    assert mask_text(text) == text


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("持护照E12345678入境", Kind.PASSPORT, "E12345678"),
        ("护照号码：EA1234567。", Kind.PASSPORT, "EA1234567"),
        ("港澳居民来往内地通行证H12345678", Kind.PASSPORT, "H12345678"),
        ("出生日期：1990年3月7日", Kind.BIRTH, "1990年3月7日"),
        ("李某，1990年3月7日出生，", Kind.BIRTH, "1990年3月7日"),
        ("生于1990-03-07，", Kind.BIRTH, "1990-03-07"),
        ("身份证二三〇一〇二一九九〇〇三〇七一二三七", Kind.ID_CARD, "二三〇一〇二一九九〇〇三〇七一二三七"),
        ("贰叁零壹零贰 壹玖玖零零叁零柒 壹贰叁柒", Kind.ID_CARD, "贰叁零壹零贰 壹玖玖零零叁零柒 壹贰叁柒"),
        ("2 3 0 1 0 2 1 9 9 0 0 3 0 7 1 2 3 7", Kind.ID_CARD, "2 3 0 1 0 2 1 9 9 0 0 3 0 7 1 2 3 7"),
    ],
)
def test_papers_births_and_numerals(text, kind, piece):
    assert found(text) == [(kind, True, piece)]
    assert piece not in mask_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "火灾发生于2020年3月1日",
        "该批产品产生于2026年3月1日",
        "诞生于1990年3月的企业",
        "代办护照、签证",
        "护照办理收费100元",
        "生产日期2026年3月7日",
        "一二三四五六七八九十一二三四五六七八九十",
        "GB 14881-2013、DB23/T 3023-2021",
    ],
)
def test_words_alike_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize("piece", ["1 ", "1 3 ", "12 ", "0 ", "6222 ", "230102 1990 ", "一 "])
def test_no_character_of_a_text_costs_more_than_a_few_steps(piece):
    """Counted in calls: windows of single digits once cost nearly two thousand of them a character."""
    text = piece * (3000 // len(piece))
    assert _calls(text) < 100 * len(text)


def test_findings_block_or_warn_and_show_nothing():
    sure, doubt = findings("身份证230102199003071237，电话0451-84512345", field="CF_SY")
    assert (sure.level, sure.rule, sure.field) == (Level.ERROR, "personal.id_card", "CF_SY")
    assert (doubt.level, doubt.rule) == (Level.WARNING, "personal.landline")
    assert "2301" not in sure.text + sure.value


def test_only_the_certain_can_be_masked():
    text = "230102199003071237 或 0451-84512345"
    assert mask_text(text, suspected=False) == "****** 或 0451-84512345"


@given(chinese, ids, chinese)
def test_an_identity_number_in_any_text_is_found_and_hidden(before, number, after):
    text = before + number + after
    assert any(span.certain and span.start <= len(before) and span.end >= len(before) + 18 for span in scan(text))
    assert number[6:14] not in mask_text(text)


@given(
    ids,
    st.lists(st.integers(1, 17), min_size=1, max_size=4, unique=True),
    st.sampled_from([" ", "-", "—", "\u200b", "　", " - "]),
)
def test_separators_do_not_hide_an_identity_number(number, places, separator):
    pieces = [number[a:b] for a, b in zip([0, *sorted(places)], [*sorted(places), 18], strict=True)]
    text = separator.join(pieces)
    assert [(span.kind, span.certain) for span in scan(text)] == [(Kind.ID_CARD, True)]


@given(st.text(alphabet="0123456789xX-－ 　.元号第〔〕路街栋单元室住址小区abMA@\u200b身份证电话账号", max_size=120))
def test_spans_are_ordered_inside_the_text_and_gone_after_masking(text):
    spans = scan(text)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert not [s for s in scan(mask_text(text)) if s.certain and s.kind is Kind.ID_CARD]


@given(st.text())
def test_no_text_breaks_the_scanner(text):
    assert mask_text(text) == mask_text(text, suspected=True)


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1-", "a@", "a.", "住", "住址：路", "3栋2", "0451", "12345678901234567890 ", "单元", "街1", "（"],
)
def test_work_grows_with_the_length_only(piece):
    """Counted in calls, not in seconds: ten times the text, about ten times the work."""
    assert _calls(piece * 3000) < 14 * _calls(piece * 300) + 2000


def _calls(text):
    import sys

    count = 0

    def tick(frame, event, arg):
        nonlocal count
        count += 1

    sys.setprofile(tick)
    try:
        scan(text)
    finally:
        sys.setprofile(None)
    return count


def test_real_business_scopes_and_codes_raise_no_alarm():
    with published("enterprise", "heilongjiang_dev.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    texts = [f"{r['name']} {r['credit_code']} {r['reg_date']} {r['capital_raw']} {r['business_scope']}" for r in rows]
    assert [found(text) for text in texts if scan(text)] == []
