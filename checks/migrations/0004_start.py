"""What a 重大违法记录 is, and the matters with which an installation begins; the city goes on in the administration."""

from datetime import date
from decimal import Decimal

from django.db import migrations

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting

CITY = "哈政办规〔2020〕12号第24项"
SINCE = date(2020, 12, 31)
# 政府采购法实施条例 art. 19 has the kinds; what a large fine is was told by 财库〔2022〕3号, from 8 February 2022 on.
RECORD = {
    "years": 3,
    "kinds": ["责令停产停业", "吊销许可证件", "暂扣或者吊销许可证", "暂扣或者吊销执照"],
    "fine_wan": Decimal("200"),
    "basis": "《政府采购法》第二十二条第一款第五项；《政府采购法实施条例》第十九条第一款；财库〔2022〕3号",
    "valid_from": date(2022, 2, 8),
}
MATTERS = (
    # code, name, field of measures, whether 重大违法记录 is asked for
    ("HC-ZFCG", "政府采购供应商资格审查", "procurement", True),
    ("HC-ZTB", "依法必须招标项目投标人资格审查", "bidding", False),
    ("HC-SPJY", "食品经营许可", "food", False),
    ("HC-YPJY", "药品、医疗器械经营许可", "drug", False),
    ("HC-LXS", "旅行社业务经营许可", "tourism", False),
    ("HC-DJ", "市场主体登记（含董事、监事、高级管理人员备案）", "registration", False),
    ("HC-ZJ", "财政性资金、项目申报审核", "funds", False),
    ("HC-PY", "评先评优、表彰奖励资格审核", "honours", False),
    ("HC-XK", "其他行政许可、资质资格审查", "permit", False),
    ("HC-JC", "行政检查（双随机、一公开）抽查对象核查", "inspection", False),
)


def begin(apps, schema_editor):
    with acting(SYSTEM):
        apps.get_model("checks", "RecordRule").objects.create(**RECORD)
        apps.get_model("checks", "CheckMatter").objects.bulk_create(
            apps.get_model("checks", "CheckMatter")(
                code=code, name=name, field=field, asks_record=record, required=code != "HC-JC", basis=CITY, valid_from=SINCE
            )
            for code, name, field, record in MATTERS
        )


class Migration(migrations.Migration):
    dependencies = [("checks", "0003_ask"), ("audit", "0002_triggers")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
