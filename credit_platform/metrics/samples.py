"""One figure, and what every name means. The text of `/metrics` is made here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

MEANINGS = {
    "credit_group_up": "该组指标能否取到（1 能，0 不能）",
    "credit_database_answer_seconds": "数据库应答耗时（秒）",
    "credit_database_connections": "本库连接数",
    "credit_database_connections_max": "数据库允许的最大连接数",
    "credit_database_oldest_transaction_seconds": "本库最早的未结束事务已持续（秒）",
    "credit_database_read_only": "数据库处于恢复或只读备库状态（1 是）",
    "credit_queue_length": "等待执行的任务数",
    "credit_queue_taken": "已取走尚未确认的任务数",
    "credit_queue_lag_seconds": "最近一次心跳任务在队列中等待的时间（秒）",
    "credit_heartbeat_age_seconds": "距上次心跳（秒）：clock 定时器，worker 工作进程，task 全程",
    "credit_import_batches": "进行中的导入批次",
    "credit_import_oldest_heartbeat_age_seconds": "进行中的导入批次最久未活动（秒）",
    "credit_import_batches_last_day": "近 24 小时收到的导入批次（按结果）",
    "credit_disclosures_due": "未公示、在若干工作日内到期（含今日，不含已逾期）",
    "credit_disclosures_late": "已逾期仍未公示",
    "credit_disclosures_to_correct": "记录已变更、待更正公示",
    "credit_disclosures_to_end": "公示期已满、尚未标记到期（公众已看不到）",
    "credit_disclosures_not_published_in_time": "已审核、过了定于发布日仍未发布",
    "credit_changes_unnumbered": "尚未编号的变更事件",
    "credit_changes_oldest_unnumbered_age_seconds": "最早一条未编号变更事件的等待时间（秒）",
    "credit_audit_unsealed": "尚未入链的审计记录",
    "credit_audit_oldest_unsealed_age_seconds": "最早一条未入链审计记录的等待时间（秒）",
    "credit_audit_verified_age_seconds": "距上次审计链复核（秒）",
    "credit_audit_chain_ok": "上次审计链复核结果（1 完整，0 有断裂）",
    "credit_audit_altered_rows": "最近的内容核对发现的不符（行）",
    "credit_audit_reread_age_seconds": "距最近一次完成内容核对（秒）",
    "credit_audit_unanchored_faces": "最近一次核对中没有记入审计的公示内容（项）",
    "credit_audit_checkpoint_age_seconds": "距最近一次签发审计检查点（秒）",
    "credit_patrol_findings_open": "公示巡查发现、尚未消除的问题（处）",
    "credit_patrol_age_seconds": "距最近一次完成公示巡查（秒）",
    "credit_deliveries_late": "逾期未回执的变更送达（条）",
    "credit_exchange_waiting": "数据交换待完成的消息（条，按通道）",
    "credit_exchange_oldest_waiting_age_seconds": "最早一条待完成的交换消息已等待（秒，按通道）",
    "credit_exchange_parked": "数据交换退回和暂存的消息（条，按通道）",
    "credit_exchange_withdrawals_unconfirmed": "撤下后对方尚未以回执确认的信息（条）",
    "credit_holiday_notice_loaded": "放假通知是否已载入（1 是）：this 本年，next 下一年",
    "credit_disk_free_bytes": "附件目录所在磁盘可用字节",
    "credit_disk_free_ratio": "附件目录所在磁盘可用比例",
    "credit_backup_age_seconds": "距最近一次成功备份（秒）",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One line: a name out of MEANINGS, its value, its labels."""

    name: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


class _Given:
    """A collector of figures that were asked before."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        self.samples = samples

    def collect(self) -> Iterable[GaugeMetricFamily]:
        families: dict[str, GaugeMetricFamily] = {}
        for sample in self.samples:
            if sample.name not in families:
                labels = list(sample.labels)
                families[sample.name] = GaugeMetricFamily(sample.name, MEANINGS[sample.name], labels=labels)
            families[sample.name].add_metric(list(sample.labels.values()), sample.value)
        return families.values()


def render(samples: Iterable[Sample]) -> bytes:
    """The text format, each name with its meaning in Chinese."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Given(samples))
    return generate_latest(registry)
