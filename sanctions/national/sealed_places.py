"""Where tokens lie in events of the national system (`credit_platform.resealing`)."""

from __future__ import annotations

from credit_platform.resealing import Column

PERSON = "sanctions.national.person"
PLACES = (
    Column(
        label="国家系统事件中的证件号码",
        table="sanctions_nationalevent",
        column="id_number",
        purpose=PERSON,
        bound=("case_id",),
        key="case_id",
    ),
)
