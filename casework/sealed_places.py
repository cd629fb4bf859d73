"""Where tokens lie in cases (`credit_platform.resealing`)."""

from __future__ import annotations

from credit_platform.resealing import Column

INFORMANT, ADDRESS, NONCE = "casework.informant", "casework.address", "casework.nonce"
PLACES = (
    Column(
        label="线索反映人",
        table="casework_tip",
        column="informant",
        purpose=INFORMANT,
        bound=("case_id",),
        key="case_id",
    ),
    Column(
        label="消息接收地址",
        table="casework_message",
        column="address",
        purpose=ADDRESS,
        bound=("notice_id", "channel"),
    ),
    Column(
        label="随机抽取的随机数",
        table="casework_draw",
        column="sealed_nonce",
        purpose=NONCE,
        bound=("number",),
    ),
)
