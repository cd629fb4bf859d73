"""The verbs of a draw: announce, enter, confirm, reject, void. Who announced knows nothing that helps; two people enter the public value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from casework import sampling
from casework.actions.opening import numbers_of
from casework.models import Draw
from casework.queries.draws import announced
from casework.rules import drawing
from casework.rules import draws as rules
from casework.rules.draws import LABELS, MOVES, DrawState, Named, Stratum
from casework.sampling import Sampling
from casework.sealed_places import NONCE
from credit_platform import sealing
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Refused, at_field, refuse, required
from credit_platform.moves import next_state
from credit_platform.web.once import require_version
from credit_platform.workdays.queries import calendar

NUMBER = "SSJ-{year}-{n:04}"


def announce(
    kind: Sampling,
    department: Department,
    *,
    occasion: str,
    title: str,
    named: Named,
    by: Actor,
    reason: str = "",
    strata: Sequence[Stratum] | None = None,
    now: datetime | None = None,
) -> Draw:
    """Freeze the list of today and announce it: its digest, how many are drawn, the hash of the nonce, and the public value that will decide.

    `strata`: the list where the app above has frozen it before.

    Who: `kind.permission` for the department. A second draw of an occasion needs a reason and keeps the first. Forbidden; Refused for a public
    value that is known already and for an empty list; Conflict while another draw of the occasion is open.
    """
    now = now or timezone.now()
    with acting(by):
        policy.require(by, kind.permission, department)
        earlier = Draw.objects.filter(sampling=kind.slug, department=department, occasion=occasion)
        again = earlier.count() + 1
        if again > 1:
            mend = "本批次已经公布过抽取，再次抽取须填写原因；原抽取及其结果予以保留。"
            refuse(required(reason, "reason", mend, rule="draw.reason", most=500))
        refuse(rules.against_named(named, now=now))
        if strata is None and kind.population is not None:
            strata = [part for part in kind.population(department, timezone.localdate(now)) if part.size]
        strata = [part for part in strata or () if part.ids]
        if not any(part.size for part in strata):
            raise Refused("draw.empty", "名单是空的，没有可供抽取的对象。", mend=kind.ground)
        row = Draw(
            sampling=kind.slug, department=department, occasion=occasion, title=title, again=again, announced_at=now
        )
        row.reason, row.announced_by = reason.strip(), by if isinstance(by, User) else None
        _name(row, named)
        _freeze(row, strata)
        _save_new(row)
        audit.record(
            "casework.draw.announce", row, by=by, reason=row.reason, unit_id=department.pk, detail=announced(row)
        )
    return row


def enter(
    draw: Draw,
    *,
    value: str,
    by: User,
    fallback: bool = False,
    reason: str = "",
    version: str | None = None,
    now: datetime | None = None,
) -> Draw:
    """The first person enters the public value that was named, once it is known; the fallback only after its own time, with the reason.

    Refused before the time, for what is no such value, and for a fallback without a reason.
    """
    now = now or timezone.now()
    with acting(by):
        row = _locked(draw, by, version)
        row.state = _after(row, "enter").value
        row.by_fallback, row.fallback_reason = fallback, reason.strip() if fallback else ""
        if now < (row.fallback_at if fallback else row.value_at):
            raise Refused(
                "draw.early",
                "该公开值尚未产生，不能录入。",
                findings=[at_field("draw.early", "value", "该公开值尚未产生，不能录入。")],
            )
        if fallback:
            refuse(required(reason, "reason", "请写明首选公开值为何不能使用。", rule="draw.fallback_reason", most=500))
        row.public_value = _written(row, value)
        row.entered_by, row.entered_at = by, now
        _save(row, "state", "by_fallback", "fallback_reason", "public_value", "entered_by", "entered_at")
        audit.record(
            "casework.draw.enter",
            row,
            by=by,
            after={"public_value": row.public_value},
            reason=row.fallback_reason,
            unit_id=row.department_id,
        )
    return row


def confirm(draw: Draw, *, value: str, by: User, version: str | None = None, now: datetime | None = None) -> Draw:
    """A second person enters the same value; with that the list is drawn, the nonce revealed, and what follows is carried out.

    Forbidden for who entered it; Refused when the two differ. Who fell out since the announcement is replaced by the next ticket.
    """
    now = now or timezone.now()
    with acting(by):
        row = _locked(draw, by, version)
        row.state = _after(row, "confirm").value
        if row.entered_by_id == by.pk:
            raise Forbidden("draw.two_people", "公开值应由另一人复核，录入人不能复核。")
        if _written(row, value) != row.public_value:
            words = "与第一人录入的公开值不一致，没有抽取。"
            mend = "请与公开渠道核对；第一人录入有误的，请退回重新录入。"
            raise Refused(
                "draw.differs", words, mend=mend, findings=[at_field("draw.differs", "value", words, mend=mend)]
            )
        kind = sampling.get(row.sampling)
        row.confirmed_by, row.closed_at = by, now
        _reveal(row)
        row.seed = drawing.seed_of(row.nonce, row.public_value, row.list_digest)
        row.struck = drawing.canonical(kind.gone([each for part in row.parts() for each in part.ids]))
        drawn = rules.draw_by_stratum(row.parts(), row.seed, struck=row.struck)
        row.drawn = {code: [[ticket.id, ticket.value] for ticket in tickets] for code, tickets in drawn.items()}
        _save(row, "state", "confirmed_by", "closed_at", "nonce", "sealed_nonce", "seed", "struck", "drawn")
        audit.record(
            "casework.draw.confirm",
            row,
            by=by,
            after={"seed": row.seed, "drawn": row.drawn_ids()},
            unit_id=row.department_id,
        )
        kind.carry_out(row, row.drawn_ids(), by, timezone.localdate(now))
    return row


def reject(draw: Draw, *, reason: str, by: User, version: str | None = None) -> Draw:
    """What was entered is not the value that was published: it is entered again. Refused without a reason."""
    with acting(by):
        row = _locked(draw, by, version)
        row.state = _after(row, "reject").value
        refuse(required(reason, "reason", "请写明录入的公开值有什么错误。", rule="draw.reject", most=500))
        before = {"public_value": row.public_value}
        row.public_value, row.entered_by, row.entered_at = "", None, None
        row.by_fallback, row.fallback_reason = False, ""
        _save(row, "state", "public_value", "entered_by", "entered_at", "by_fallback", "fallback_reason")
        audit.record(
            "casework.draw.reject", row, by=by, before=before, reason=reason.strip(), unit_id=row.department_id
        )
    return row


def void(draw: Draw, *, reason: str, by: User, version: str | None = None, now: datetime | None = None) -> Draw:
    """A draw that was announced by mistake, taken back by another person **before** its public value is known: afterwards whoever did
    not like the result could do so. Forbidden for who announced it; Refused later and without a reason."""
    now = now or timezone.now()
    with acting(by):
        row = _locked(draw, by, version)
        row.state = _after(row, "void").value
        if row.announced_by_id == by.pk:
            raise Forbidden("draw.two_people", "公布人不能作废自己公布的抽取，应由另一人办理。")
        if now >= row.value_at:
            raise Refused(
                "draw.known", "公开值已经产生，不能作废，应当揭示。", mend="逾期没有揭示的，由系统作废并公布。"
            )
        refuse(required(reason, "reason", "请写明作废的原因。", rule="draw.void", most=500))
        row.voided_by = by
        _void(row, reason.strip(), by=by, now=now)
    return row


def void_unrevealed(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """The clock's: what was not revealed by its last day is void, with its nonce, so that anybody can see what it would have drawn; how many."""
    on = on or timezone.localdate()
    late = list(Draw.objects.unrevealed(on).order_by("pk").values_list("pk", flat=True))
    for pk in late:
        with acting(by):
            policy.require(by, "casework.draw.expire")
            row = Draw.objects.select_for_update().unrevealed(on).filter(pk=pk).first()
            if row is not None:
                row.state = _after(row, "void").value
                _void(row, "逾期没有揭示。", by=by, now=timezone.now())
    return len(late)


