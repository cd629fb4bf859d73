"""Where tokens lie in inspections (`credit_platform.resealing`)."""

from __future__ import annotations

from credit_platform.resealing import Column

SLIPS = "inspections.slips"
PLACES = (
    Column(
        label="抽查任务的签条密钥",
        table="inspections_inspectiontask",
        column="sealed_secret",
        purpose=SLIPS,
        bound=("number",),
    ),
)
