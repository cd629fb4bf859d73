"""What the living style page shows: invented samples of every component, and one form that answers like a real one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from credit_platform.errors import Finding, Level, Refused
from credit_platform.web import districts
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.errors import apply_errors
from credit_platform.web.forms import ActionForm, KitForm
from credit_platform.web.progress import Progress
from credit_platform.web.worklists import Severity, WorkRow, WorkSection

COLOURS = (
    ("深蓝 900", "#0a2342", "页眉、按下"),
    ("深蓝 700", "#14427a", "结构、主按钮"),
    ("蓝 600", "#1d5aa3", "链接"),
    ("蓝 50", "#eef4fa", "表头、提示"),
    ("正文", "#16202c", "文字"),
    ("次要文字", "#4b5766", "说明"),
    ("红", "#ae2a19", "仅用于严重事项"),
    ("绿", "#1c6b43", "仅用于状态"),
    ("琥珀", "#85560a", "仅用于状态"),
    ("焦点", "#ffbf2e", "键盘焦点"),
)
TAGS = (("草稿", "neutral"), ("待审核", "info"), ("公示中", "good"), ("即将到期", "warn"), ("已逾期", "serious"))


class SampleForm(ActionForm):
    subject = forms.CharField(label="行政相对人名称", max_length=30, help_text="与营业执照上的名称完全一致。")
    code = forms.CharField(label="统一社会信用代码", max_length=18, help_text="18 位数字或大写字母。")
    kind = forms.ChoiceField(label="许可类别", choices=[("", "请选择"), ("1", "普通"), ("2", "特许"), ("3", "核准")])
    decided_on = ChineseDateField(label="许可决定日期")
    ends_on = ChineseDateField(label="有效期至", long_term=True, required=False, help_text="没有期限的填“长期”。")
    content = forms.CharField(label="许可内容", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
    shown = forms.ChoiceField(
        label="公示方式",
        widget=forms.RadioSelect,
        choices=[("all", "社会公开"), ("none", "依法不公示")],
        required=False,
    )
    checks = forms.MultipleChoiceField(
        label="已核对", widget=forms.CheckboxSelectMultiple, choices=[("a", "文书号"), ("b", "日期")], required=False
    )
    attachment = forms.FileField(label="决定书扫描件", required=False, help_text="PDF，不超过 10 MB。")
    sure = forms.BooleanField(label="内容与决定书一致")


class SampleFilter(KitForm):
    q = forms.CharField(label="名称或代码", required=False)
    kind = forms.ChoiceField(label="类别", choices=[("", "全部"), ("1", "普通"), ("2", "特许")], required=False)
    since = ChineseDateField(label="决定日期自", required=False)
    until = ChineseDateField(label="决定日期至", required=False)


class _Filterset:
    def __init__(self, form: KitForm) -> None:
        self.form = form


class _Page:
    """The face of a KeysetPage in the middle of a list."""

    has_next = has_previous = True
    next_cursor = previous_cursor = "sample"
    items = tuple(range(50))


def context(request: HttpRequest) -> dict[str, Any]:
    on = timezone.localdate()
    return {
        "on": on,
        "colours": COLOURS,
        "tags": TAGS,
        "form": _form(request),
        "filterset": _Filterset(SampleFilter(request.GET or None)),
        "page": _Page(),
        "rows": _rows(on),
        "deadlines": [on - timedelta(3), on, on + timedelta(2), on + timedelta(6)],
        "sheet_rows": _sheet(),
        "events": _events(),
        "tabs": [
            {"label": "全部", "url": "?", "current": True, "count": "10,000+"},
            {"label": "待审核", "url": "?", "count": 12},
            {"label": "已退回", "url": "?", "count": 0},
        ],
        "sections": _sections(on),
        "refusal": _refusal(),
        "jobs": _jobs(),
        "chart": _chart(),
        "district_values": {tile.code: 40 + 37 * index % 400 for index, tile in enumerate(districts.TILES[:-1])},
        "fine": Decimal("0.2"),
        "long_term": date(2099, 12, 31),
    }


def _form(request: HttpRequest) -> SampleForm:
    if request.method == "POST":
        form = SampleForm(request.POST, request.FILES)
        if form.is_valid():
            apply_errors(form, _refusal())
        return form
    if "errors" in request.GET:
        return SampleForm({"subject": "哈尔滨示例商贸有限公司", "decided_on": "2026-02-30"})
    return SampleForm()


def _refusal() -> Refused:
    article = "《哈尔滨市行政许可和行政处罚等信用信息公示办法》示例条款"
    finding = Finding(
        "code.check", Level.ERROR, "统一社会信用代码校验不通过。", "请核对第 18 位。", "code", article=article
    )
    return Refused("style.sample", "有 1 项不符合公示要求，没有提交。", findings=[finding])


def _rows(on: date) -> list[dict[str, Any]]:
    return [
        {
            "subject": "哈尔滨示例商贸有限公司",
            "code": "91230100MA00000000",
            "number": "哈示许〔2026〕第12号",
            "on": on - timedelta(4),
            "fine": Decimal("12.5"),
            "due": on - timedelta(1),
            "state": ("待审核", "info"),
            "serious": True,
        },
        {
            "subject": "松花江样例餐饮服务店",
            "code": "92230103MA00000001",
            "number": "哈示罚〔2026〕第7号",
            "on": on - timedelta(2),
            "fine": Decimal("0.2"),
            "due": on + timedelta(1),
            "state": ("公示中", "good"),
            "serious": False,
        },
        {
            "subject": "冰城演示建筑工程集团股份有限公司道外分公司",
            "code": "91230104MA00000002",
            "number": "哈示许〔2026〕第13号",
            "on": on - timedelta(1),
            "fine": None,
            "due": on + timedelta(5),
            "state": ("已退回", "warn"),
            "serious": False,
        },
    ]


def _sheet() -> list[tuple[str, Any]]:
    return [
        ("行政许可决定文书名称", "食品经营许可决定书"),
        ("行政许可决定文书号", "哈示许〔2026〕第12号"),
        ("许可类别", "普通"),
        ("许可内容", "食品销售（含散装熟食）、餐饮服务。\n经营场所以许可证载明地址为准。"),
        ("许可决定日期", "2026年11月19日"),
        ("有效期", "2026年11月19日至长期"),
        ("备注", ""),
    ]


def _events() -> list[dict[str, Any]]:
    moment = timezone.make_aware(datetime(2026, 11, 19, 9, 5))
    return [
        {"title": "作出决定", "on": date(2026, 11, 18), "text": "示例市场监督管理局", "done": True},
        {"title": "提交公示", "moment": moment, "text": "录入员 王某", "done": True},
        {
            "title": "退回更正",
            "moment": moment + timedelta(hours=4),
            "text": "文书号与决定书不一致。",
            "tone": "serious",
        },
        {"title": "等待审核", "on": date(2026, 11, 23), "note": "应于 2026年11月27日前公示"},
    ]


def _sections(on: date) -> list[WorkSection]:
    rows = [
        WorkRow("哈示罚〔2026〕第7号　松花江样例餐饮服务店", "#", on - timedelta(1), "待审核"),
        WorkRow("哈示许〔2026〕第12号　哈尔滨示例商贸有限公司", "#", on + timedelta(1), "待提交"),
    ]
    return [
        WorkSection("已逾期和即将到期的公示", rows, count=14, url="#", severity=Severity.SERIOUS),
        WorkSection("异议待答复", empty_text="没有待答复的异议。"),
    ]


def _jobs() -> list[Progress]:
    return [
        Progress("正在校验导入文件", "/desk/style/", 6200, 10000, "已校验 6,200 行，共 10,000 行", id="job-a"),
        Progress("导入完成", "/desk/style/", 1, 1, "接收 9,988 行，退回 12 行", True, next_url="#", id="job-b"),
        Progress("导入未完成", "/desk/style/", 1, 3, "文件缺少“决定日期”列。", True, failed=True, id="job-c"),
    ]


def _chart() -> dict[str, Any]:
    months = ["6月", "7月", "8月", "9月", "10月", "11月"]
    permits, penalties = [96.1, 97.4, 98.0, 98.8, 99.2, 99.5], [91.0, 93.5, 94.1, 96.6, 97.9, 98.4]
    series = [
        {"name": name, "type": "line", "data": data, "symbolSize": 7}
        for name, data in (("行政许可", permits), ("行政处罚", penalties))
    ]
    return {
        "option": {
            "xAxis": {"type": "category", "data": months},
            "yAxis": {"type": "value", "min": 90, "max": 100, "axisLabel": {"formatter": "{value}%"}},
            "series": series,
        },
        "headers": ["月份", "行政许可（%）", "行政处罚（%）"],
        "rows": list(zip(months, permits, penalties, strict=True)),
    }
