"""The kinds of information that no app above owns: permits, penalties, the eight other acts, registration data."""

from __future__ import annotations

from disclosure.kinds import Kind, Withheld

REGISTRATION = "registration"
ACTS: dict[str, str] = {
    "enforcement": "行政强制",
    "confirmation": "行政确认",
    "levy": "行政征收",
    "payment": "行政给付",
    "adjudication": "行政裁决",
    "compensation": "行政补偿",
    "award": "行政奖励",
    "inspection": "行政监督检查",
}
"""`/disclosure/acts/<act>/`: the eight acts beside permit and penalty (哈政办规〔2020〕12号, task 14)."""
HONOURS = ("award",)
"""Acts that are shown of natural persons too."""

PERMIT = Kind(
    code="permit",
    label="行政许可",
    address="/disclosure/permits/",
    results=("XK_NR", "XK_XKZS"),
    short_labels={"XK_XKZS": "许可证书"},
    about="XK_NR",
    about_word="许可内容",
    outcome_word="",
    timed=True,
    persons_shown=True,
    withheld=(Withheld("state", ("2", "无效"), "许可当前状态为无效，不再公示。"),),
)
PENALTY = Kind(
    code="penalty",
    label="行政处罚",
    address="/disclosure/penalties/",
    results=("CF_NR", "CF_NR_FK", "CF_NR_WFFF", "CF_NR_ZKDX", "CF_YJ"),
    short_labels={"CF_NR_WFFF": "没收金额", "CF_NR_ZKDX": "所涉证照"},
    about_word="违法行为",
    outcome=("CF_NR", "CF_CFLB"),
    outcome_word="处罚内容",
    validity=False,
    serious=True,
    repairable=True,
    timed=True,
    persons_reason="自然人的行政处罚信息仅限政务共享，不对外公示（《个人信息保护法》；本市参数）。",
)


def _act(act: str, label: str) -> Kind:
    return Kind(
        code=f"act-{act}",
        label=label,
        address=f"/disclosure/acts/{act}/",
        results=("_NR", "_JG_LX", "_CL", "_JLMC", "_LXQK", "_YJ"),
        outcome=("_JG_LX", "_NR"),
        timed=True,
        persons_shown=act in HONOURS,
    )


REGISTERED = Kind(
    code=REGISTRATION,
    label="登记注册",
    parts=("登记内容", "登记主体", "登记机关与来源"),
    said_by="登记",
    listed=False,
)
OWN_KINDS = (PERMIT, PENALTY, *(_act(act, label) for act, label in ACTS.items()), REGISTERED)
