"""The verbs of every list that comes in editions: new, new from another, save and remove an entry, issue, repeal.

An `Editions` is one such list; its app gives its tables, its words and what it asks of an entry. Policy, order and history are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.editions.models import Edition, Entry, of_editions_in_force
from credit_platform.editions.queries import Comparison, Fact, Named, compare
from credit_platform.editions.rules import EditionState, common_days, next_state, why_not
from credit_platform.errors import Conflict, Finding, Refused
from credit_platform.web.formats import cn_date

E = TypeVar("E", bound=Edition)
N = TypeVar("N", bound=Entry)


def always_sound(entry: Any) -> Iterable[Finding]:
    """Nothing stands against any entry beside what its fields ask."""
    return ()


@dataclass(frozen=True)
class Editions(Generic[E, N]):
    """A list: `editions` and `entries` are its tables; `edition` and `identity` name the entry's keys to its edition and to what it
    speaks of (a model with `code` and `name`), `many` its set of choices, where it has one.

    `permission` opens every verb; `audit` begins the audit's verbs ("commitments.list"), `audit_identity` those of what entries speak of;
    `code` begins the codes of refusals; `name` and `what` are the list and one line of it in Chinese. `facts` say what an entry says,
    `unsound` what stands against it: findings at its fields.
    """

    editions: type[E]
    entries: type[N]
    identity: str
    permission: str
    audit: str
    audit_identity: str
    code: str
    name: str
    what: str
    edition: str = "edition"
    many: str = ""
    article: str = ""
    facts: Sequence[Fact[N]] = ()
    unsound: Callable[[N], Iterable[Finding]] = always_sound

    # --- reading

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """What an entry says: its own columns, in the order of the model, without its keys; its days and its place at the end."""
        common = tuple(column.name for column in Entry._meta.fields)
        keys = {self.edition, self.identity, *common}
        columns = self.entries._meta.concrete_fields
        own = (column.name for column in columns if not column.primary_key and column.name not in keys)
        return (*own, *common)

    @cached_property
    def identities(self) -> type[models.Model]:
        """What entries speak of, whatever edition is in force."""
        return cast(type[models.Model], self.entries._meta.get_field(self.identity).related_model)

    def of(self, edition: E) -> models.QuerySet[N]:
        """The entries of an edition in the order of the list, with all that they name."""
        rows = self._whole().filter(**{self.edition: edition})
        return rows.order_by("position", f"{self.identity}__code")

    def _whole(self) -> models.QuerySet[N]:
        named = [column.name for column in self.entries._meta.concrete_fields if column.is_relation]
        rows = self.entries._default_manager.select_related(*named)
        return rows.prefetch_related(self.many) if self.many else rows

    def named(self, entry: N) -> Named:
        """What an entry speaks of."""
        of = getattr(entry, self.identity)
        return Named(of.code, of.name)

    def published(self, code: str, on: date) -> N | None:
        """What the list says of something on a day, else what it said at last (left out since, or not yet begun); no draft."""
        rows = self._whole().filter(**{f"{self.identity}__code__iexact": code})
        rows = rows.exclude(**{f"{self.edition}__state": EditionState.DRAFT.value})
        current = rows.filter(of_editions_in_force(on, self.edition)).first()
        return current or rows.order_by(f"-{self.edition}__valid_from", "-pk").first()

    def days(self, entry: N) -> tuple[date, date | None]:
        """The first and the last day on which an entry of an issued edition holds."""
        edition = getattr(entry, self.edition)
        return common_days((edition.valid_from, entry.valid_from), (edition.valid_until, entry.valid_until))

    def why_not(self, entry: N, on: date, *, so: str) -> str:
        """ "" when an entry is in force on a day, else why not, for whoever reads its page; `so` says what that means for them."""
        edition = getattr(entry, self.edition)
        return why_not(edition.name, edition.state, self.days(entry), on, what=self.what, so=so)

    def compare(self, old: E, new: E) -> Comparison:
        """How edition `new` differs from `old`, by `facts`."""
        before, after = ({self.named(entry): entry for entry in self.of(each)} for each in (old, new))
        return compare(before, after, self.facts)

    # --- drawing up

    def new(self, code: str, name: str, *, by: Actor, basis: str, valid_from: date) -> E:
        """Begin an empty edition as a draft. Conflict when the code is taken."""
        with acting(by):
            policy.require(by, self.permission)
            made = self.editions(code=code, name=name, basis=basis, valid_from=valid_from)
            try:
                with transaction.atomic():
                    made.save(force_insert=True)
            except IntegrityError as error:
                text = f"{self.name}版本代号“{code}”已被使用。"
                raise Conflict(f"{self.code}.code", text, mend="请换一个代号。") from error
            audit.record(f"{self.audit}.new", made, by=by, after={"code": code, "name": name}, basis=basis)
        return made

    def new_from(self, previous: E, *, by: Actor, code: str, name: str, basis: str, valid_from: date) -> E:
        """Begin an edition as a draft with all entries of another one and their choices."""
        with acting(by):
            made = self.new(code, name, by=by, basis=basis, valid_from=valid_from)
            for entry in self.of(previous):
                keys = {self.edition: made, self.identity: getattr(entry, self.identity)}
                copied = self.entries(**keys, **{name: getattr(entry, name) for name in self.fields})
                copied.save()
                if self.many:
                    getattr(copied, self.many).set(getattr(entry, self.many).all())
        return made

    def save_entry(
        self,
        edition: E,
        of: models.Model,
        values: Mapping[str, Any],
        *,
        by: Actor,
        chosen: Sequence[models.Model] | None = None,
    ) -> N:
        """Put something into a draft, or change it there; `chosen` None leaves its choices as they are.

        Conflict when the edition is issued; Refused with findings when the entry is not sound.
        """
        with acting(by):
            policy.require(by, self.permission)
            row = self._editable(edition)
            entry = self.of(row).filter(**{self.identity: of}).first()
            entry = entry or self.entries(**{self.edition: row, self.identity: of})
            before = {name: getattr(entry, name) for name in values} if entry.pk else {}
            for name, value in values.items():
                setattr(entry, name, value)
            self._refuse(list(self.unsound(entry)), "未保存")
            entry.save()
            if chosen is not None:
                getattr(entry, self.many).set(chosen)
            basis = str(getattr(entry, "basis", ""))
            verb, old, new = f"{self.audit}.change", as_kept(before), as_kept(values)
            audit.record(verb, entry, by=by, before=old, after=new, basis=basis)
        return entry

    def remove_entry(self, entry: N, *, by: Actor, reason: str) -> None:
        """Take something out of a draft. Conflict when the edition is issued."""
        with acting(by):
            policy.require(by, self.permission)
            self._editable(getattr(entry, self.edition))
            of = {self.identity: self.named(entry).code}
            audit.record(f"{self.audit}.remove", entry, by=by, before=of, reason=reason)
            entry.delete()

    def identify(self, named: Named, *, by: Actor) -> models.Model:
        """What a code stands for; registered under its name when it is new."""
        with acting(by):
            policy.require(by, self.permission)
            rows = self.identities._default_manager
            of, made = rows.get_or_create(code=named.code, defaults={"name": named.name})
            if made:
                after = {"code": named.code, "name": named.name}
                audit.record(f"{self.audit_identity}.add", of, by=by, after=after)
        return of

    # --- into force and out of it

    def issue(self, edition: E, *, by: Actor, reason: str = "") -> E:
        """Put an edition into force from its day on; the former one ends the day before.

        Refused when it is empty or one of its entries is not sound, or when an issued edition begins on the same day or later.
        """
        with acting(by):
            policy.require(by, self.permission)
            editions = list(self.editions._default_manager.select_for_update().order_by("pk"))
            row = next(each for each in editions if each.pk == edition.pk)
            state = self._next(row, "issue")
            self._require_issuable(row)
            former = self._former(row, editions)
            if former is not None:
                former.valid_until = row.valid_from - timedelta(days=1)
                former.save(update_fields=["valid_until"])
            row.state = str(state)
            row.save(update_fields=["state"])
            after = {"valid_from": row.valid_from, "former": former.code if former else None}
            audit.record(f"{self.audit}.issue", row, by=by, after=after, reason=reason, basis=row.basis)
        return row

    def repeal(self, edition: E, *, by: Actor, reason: str, on: date | None = None) -> E:
        """Take an issued edition out of force from the day `on` (today); what was entered under it stays. Refused without a reason.

        Its last day is the one before; an edition that never began has none, so that no day is found under it (`ever_in_force`).
        """
        with acting(by):
            policy.require(by, self.permission)
            row = self.locked(edition)
            state = self._next(row, "repeal")
            if not reason.strip():
                raise Refused(f"{self.code}.reason", "请填写废止理由。")
            row.state, row.valid_until = str(state), last_day(row, on or timezone.localdate())
            row.save(update_fields=["state", "valid_until"])
            after = {"valid_until": row.valid_until}
            audit.record(f"{self.audit}.repeal", row, by=by, after=after, reason=reason.strip())
        return row

    def locked(self, edition: E) -> E:
        """The edition as it stands, held until the end of the transaction."""
        return self.editions._default_manager.select_for_update().get(pk=edition.pk)

    def _editable(self, edition: E) -> E:
        row = self.locked(edition)
        self._next(row, "edit")
        return row

    def _next(self, row: E, verb: str) -> EditionState:
        return next_state(row.state, verb, code=self.code, what=self.name)

    def _require_issuable(self, edition: E) -> None:
        entries = list(self.of(edition))
        if not entries:
            text = f"{self.name}里还没有{self.what}，不能发布。"
            raise Refused(f"{self.code}.empty", text, article=self.article)
        found = ((each, self.named(entry)) for entry in entries for each in self.unsound(entry))
        told = [replace(each, text=f"{of.code} {of.name}：{each.text}", field="") for each, of in found]
        self._refuse(told, "不能发布")

    def _refuse(self, found: Sequence[Finding], end: str) -> None:
        if found:
            text = f"{self.what}不符合要求，{end}。"
            raise Refused(f"{self.code}.unsound", text, article=self.article, findings=found)

    def _former(self, row: E, editions: Sequence[E]) -> E | None:
        """The issued edition that stands open when this one begins."""
        issued = [each for each in editions if each.state == EditionState.ISSUED]
        later = next((each for each in issued if each.valid_from >= row.valid_from), None)
        if later is not None:
            text = f"已发布的“{later.name}”自{cn_date(later.valid_from)}起生效，不早于本版本。"
            mend = "请把生效日期改在现行版本之后。"
            raise Refused(f"{self.code}.overlap", text, article=self.article, mend=mend)
        reaching = [each for each in issued if each.valid_until is None or each.valid_until >= row.valid_from]
        return max(reaching, key=lambda each: each.valid_from, default=None)


def last_day(edition: Edition, repealed_on: date) -> date | None:
    """The last day on which an edition was in force that is repealed on a day; None when it never was."""
    eve = repealed_on - timedelta(days=1)
    last = min(edition.valid_until or eve, eve)
    return last if last >= edition.valid_from else None


def as_kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the audit keeps them: a row by its key, a day as text."""
    return {name: _as_kept(value) for name, value in values.items()}


def _as_kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else getattr(value, "pk", value)
