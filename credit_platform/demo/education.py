"""Courses of the demonstration city: for who registers, for a key group, for repair; what a firm and its staff have learned; one that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from companies.models import CompanyAccount
from credit_platform.accounts.models import User
from credit_platform.demo import clock
from credit_platform.demo.companies import LOGINS
from education import actions
from education.models import Attempt, Course, CourseVersion, KeyGroup, Learner, Training
from education.trainings import actions as trainings

NUMBERS = ("230102198501014513", "230102199003070023")
"""Made up, with right check characters."""
PRESENT = 6
"""Firms that came to the session that is over."""


@dataclass(frozen=True, slots=True)
class Text:
    """A course as it is written down here; of each question the first option is right."""

    code: str
    title: str
    audience: str
    summary: str
    basis: str
    lessons: tuple[tuple[str, str], ...]
    questions: tuple[tuple[str, ...], ...]
    group: str = ""
    occasions: tuple[str, ...] = ()
    minutes: int = 45


TRADE = Text(
    "honest-trade",
    "诚信经营与信用常识",
    "market",
    "面向新登记的市场主体：信用信息从哪里来、公示多久、怎样查询和修复，以及经营中最常见的失信情形。",
    "哈政办规〔2020〕12号第5项",
    (
        (
            "信用信息从哪里来",
            "行政许可和行政处罚自作出决定之日起七个工作日内公示。\n\n公示以作出决定的机关报送的内容为准，任何人都可以按名称或者统一社会信用代码查询。",
        ),
        (
            "守住承诺",
            "以告知承诺方式办理的事项，承诺的内容、履行情况都会记录。\n\n做不到的不要承诺，情况变化时及时告知审批部门。",
        ),
        (
            "有错能改",
            "履行了法定义务、改正了违法行为并满最短公示期的，可以申请信用修复，全程免费。\n\n认为公示的信息有误的，可以提出异议。",
        ),
    ),
    (
        ("行政处罚决定自作出之日起几个工作日内公示？", "7个工作日", "20个工作日", "30个工作日"),
        ("申请信用修复怎样收费？", "不收费", "按次收费", "按处罚金额的比例收费"),
        ("认为公示的信息有误，可以怎样办？", "提出异议", "只能等公示期满", "自行更改"),
        ("以告知承诺方式取得许可后没有履行承诺的，会怎样？", "依法处理并记录", "没有后果", "由他人代为履行"),
        ("参加诚信教育是不是办理登记的条件？", "不是", "是"),
        ("查询一个企业公示的信用信息要不要登录？", "不要", "要"),
    ),
    occasions=("registration", "approval", "filing"),
)
ESTATE = Text(
    "estate-agents",
    "房地产中介从业人员入职诚信教育",
    "group",
    "面向房地产中介从业人员：如实发布房源、保管客户信息、规范签约。",
    "哈政办规〔2020〕12号第6项",
    (
        ("如实发布房源", "发布的房源应当真实、在售，面积和价格与权利人确认的一致。\n\n成交或者撤回委托的，及时撤下。"),
        ("保护客户信息", "只收集办理业务所必需的信息，用后妥善保管，不得出售或者用于其他目的。"),
    ),
    (
        ("房屋已经成交，房源信息应当怎样处理？", "及时撤下", "继续发布吸引客户", "改价后发布"),
        ("客户的身份信息可以用于什么？", "客户同意的业务", "转给其他机构推广", "发布在门店"),
        ("房源的价格以什么为准？", "权利人确认的价格", "中介自己估计的价格", "同小区最低价格"),
        ("客户撤回委托后还能继续发布吗？", "不能", "能"),
    ),
    group="estate",
)
REPAIR = Text(
    "credit-repair",
    "信用修复知识",
    "repair",
    "面向有失信信息的主体：先改正，再申请；哪些可以提前停止公示，需要准备什么，怎样避免再次失信。",
    "哈政办规〔2020〕12号第31项；国家发展改革委令第58号",
    (
        ("先改正，再申请", "信用修复的前提是履行义务、改正行为。\n\n在本平台“信用修复”栏目可以先查询能不能修复、还缺什么。"),
        ("防止再次失信", "指定专人接收行政机关的通知，按期年报，变更地址及时登记。"),
    ),
    (
        ("申请信用修复以前首先要做什么？", "履行义务、改正行为", "交纳费用", "委托中介"),
        ("参加修复培训怎样收费？", "不收费", "按人收费"),
        ("哪里可以查询能不能申请修复？", "本平台“信用修复”栏目", "只能到外地查询", "无处查询"),
        ("登记地址变更以后应当怎样？", "及时办理变更登记", "不用处理", "等下次年报再说"),
    ),
    minutes=180,
)  # fmt: skip


@dataclass(slots=True)
class Education:
    """What was taught and learned up to `today`."""

    today: date

    def build(self) -> int:
        """Three courses that are learned, one that waits; how many certificates there are."""
        trade = self._published(TRADE, "scjgj_lr", "scjgj_sh", 120)
        self._published(ESTATE, "zjj_lr", "zjj_sh", 100)
        self._published(REPAIR, "xyb", "xyb2", 90)
        self._waiting()
        self._trained()
        return self._learned(trade)

    def _published(self, text: Text, writer: str, reader: str, days: int) -> CourseVersion:
        begun = self.today - timedelta(days=days)
        with clock.at(begun, 9):
            row = self._written(text, User.objects.select_related("department").get(username=writer))
        with clock.at(begun + timedelta(days=2), 15):
            return actions.publish(row, by=User.objects.get(username=reader), seen=str(row.version))

    def _written(self, text: Text, by: User) -> CourseVersion:
        given = {
            "code": text.code,
            "title": text.title,
            "audience": text.audience,
            "group": KeyGroup.objects.get(code=text.group) if text.group else None,
            "occasions": list(text.occasions),
            "summary": text.summary,
            "minutes": text.minutes,
            "drawn": min(5, len(text.questions)),
            "pass_percent": 80,
            "attempts": 3,
            "pause_hours": 24,
            "valid_months": 24,
            "basis": text.basis,
        }
        assert by.department is not None  # noqa: S101 - the demonstration's own accounts
        row = actions.draft(given, department=by.department, by=by)
        for title, words in text.lessons:
            actions.add_lesson(row, title=title, text=words, by=by)
        for question, *options in text.questions:
            actions.add_question(row, text=question, options=options, right=[1], by=by)
        row.refresh_from_db()
        return actions.submit(row, by=by, seen=str(row.version))

    def _waiting(self) -> None:
        with clock.at(self.today - timedelta(days=1), 10):
            old = CourseVersion.objects.published().get(course__code=TRADE.code)
            clerk = User.objects.get(username="scjgj_lr")
            new = actions.draft_anew(old, by=clerk)
            actions.submit(new, by=clerk, seen=str(new.version))

    def _trained(self) -> None:
        """A session that is over and counted, and one that is announced."""
        clerk, reviewer = (User.objects.get(username=f"scjgj_{who}") for who in ("lr", "sh"))
        clerk = User.objects.select_related("department").get(pk=clerk.pk)
        held = self._announced(clerk, "第一期信用修复培训", self.today - timedelta(days=60))
        firms = [each.subject for each in held.invitations.select_related("subject")[:PRESENT]]
        with clock.at(held.on, 17):
            for firm in firms:
                trainings.enter(held, subject=firm, name="王示例", came=time(9), left=time(11, 50), by=clerk)
            held = trainings.hold(held, by=clerk, seen=str(Training.objects.get(pk=held.pk).version))
            trainings.close(held, by=reviewer, seen=str(held.version))
        self._announced(clerk, "第二期信用修复培训", self.today + timedelta(days=12))

    def _announced(self, clerk: User, title: str, on: date) -> Training:
        given = {
            "course": Course.objects.get(code=REPAIR.code),
            "title": title,
            "on": on,
            "begins": time(9),
            "ends": time(12),
            "place": "市政务服务中心三楼会议室",
            "trainer": "市信用办",
            "capacity": 60,
            "least_minutes": 150,
        }
        assert clerk.department is not None  # noqa: S101 - the demonstration's own accounts
        with clock.at(min(on, self.today) - timedelta(days=10), 9):
            row = trainings.plan(given, department=clerk.department, by=clerk)
            return trainings.announce(row, own=True, by=clerk, seen=str(row.version))

    def _learned(self, trade: CourseVersion) -> int:
        account = CompanyAccount.objects.active().select_related("subject").filter(login=LOGINS[0]).first()
        if account is None:
            return 0
        with clock.at(self.today - timedelta(days=40), 10):
            learner = actions.learner_of(account)
            self._taken(learner, trade, account)
            pack = actions.make_pack(title="新员工入职诚信教育", courses=[trade.course], by=account)
        for place, number in enumerate(NUMBERS):
            with clock.at(self.today - timedelta(days=30 - place), 11):
                person, _ = actions.enrol(name=("王示例", "李示例")[place], number=number, pack=pack)
                attempt = actions.begin(person, trade)
                actions.hand_in(attempt, _right(attempt) if place == 0 else {})
        return 2

    def _taken(self, learner: Learner, version: CourseVersion, by: CompanyAccount) -> None:
        attempt = actions.begin(learner, version, by=by)
        actions.hand_in(attempt, _right(attempt), by=by)


def _right(attempt: Attempt) -> dict[str, list[int]]:
    return {each["id"]: each["right"] for each in attempt.paper}
