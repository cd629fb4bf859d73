"""Three thousand fictitious subjects in Harbin's districts and counties: companies, branches, sole traders, cooperatives, bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from records.identifiers import idcard, orgcode, uscc
from records.identifiers.regions import HARBIN_DISTRICTS

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲芬燕彬鹏辉宇浩凯晨雪梅琳云峰"
SHOP_NAMES = (
    "冰城", "松江", "丁香", "雪域", "北疆", "龙源", "金秋", "鑫盛", "恒泰", "瑞丰", "嘉禾", "百川", "宏远", "启航", "同创", "德润",
    "康宁", "益民", "华诚", "众合", "天佑", "博远", "安和", "锦程", "佳木", "绿原", "东升", "盛世", "兴隆", "广源", "顺达", "融通",
    "星辰", "明德", "正和", "永兴", "金桥", "银河", "紫荆", "晨光", "海纳", "新禾", "万象", "青松", "白桦", "红岩", "蓝钻", "长河",
)  # fmt: skip
SECOND = "达兴泰源丰盛荣昌隆和顺祥瑞诚信嘉美佳宏远"
TRADES: tuple[tuple[str, str, str], ...] = (
    ("食品", "F", "预包装食品销售；食用农产品批发、零售"),
    ("商贸", "F", "日用百货、五金产品、办公用品批发、零售"),
    ("餐饮管理", "H", "餐饮服务；餐饮管理"),
    ("建筑工程", "E", "房屋建筑工程施工；建筑装饰装修工程施工"),
    ("装饰装修", "E", "住宅室内装饰装修；建筑材料销售"),
    ("物流", "G", "道路货物运输；货物仓储；货运代理"),
    ("医药", "F", "药品零售；第二类医疗器械销售"),
    ("医疗器械", "F", "第一类、第二类医疗器械销售"),
    ("信息技术", "I", "软件开发；信息系统集成服务；信息技术咨询服务"),
    ("环保科技", "N", "环境保护监测；污水处理及其再生利用"),
    ("农业科技", "A", "农作物种植；农业技术推广服务；农副产品销售"),
    ("物业服务", "K", "物业管理；停车场服务"),
    ("房地产经纪", "K", "房地产经纪；房地产咨询"),
    ("文化传媒", "R", "广告设计、制作、发布；组织文化艺术交流活动"),
    ("旅行社", "L", "旅游业务；会议及展览服务"),
    ("机械制造", "C", "通用设备制造；金属结构制造、销售"),
    ("家政服务", "O", "家政服务；建筑物清洁服务"),
    ("教育咨询", "P", "教育咨询服务（不含涉许可审批的教育培训活动）"),
    ("供热", "D", "热力生产和供应"),
    ("危险化学品", "F", "危险化学品经营（凭许可证经营）"),
)
SHOPS = (
    "小吃部", "超市", "食杂店", "理发店", "水果店", "药店", "服装店", "烧烤店", "饺子馆", "五金店",
    "汽车维修部", "洗衣店", "粮油店", "文具店",
)  # fmt: skip
ROADS = ("中央大街", "西大直街", "东大直街", "学府路", "红旗大街", "和兴路", "友谊路", "南极街", "靖宇街", "世茂大道", "先锋路", "长江路", "赣水路", "通达街", "新阳路")  # fmt: skip
FORM_OF = {"有限责任公司": "有限责任公司（自然人投资或控股）", "股份有限公司": "股份有限公司（非上市）"}


@dataclass(frozen=True, slots=True)
class DemoSubject:
    """One fictitious subject. `kind` is legal, sole_trader or person; `person_id` is set for natural persons only."""

    kind: str
    code: str
    name: str
    district: str
    legal_rep: str
    registered_on: date | None
    form: str
    capital: str
    scope: str
    address: str
    trade: str
    person_id: str = ""


def person_name(random: Random) -> str:
    """A made-up name of two or three characters."""
    return random.choice(SURNAMES) + "".join(random.choice(GIVEN) for _ in range(random.choice((1, 2, 2))))


def fictitious_code(prefix: str, district: str, position: int) -> str:
    """A well-formed credit code: `prefix` is registrar and kind; the own number carries a valid GB 11714 check digit."""
    body = f"{'MB' if prefix == '91' else 'MD'}9{_base36(position)}"
    first17 = f"{prefix}{district}{body}{orgcode.make_check_digit(body)}"
    return first17 + uscc.make_check_digit(first17)


def _base36(position: int, width: int = 5) -> str:
    digits = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    out = ""
    for _ in range(width):
        position, rest = divmod(position, len(digits))
        out = digits[rest] + out
    return out


def fictitious_person(random: Random) -> tuple[str, str]:
    """A made-up adult with a well-formed citizen number of Harbin."""
    born = date(1960, 1, 1) + timedelta(days=random.randrange(14_000))
    first17 = f"{random.choice(HARBIN_DISTRICTS).code}{born:%Y%m%d}{random.randrange(1000):03d}"
    return person_name(random), first17 + idcard.make_check_digit(first17)


def make_subjects(count: int, random: Random) -> list[DemoSubject]:
    """`count` subjects with different names; about 60 % companies, 30 % sole traders, the rest cooperatives and bodies."""
    subjects: list[DemoSubject] = []
    taken: set[str] = set()
    makers = (_company,) * 12 + (_sole_trader,) * 6 + (_cooperative, _institution)
    while len(subjects) < count:
        subject = random.choice(makers)(random, len(subjects) + 1)
        if subject.name not in taken:
            taken.add(subject.name)
            subjects.append(subject)
    return subjects


def _place(random: Random) -> tuple[str, str, str]:
    weights = [18, 20, 12, 6, 8, 14, 4, 4, 3] + [1.2] * 9
    district = random.choices(HARBIN_DISTRICTS, weights=weights[: len(HARBIN_DISTRICTS)])[0]
    address = f"黑龙江省哈尔滨市{district.name}{random.choice(ROADS)}{random.randrange(1, 400)}号"
    return district.code, district.name, address


def _word(random: Random) -> str:
    return random.choice(SHOP_NAMES) + random.choice(SECOND)


def _company(random: Random, position: int) -> DemoSubject:
    code, place, address = _place(random)
    trade, _, scope = random.choice(TRADES)
    form = random.choices(["有限公司", "有限责任公司", "股份有限公司"], weights=[8, 3, 1])[0]
    if trade == "旅行社":
        trade = "国际旅行社"
    where = random.choice(["哈尔滨市", "哈尔滨", f"哈尔滨市{place}", "黑龙江省"])
    name = f"{where}{_word(random)}{trade}{form}"
    if random.random() < 0.06:
        name = f"{where}{_word(random)}{trade}{form}{place[:2]}分公司"
    return DemoSubject(
        "legal",
        fictitious_code("91", code, position),
        name,
        code,
        person_name(random),
        date(2002, 3, 1) + timedelta(days=random.randrange(8600)),
        FORM_OF.get(form, "有限责任公司（自然人独资）"),
        f"{random.choice([10, 50, 100, 200, 500, 1000, 3000])}万元人民币",
        scope,
        address,
        trade,
    )


def _sole_trader(random: Random, position: int) -> DemoSubject:
    code, place, address = _place(random)
    shop = random.choice(SHOPS)
    owner = person_name(random)
    return DemoSubject(
        "sole_trader",
        fictitious_code("92", code, position),
        f"哈尔滨市{place}{_word(random)}{random.choice(SECOND)}{shop}",
        code,
        owner,
        date(2008, 1, 1) + timedelta(days=random.randrange(6600)),
        "个体工商户",
        "",
        f"{shop}经营；依法须经批准的项目，经相关部门批准后开展经营活动",
        address,
        "食品" if shop in ("小吃部", "烧烤店", "饺子馆", "食杂店") else "商贸",
    )


def _cooperative(random: Random, position: int) -> DemoSubject:
    code, place, address = _place(random)
    return DemoSubject(
        "legal",
        fictitious_code("93", code, position),
        f"哈尔滨市{place}{_word(random)}{random.choice(['水稻', '玉米', '大豆', '蔬菜', '奶牛'])}种植专业合作社".replace(
            "奶牛种植", "奶牛养殖"
        ),
        code,
        person_name(random),
        date(2009, 1, 1) + timedelta(days=random.randrange(6000)),
        "农民专业合作社",
        f"{random.choice([30, 60, 120, 300])}万元人民币",
        "组织成员种植、养殖、销售农产品；引进新技术、新品种",
        address,
        "农业科技",
    )


def _institution(random: Random, position: int) -> DemoSubject:
    code, place, address = _place(random)
    prefix, kind, form = random.choice(
        [("52", "幼儿园", "民办非企业单位"), ("52", "养老服务中心", "民办非企业单位"), ("51", "行业协会", "社会团体")]
    )
    return DemoSubject(
        "legal",
        fictitious_code(prefix, code, position),
        f"哈尔滨市{place}{_word(random)}{kind}",
        code,
        person_name(random),
        date(2006, 1, 1) + timedelta(days=random.randrange(7000)),
        form,
        f"{random.choice([3, 5, 10, 30])}万元人民币",
        "按登记证书核准的业务范围开展活动",
        address,
        "教育咨询",
    )
