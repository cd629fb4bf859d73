"""What every list that comes in editions has in common: drawn up as a draft, issued as a whole, never changed afterwards.

An `Editions` is one such list; its app gives its words, its audit verbs and what it asks of an entry. Policy, order and history are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar, cast

from django.db import IntegrityError, models, transaction

from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused
from records.rules import CatalogueState

E = TypeVar("E", bound=models.Model)
N = TypeVar("N", bound=models.Model)


@dataclass(frozen=True)
class Editions(Generic[E, N]):
    """`edition`, `identity`, `many` name the entry's fields for its edition, for what it speaks of, and for its set of choices; `copied`
    what a new edition takes over. `verbs` are the audit's words for new, change, remove, issue, repeal; `code` begins the codes of errors; `name`
    and `what` are the list and one line of it in Chinese.
    `next_state` raises Conflict; `require_sound` (an entry) and `require_issuable` (an edition) raise Refused."""

    editions: type[E]
    entries: type[N]
    edition: str
    identity: str
    many: str
    copied: Sequence[str]
    permission: str
    verbs: Mapping[str, str]
    code: str
    name: str
    what: str
    article: str
    next_state: Callable[[str, str], str]
    require_sound: Callable[[N], None]
    require_issuable: Callable[[E], None]

    def new(self, code: str, name: str, *, by: Actor, basis: str, valid_from: date) -> E:
        """Begin an empty edition as a draft. Who: system administrator, the platform. Conflict when the code is taken."""
        with acting(by):
            policy.require(by, self.permission)
            made = self.editions(code=code, name=name, basis=basis, valid_from=valid_from)
            try:
                with transaction.atomic():
                    made.save(force_insert=True)
            except IntegrityError as error:
                text = f"{self.name}版本代号“{code}”已被使用。"
                raise Conflict(f"{self.code}.code", text, mend="请换一个代号。") from error
            audit.record(self.verbs["new"], made, by=by, after={"code": code, "name": name}, basis=basis)
        return made

    def new_from(self, previous: E, *, by: Actor, code: str, name: str, basis: str, valid_from: date) -> E:
        """Begin an edition as a draft with all entries of another one and their choices."""
        with acting(by):
            made = self.new(code, name, by=by, basis=basis, valid_from=valid_from)
            for entry in self._of(previous).prefetch_related(self.many).order_by("pk"):
                copied = self.entries(
                    **{self.edition: made, f"{self.identity}_id": getattr(entry, f"{self.identity}_id")}
                )
                for field in self.copied:
                    setattr(copied, field, getattr(entry, field))
                copied.save()
                getattr(copied, self.many).set(getattr(entry, self.many).all())
        return made

    def save_entry(
        self,
        edition: E,
        of: models.Model,
        values: Mapping[str, Any],
        *,
        by: Actor,
        chosen: Sequence[models.Model] | None,
    ) -> N:
        """Put something into a draft, or change it there; `chosen` None leaves its choices as they are.

        Conflict when the edition is issued; Refused with findings when the entry is not sound.
        """
        with acting(by):
            policy.require(by, self.permission)
            row = self._editable(edition)
            entry = self._of(row).filter(**{self.identity: of}).first()
            entry = entry or self.entries(**{self.edition: row, self.identity: of})
            before = {name: getattr(entry, name) for name in values} if entry.pk else {}
            for name, value in values.items():
                setattr(entry, name, value)
            self.require_sound(entry)
            entry.save()
            if chosen is not None:
                getattr(entry, self.many).set(chosen)
            basis = str(getattr(entry, "basis", ""))
            audit.record(self.verbs["change"], entry, by=by, before=kept(before), after=kept(values), basis=basis)
        return entry

    def remove_entry(self, entry: N, *, by: Actor, reason: str) -> None:
        """Take something out of a draft. Conflict when the edition is issued."""
        with acting(by):
            policy.require(by, self.permission)
            self._editable(getattr(entry, self.edition))
            of = {self.identity: getattr(entry, self.identity).code}
            audit.record(self.verbs["remove"], entry, by=by, before=of, reason=reason)
            entry.delete()

    def issue(self, edition: E, *, by: Actor, reason: str = "") -> E:
        """Put an edition into force from its day on; the former one ends the day before.

        Refused when it cannot be issued, or when an issued edition begins on the same day or later.
        """
        with acting(by):
            policy.require(by, self.permission)
            editions: list[Any] = list(self._all().select_for_update().order_by("pk"))
            row = next(each for each in editions if each.pk == edition.pk)
            state = self.next_state(row.state, "issue")
            self.require_issuable(row)
            former = self._former(row, editions)
            if former is not None:
                former.valid_until = row.valid_from - timedelta(days=1)
                former.save(update_fields=["valid_until"])
            row.state = str(state)
            row.save(update_fields=["state"])
            after = {"valid_from": row.valid_from, "former": former.code if former else None}
            audit.record(self.verbs["issue"], row, by=by, after=after, reason=reason, basis=row.basis)
        return cast(E, row)

    def repeal(self, edition: E, *, by: Actor, reason: str) -> E:
        """Take an issued edition out of force at once; what was entered under it stays. Refused without a reason."""
        with acting(by):
            policy.require(by, self.permission)
            row = self.locked(edition)
            state = self.next_state(row.state, "repeal")
            if not reason.strip():
                raise Refused(f"{self.code}.reason", "请填写废止理由。")
            row.state = str(state)
            row.save(update_fields=["state"])
            audit.record(self.verbs["repeal"], row, by=by, reason=reason.strip())
        return cast(E, row)

    def locked(self, edition: E) -> Any:
        """The edition as it stands, held until the end of the transaction."""
        return self._all().select_for_update().get(pk=edition.pk)

    def _editable(self, edition: E) -> E:
        row = self.locked(edition)
        self.next_state(row.state, "edit")
        return cast(E, row)

    def _all(self) -> models.QuerySet[Any]:
        return self.editions._default_manager.all()

    def _of(self, edition: E) -> models.QuerySet[N]:
        return self.entries._default_manager.filter(**{self.edition: edition})

    def _former(self, row: Any, editions: Sequence[Any]) -> Any:
        """The issued edition that stands open when this one begins."""
        issued = [each for each in editions if each.state == CatalogueState.ISSUED]
        later = next((each for each in issued if each.valid_from >= row.valid_from), None)
        if later is not None:
            text = f"已发布的“{later.name}”自{later.valid_from}起生效，不早于本版本。"
            mend = "请把生效日期改在现行版本之后。"
            raise Refused(f"{self.code}.overlap", text, article=self.article, mend=mend)
        reaching = [each for each in issued if each.valid_until is None or each.valid_until >= row.valid_from]
        return max(reaching, key=lambda each: each.valid_from, default=None)


def kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the audit keeps them: a row by its key, a day as text."""
    return {name: _kept(value) for name, value in values.items()}


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else getattr(value, "pk", value)
