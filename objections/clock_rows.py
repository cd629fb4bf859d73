"""The profiles of clocks as rows: which stage of an objection has how many working days, by which text, from when."""

from __future__ import annotations

from datetime import date

from casework.rules.clocks import Days
from objections.rules.clocks import Stage

HARBIN = "哈政办规〔2020〕12号第35项“尽快核实并反馈”；受理3、转办1、核实5、答复2、总计15个工作日为本平台设定"
IDENTITY = "无账户在线提出异议的，上传材料1个工作日内核对身份，为本平台设定"
RECOMMENDED = "哈政办规〔2020〕12号第35项；收到当日标注、2个工作日内转办、来源单位5个工作日，总计7个工作日，经批准延长至15个工作日，为本平台建议"
HENAN, SHANDONG, SHENZHEN = (
    "河南省社会信用条例第四十一条",
    "山东省社会信用条例第三十九条",
    "深圳经济特区社会信用条例第五十一条",
)

PROFILES: dict[str, tuple[date, dict[Stage, Days]]] = {
    "HRB": (
        date(2020, 10, 16),
        {
            Stage.IDENTITY: Days(1, basis=IDENTITY),
            Stage.ACCEPT: Days(3, basis=HARBIN),
            Stage.FORWARD: Days(1, basis=HARBIN),
            Stage.SOURCE: Days(5, 10, HARBIN),
            Stage.FINAL: Days(2, basis=HARBIN),
            Stage.HARD: Days(15, 10, HARBIN),
            Stage.SUPPRESS: Days(1, basis=HARBIN),
        },
    ),
    "HRB7": (
        date(2026, 4, 1),
        {
            Stage.ACCEPT: Days(2, basis=RECOMMENDED),
            Stage.FORWARD: Days(0, basis=RECOMMENDED),
            Stage.SOURCE: Days(5, 8, RECOMMENDED),
            Stage.HARD: Days(7, 8, RECOMMENDED),
        },
    ),
    "HEN2019": (
        date(2020, 5, 1),
        {Stage.SOURCE: Days(3, basis=HENAN), Stage.HARD: Days(7, basis=HENAN)},
    ),
    "SD2020": (
        date(2020, 10, 1),
        {Stage.OWN: Days(3, basis=SHANDONG), Stage.HARD: Days(7, basis=SHANDONG)},
    ),
    "SZ2023": (
        date(2023, 3, 1),
        {
            Stage.ACCEPT: Days(0, basis=SHENZHEN),
            Stage.FORWARD: Days(1, basis=SHENZHEN),
            Stage.SOURCE: Days(2, 3, SHENZHEN),
        },
    ),
}
