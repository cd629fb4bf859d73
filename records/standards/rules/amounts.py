"""Money: present when its kind is, absent when it is not, and the same as the text says (traps 24, 25)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from records.standards.amounts import WAN, confiscated_in_text, fines_in_text, plain
from records.standards.rules.register import rule
from records.standards.working import Check, Row

FINE = "罚款"
CONFISCATIONS = frozenset({"没收违法所得", "没收非法财物"})
_UNIT = "金额单位是万元：2000元应填0.2。"


def _has_fine(kinds: tuple[str, ...]) -> bool:
    return FINE in kinds


def _has_confiscation(kinds: tuple[str, ...]) -> bool:
    return not CONFISCATIONS.isdisjoint(kinds)


@rule("amount.fine-positive", "处罚类别含罚款时，罚款金额大于0")
def fine_positive(roles: Mapping[str, str]) -> Check | None:
    """A fine of nothing is no fine."""
    fine, kinds_field = roles.get("fine", ""), roles.get("kinds", "")
    if not (fine and kinds_field):
        return None

    def check(row: Row) -> None:
        amount = row.values.get(fine)
        if amount is not None and amount <= 0 and _has_fine(row.values.get(kinds_field, ())):
            text = "处罚类别含罚款，罚款金额须大于0。"
            row.error(
                "amount.fine-positive", fine, text, mend="请按决定书填写罚款金额，单位为万元。", value=plain(amount)
            )

    return check


@rule("amount.without-kind", "处罚类别不含罚款、没收时，不填对应金额")
def without_kind(roles: Mapping[str, str]) -> Check | None:
    """An amount without its kind: one of the two is wrong. A 0 is dropped with a warning, for many files fill the column with it."""
    kinds_field = roles.get("kinds", "")
    pairs: list[tuple[str, str, Callable[[tuple[str, ...]], bool]]] = []
    if roles.get("fine"):
        pairs.append((roles["fine"], FINE, _has_fine))
    if roles.get("confiscated"):
        pairs.append((roles["confiscated"], "没收", _has_confiscation))
    if not (kinds_field and pairs):
        return None

    def check(row: Row) -> None:
        kinds = row.values.get(kinds_field)
        if kinds is None:
            return
        for field, word, present in pairs:
            amount = row.values.get(field)
            if amount is None or present(kinds):
                continue
            if amount == 0:
                row.drop(field)
                row.warn(
                    "amount.zero-ignored",
                    field,
                    f"处罚类别不含{word}，金额0已忽略。",
                    mend="不涉及时请留空。",
                    value="0",
                )
            else:
                mend = f"请在处罚类别中增加{word}，或清空金额。"
                row.error(
                    "amount.without-kind", field, f"处罚类别不含{word}，却填写了金额。", mend=mend, value=plain(amount)
                )

    return check


@rule("amount.confiscated-zero", "没收金额为0时在备注中说明")
def confiscated_zero(roles: Mapping[str, str]) -> Check | None:
    """Goods without a price are entered as 0 with a remark."""
    field, remark = roles.get("confiscated", ""), roles.get("remark", "")
    if not field:
        return None

    def check(row: Row) -> None:
        if row.values.get(field) == 0 and not row.values.get(remark):
            row.warn(
                "amount.confiscated-zero",
                field,
                "没收金额为0，应在备注中说明没收的物品。",
                mend="请填写备注。",
                value="0",
            )

    return check


@rule("amount.matches-text", "罚款金额与处罚内容中的金额一致（单位万元）")
def matches_text(roles: Mapping[str, str]) -> Check | None:
    """The text of 处罚内容 names the fine in 元 or 万元; a factor of 10 000 is a unit error."""
    return _comparison(roles, "fine", fines_in_text, "amount.matches-text", "罚款")


@rule("amount.confiscated-text", "没收金额与处罚内容中的金额一致（单位万元）")
def confiscated_text(roles: Mapping[str, str]) -> Check | None:
    """The same for what is confiscated."""
    return _comparison(roles, "confiscated", confiscated_in_text, "amount.confiscated-text", "没收")


def _comparison(
    roles: Mapping[str, str], role: str, named: Callable[[str], tuple[Decimal, ...]], rule_id: str, word: str
) -> Check | None:
    field, text_field, kinds_field = roles.get(role, ""), roles.get("content", ""), roles.get("kinds", "")
    if not (field and text_field):
        return None

    def check(row: Row) -> None:
        text = row.values.get(text_field)
        told = named(text) if text else ()
        if not told:
            return
        amount = row.values.get(field)
        if amount is None:
            kinds = row.values.get(kinds_field)
            if kinds and field not in row.unreadable and not any(word in kind for kind in kinds):
                shown = f"处罚内容写有{word}{plain(told[0])}元，处罚类别不含{word}。"
                row.warn(rule_id, kinds_field, shown, mend="请核对处罚类别和金额。")
            return
        _compare(row, field, amount, told, (rule_id, word))

    return check


def _compare(row: Row, field: str, amount: Decimal, told: tuple[Decimal, ...], names: tuple[str, str]) -> None:
    rule_id, word = names
    yuan = amount * WAN
    totals = {*told, sum(told), sum(set(told))}
    if yuan in totals:
        return
    shown = plain(amount)
    if any(total and (yuan == total * WAN or total == yuan * WAN) for total in totals):
        right = next(total for total in totals if total and (yuan == total * WAN or total == yuan * WAN))
        text = f"处罚内容写明{word}{plain(right)}元，金额填{shown}万元，相差一万倍，疑似单位错误。"
        row.warn(rule_id, field, text, mend=f"{_UNIT[:-1]}，此处应填{plain(right / WAN)}。", value=shown)
        return
    listed = "、".join(f"{plain(each)}元" for each in told)
    row.warn(
        rule_id,
        field,
        f"处罚内容写明{word}{listed}，与填写的{shown}万元不一致。",
        mend=f"请按决定书核对。{_UNIT}",
        value=shown,
    )