def _name(row: Draw, named: Named) -> None:
    row.source, row.source_number, row.value_at = named.source, named.number, named.at
    row.fallback_number, row.fallback_at = named.fallback_number, named.fallback_at
    row.reveal_by = calendar().due_on(timezone.localdate(named.fallback_at), rules.REVEAL_WITHIN)


def _freeze(row: Draw, strata: Iterable[Stratum]) -> None:
    """The frozen list, its digest, and the hash of a fresh nonce. One list for all strata: an id stands in one of them only."""
    parts = [Stratum(part.code, part.label, drawing.canonical(part.ids), part.size, part.ground) for part in strata]
    ids = [each for part in parts for each in part.ids]
    if len(ids) != len(set(ids)):
        raise ValueError("an object stands in two strata of one draw")
    row.strata = [
        {"code": part.code, "label": part.label, "ids": list(part.ids), "size": part.size, "ground": part.ground}
        for part in parts
    ]
    row.population, row.size = len(ids), sum(part.size for part in parts)
    row.number = numbers_of("draw", NUMBER, timezone.localdate(row.announced_at).year)[0]
    nonce = drawing.new_nonce()
    row.list_digest, row.nonce_digest = drawing.list_digest(ids), drawing.nonce_digest(nonce)
    row.sealed_nonce = sealing.encrypt(nonce.encode(), sealing.place(NONCE, row.number))


def _save_new(row: Draw) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(
            "draw.open", "本批次已有公布中的抽取，不能再公布一次。", mend="请先完成原抽取，或者刷新页面查看。"
        ) from error


def _locked(draw: Draw, by: Actor, version: str | None) -> Draw:
    row = Draw.objects.select_for_update(of=("self",)).select_related("department").get(pk=draw.pk)
    policy.require(by, sampling.get(row.sampling).permission, row.department)
    if version is not None:
        require_version(row, version)
    return row


def _after(row: Draw, verb: str) -> DrawState:
    return next_state(MOVES, LABELS, DrawState(row.state), verb, code="draw.state", what="抽取")


def _written(row: Draw, value: str) -> str:
    written = row.of.written(row.named_number, value)
    if written is None:
        words = f"不是{row.of.label}的正确写法：{row.of.value_help}"
        raise Refused("draw.value", words, findings=[at_field("draw.value", "value", words)])
    return written


def _reveal(row: Draw) -> None:
    token = bytes(row.sealed_nonce or b"")
    row.nonce, row.sealed_nonce = sealing.decrypt(token, sealing.place(NONCE, row.number)).decode(), None


def _void(row: Draw, reason: str, *, by: Actor, now: datetime) -> None:
    row.void_reason, row.closed_at = reason, now
    _reveal(row)
    _save(row, "state", "void_reason", "voided_by", "closed_at", "nonce", "sealed_nonce")
    audit.record("casework.draw.void", row, by=by, reason=reason, unit_id=row.department_id)
    if (follow := sampling.get(row.sampling).voided) is not None:
        follow(row, reason, by)


def _save(row: Draw, *columns: str) -> None:
    row.version += 1
    row.save(update_fields=[*columns, "version"])
