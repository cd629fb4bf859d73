"""The fields of campaigns of an installation that has none. What an administrator has written is never touched."""

from __future__ import annotations

from datetime import date

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from supervision.campaigns.models import CampaignField

SINCE = date(2020, 10, 16)
"""The day of the plan."""
SOURCE = "中央文明委〔2018〕4号；哈政办规〔2020〕12号第21项"
NAMED = "主题见于已公布的城市文件；正式名称和牵头单位由市信用办核定"
GUESSED = "主题和名称均未见公布文本，由市信用办核定后施行使用"
THEMES: tuple[tuple[str, str], ...] = (
    ("电信网络诈骗", NAMED),
    ("互联网虚假信息、造谣传谣", NAMED),
    ("金融领域失信", NAMED),
    ("生态环境保护失信", NAMED),
    ("扶贫脱贫失信", NAMED),
    ("交通运输领域失信", NAMED),
    ("法院判决不执行", NAMED),
    ("涉税失信", NAMED),
    ("拖欠工资", NAMED),
    ("骗取保险", NAMED),
    ("制售假药", NAMED),
    ("医疗服务失信", NAMED),
    ("论文造假、学术不端", NAMED),
    ("考试作弊", NAMED),
    ("假彩票", NAMED),
    ("非法社会组织", NAMED),
    ("国内贸易流通、假冒伪劣", GUESSED),
    ("慈善捐助失信", GUESSED),
    ("工程建设、旅游失信", GUESSED),
)
LEADS = {1: ("公安部门、通信管理部门", "网信、法院、人民银行、金融监管部门")}
"""Lead and partners as other cities name them, where one could be read."""


def load() -> list[str]:
    """Enter the fields that are not there; what was loaded, for the shell."""
    made = 0
    with acting(SYSTEM):
        there = set(CampaignField.objects.values_list("no", flat=True))
        for no, (name, certainty) in enumerate(THEMES, 1):
            if no in there:
                continue
            lead, partners = LEADS.get(no, ("", ""))
            CampaignField.objects.create(
                no=no, name=name, lead=lead, partners=partners, source=SOURCE, certainty=certainty, valid_from=SINCE
            )
            made += 1
    return [f"专项治理领域 {made} 个"] if made else []
