"""The official calendar and a provisional one, built without a database."""

from credit_platform.workdays import official
from credit_platform.workdays.rules import Calendar, DayRule

OFFICIAL = Calendar(
    {d.date: DayRule(d.is_workday, d.name, f"{d.year}年放假通知") for d in official.days()},
    frozenset(range(official.FIRST_YEAR, official.LAST_YEAR + 1)),
)
EMPTY = Calendar({}, frozenset())

NOTICE_2027 = """
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""  # an invented notice: the real one was not out when this was written
