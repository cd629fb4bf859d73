"""A draw nobody can steer: announced before its value is known, entered by two, revealed or void; anybody can repeat it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connections, transaction

from casework import sampling
from casework.actions import draws
from casework.models import Draw
from casework.queries.draws import holds, published
from casework.rules import draws as rules
from casework.rules.draws import LABELS, MOVES, DrawState, Stratum
from casework.tests import kit
from casework.tests.drawing import IDS, NAMED, NONCE, NOW, VALUE, Followed, announced, draw_in, sampling_of, take
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    ReviewerFactory,
)
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from credit_platform.pg import query

ORDER = ["G1230000MD00000756", "1123010000010001X8", "92230103MA1C00026P", "93230126MA1D00035F"]
SECOND = timedelta(seconds=1)
PROGRAM = Path(settings.BASE_DIR) / "docs" / "recompute_draw.py"
README = (Path(settings.BASE_DIR) / "casework" / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def followed(desk):
    return Followed()


@pytest.fixture
def kind(followed):
    made = sampling_of(followed)
    sampling.register(made)
    yield made
    sampling.forget(made.slug)


test_the_readme_draws_the_moves = kit.diagram(SimpleNamespace(moves=MOVES, labels=LABELS), README)


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "verb"), list(product(DrawState, sorted({verb for _, verb in MOVES}))))
def test_every_step_is_a_move_or_refused(kind, state, verb):
    draw = draw_in(state, kind)
    if (state, verb) in MOVES:
        assert take(draw, verb).state == MOVES[state, verb]
        return
    before = Draw.objects.values().get(pk=draw.pk)
    with pytest.raises(Conflict):
        take(draw, verb)
    assert Draw.objects.values().get(pk=draw.pk) == before


@pytest.mark.django_db
def test_the_published_vector_from_the_announcement_to_the_list(kind, followed, monkeypatch):
    monkeypatch.setattr("casework.rules.drawing.new_nonce", lambda: NONCE)
    draw = announced(kind)
    assert draw.list_digest == "b24fbde3f3c7b43eca06f1df126da3113464e8144b7d3d3e99ee04601d0aa93a"
    assert draw.nonce_digest == "6adf306af308fc0b3ac32f38eeb656024015a7f5926504a3cd31cce023295a3a"
    draw = take(take(draw, "enter"), "confirm")
    assert draw.public_value == "SSQ:2026131:03.07.14.19.25.31+09"
    assert draw.seed == "acacd48454992f172f5f785380b2c746a060768d2a8d20607d7e8337a01d8c55"
    assert (draw.drawn_ids(), followed.done) == (ORDER[:3], [ORDER[:3]])
    assert holds(Draw.objects.get(pk=draw.pk))


@pytest.mark.django_db
def test_who_fell_out_since_the_announcement_is_replaced_by_the_next(kind, followed, monkeypatch):
    monkeypatch.setattr("casework.rules.drawing.new_nonce", lambda: NONCE)
    followed.gone = [ORDER[1]]
    draw = draw_in("drawn", kind)
    assert draw.drawn_ids() == [ORDER[0], ORDER[2], ORDER[3]]
    assert holds(draw)


@pytest.mark.django_db
def test_the_nonce_is_known_to_nobody_before_the_draw_is_revealed(kind, monkeypatch):
    monkeypatch.setattr("casework.rules.drawing.new_nonce", lambda: NONCE)
    draw = draw_in("entered", kind)
    kept = [query("SELECT to_jsonb(d) FROM casework_draw d"), query("SELECT to_jsonb(h) FROM audit_history h")]
    everything = f"{published(draw)} {kept} {list(AuditEntry.objects.values())}"
    assert NONCE not in everything
    assert NONCE.encode().hex() not in everything
    assert "strata" not in published(draw)
    done = take(draw, "confirm")
    assert published(done)["nonce"] == NONCE
    assert query("SELECT sealed_nonce FROM casework_draw")[0][0] is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"at": NOW}, "at"),
        ({"at": NOW + rules.LATEST + SECOND, "fallback_at": NOW + rules.LATEST + 2 * SECOND}, "at"),
        ({"fallback_at": NAMED.at}, "fallback_at"),
        ({"fallback_at": NAMED.at + rules.LATEST + SECOND}, "fallback_at"),
        ({"fallback_number": NAMED.number}, "fallback_number"),
        ({"number": "131"}, "number"),
        ({"fallback_number": "2026-132"}, "fallback_number"),
        ({"source": "DICE"}, "source"),
    ],
)
def test_a_value_that_could_be_known_or_chosen_is_not_named(kind, change, field):
    with pytest.raises(Refused) as refused:
        announced(kind, named=replace(NAMED, **change))
    assert field in [finding.field for finding in refused.value.findings]
    assert not Draw.objects.exists()


@pytest.mark.django_db
def test_a_value_of_the_next_second_and_of_the_last_day_may_be_named(kind):
    assert announced(kind, named=replace(NAMED, at=NOW + SECOND)).value_at == NOW + SECOND
    latest = replace(NAMED, at=NOW + rules.LATEST, fallback_at=NOW + 2 * rules.LATEST)
    assert announced(kind, named=latest).value_at == NOW + rules.LATEST


@pytest.mark.django_db
def test_one_draw_of_an_occasion_is_open_and_the_next_needs_a_reason(kind):
    by = ReviewerFactory(department=DepartmentFactory())
    first = announced(kind, by)
    with pytest.raises(Conflict):
        announced(kind, by, reason="再抽一次。")
    take(take(first, "enter"), "confirm")
    with pytest.raises(Refused) as refused:
        announced(kind, by)
    assert [finding.field for finding in refused.value.findings] == ["reason"]
    assert announced(kind, by, reason="名单遗漏。").again == 2
    assert announced(kind, by, occasion="2026-12").again == 1
    with pytest.raises(Forbidden):
        draws.announce(kind, first.department, occasion="x", title="x", named=NAMED, by=ReviewerFactory(), now=NOW)


@pytest.mark.django_db
def test_an_empty_list_is_not_announced_and_an_object_stands_in_one_stratum(followed):
    with pytest.raises(Refused, match="名单是空的"):
        announced(sampling_of(followed, Stratum("A", "一般", IDS, 0)))
    with pytest.raises(ValueError, match="two strata"):
        announced(sampling_of(followed, Stratum("A", "一般", IDS, 1), Stratum("B", "重点", IDS[:1], 1)))


@pytest.mark.django_db
@pytest.mark.parametrize("fallback", [False, True])
def test_a_value_is_entered_from_its_moment_on(kind, fallback):
    draw, at = announced(kind), NAMED.fallback_at if fallback else NAMED.at
    more = {"fallback": fallback, "reason": "当期停止销售，没有开奖。"}
    with pytest.raises(Refused, match="尚未产生"):
        take(draw, "enter", now=at - SECOND, **more)
    entered = take(draw, "enter", now=at, **more)
    assert (entered.by_fallback, entered.fallback_reason) == (fallback, more["reason"] if fallback else "")
    assert entered.public_value.startswith("SSQ:2026132:" if fallback else "SSQ:2026131:")


@pytest.mark.django_db
def test_the_fallback_says_why_and_holds_when_it_is_computed_again(kind):
    draw = announced(kind)
    with pytest.raises(Refused):
        take(draw, "enter", now=NAMED.fallback_at, fallback=True)
    entered = take(draw, "enter", now=NAMED.fallback_at, fallback=True, reason="没有开奖。")
    assert holds(take(entered, "confirm", now=NAMED.fallback_at))


@pytest.mark.django_db
def test_two_people_enter_the_value_by_constraint_too(kind):
    both = ReviewerFactory(department=DepartmentFactory())
    draw = take(announced(kind, both), "enter", by=both)
    with pytest.raises(Forbidden):
        take(draw, "confirm", by=both)
    done = take(draw, "confirm")
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=done.pk).update(confirmed_by=both)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=done.pk).update(confirmed_by=None)


@pytest.mark.django_db
def test_two_values_that_differ_draw_nothing_and_the_first_is_sent_back(kind, followed):
    draw = draw_in("entered", kind)
    with pytest.raises(Refused, match="不一致"):
        take(draw, "confirm", value="03 07 14 19 25 31 + 10")
    assert (Draw.objects.get(pk=draw.pk).state, followed.done) == ("entered", [])
    back = take(draw, "reject")
    assert (back.state, back.public_value, back.entered_by) == ("announced", "", None)


@pytest.mark.django_db
def test_it_is_void_only_before_the_value_is_known_and_by_another(kind):
    by = ReviewerFactory(department=DepartmentFactory())
    draw = announced(kind, by)
    with pytest.raises(Forbidden):
        take(draw, "void", by=by)
    with pytest.raises(Refused):
        take(draw, "void", now=NAMED.at)
    gone = take(draw, "void", now=NAMED.at - SECOND)
    assert (gone.state, gone.void_reason, len(gone.nonce)) == ("void", "名单有误。", 32)
    assert holds(gone)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=gone.pk).update(voided_by=by)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["announced", "entered"])
def test_what_nobody_revealed_is_void_the_day_after_the_last(kind, state):
    draw = draw_in(state, kind)
    assert draw.reveal_by == date(2026, 12, 3)
    assert [draws.void_unrevealed(draw.reveal_by + timedelta(days=days)) for days in (-1, 0)] == [0, 0]
    assert draws.void_unrevealed(draw.reveal_by + timedelta(days=1)) == 1
    assert draws.void_unrevealed(draw.reveal_by + timedelta(days=1)) == 0
    draw.refresh_from_db()
    assert (draw.state, draw.void_reason) == ("void", "逾期没有揭示。")
    assert holds(draw)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_is_told_and_it_is_carried_out_once(kind, followed):
    draw = draw_in("entered", kind)
    people = [ReviewerFactory(department=draw.department) for _ in range(2)]
    gate, ends = Barrier(2), []

    def run(by) -> None:
        gate.wait()
        try:
            take(draw, "confirm", by=by)
            ends.append("done")
        except Conflict:
            ends.append("told")
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(ends), len(followed.done)) == (["done", "told"], 1)


@pytest.mark.django_db
def test_what_cannot_be_carried_out_is_not_drawn(kind, followed, monkeypatch):
    draw = draw_in("entered", kind)
    before, entries = Draw.objects.values().get(pk=draw.pk), AuditEntry.objects.count()

    def fails(*given):
        raise Refused("x", "不能办理。")

    sampling.register(replace(kind, carry_out=fails))
    with pytest.raises(Refused):
        take(draw, "confirm")
    assert (Draw.objects.values().get(pk=draw.pk), AuditEntry.objects.count()) == (before, entries)


@pytest.mark.django_db
def test_the_published_file_is_repeated_by_the_command_and_by_the_short_program(followed, tmp_path, capsys):
    kind = sampling_of(followed, Stratum("A", "一般", IDS[:7], 2), Stratum("B", "重点", IDS[7:], 1))
    sampling.register(kind)
    followed.gone = [IDS[0]]
    draw = draw_in("drawn", kind)
    path = tmp_path / "draw.json"
    path.write_text(json.dumps(published(draw), ensure_ascii=False), encoding="utf-8")
    call_command("recompute_draw", str(path))
    assert json.loads(capsys.readouterr().out)["drawn"] == draw.drawn_ids()
    ran = subprocess.run([sys.executable, "-I", PROGRAM, path], capture_output=True, text=True)
    assert (ran.returncode, ran.stdout.split()[-1]) == (0, "一致")
    assert all(each in ran.stdout for each in draw.drawn_ids())
    told = published(draw)
    told["drawn"]["A"] = told["drawn"]["A"][::-1]
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(CommandError, match="抽中的对象"):
        call_command("recompute_draw", str(path))
    assert subprocess.run([sys.executable, "-I", PROGRAM, path], capture_output=True).returncode == 1


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["seed", "list_digest", "nonce", "struck", "drawn"])
def test_whoever_changes_what_is_kept_is_found_out(kind, column):
    draw = draw_in("drawn", kind)
    other = {"struck": draw.drawn_ids()[:1], "drawn": {"A": []}, "nonce": NONCE}.get(column, "0" * 64)
    setattr(draw, column, other)
    assert not holds(draw)


@pytest.mark.django_db
def test_everybody_reads_what_was_announced_and_the_list_once_it_is_revealed(client, kind):
    draw = draw_in("entered", kind)
    page = client.get(f"/draws/{draw.number}/").content.decode()
    assert all(each in page for each in (draw.list_digest, draw.nonce_digest, "2026131", "2026132", "HRB-SSJ-1"))
    assert not any(each in page for each in IDS)
    assert "ids" not in client.get(f"/draws/{draw.number}/file/").content.decode()
    done = take(draw, "confirm")
    page = client.get(f"/draws/{draw.number}/").content.decode()
    assert "重算一致" in page
    assert all(each in page for each in (*done.drawn_ids(), done.nonce, done.seed))
    assert "主体" not in page.split("抽中的编号")[1].split("怎样重算")[0].replace("被抽中的主体", "")
    answer = client.get(f"/draws/{draw.number}/file/")
    assert answer.json() == json.loads(json.dumps(published(done)))
    assert draw.number in client.get("/draws/").content.decode()
    assert "hashlib" in client.get("/draws/program/").content.decode()
    assert len(client.get("/draws/", {"export": "csv"}).getvalue().decode().splitlines()) == 2


@pytest.mark.django_db
def test_from_the_form_to_the_list_on_the_desk(client, kind, followed, clock):
    first = ReviewerFactory(department=DepartmentFactory())
    client.force_login(first)
    given = {
        "sampling": kind.slug,
        "month": "2026-11-01",
        "source": "SSQ",
        "number": "2026131",
        "at": "2026-11-24 21:15",
        "fallback_number": "2026132",
        "fallback_at": "2026-11-26 21:15",
    }
    wrong = client.post("/desk/draws/", given | {"at": "2026-11-23 09:59"})
    assert wrong.status_code == 422
    assert "公布前不能已经知道" in wrong.content.decode()
    page = client.post("/desk/draws/", given).url
    draw = Draw.objects.get()
    assert "录入公开值" in client.get(page).content.decode()
    clock(date(2026, 11, 25))
    client.force_login(first)
    assert client.post(f"{page}enter/", {"value": VALUE, "version_seen": "1"}).url == page
    again = client.post(f"{page}confirm/", {"value": VALUE, "version_seen": "2"})
    assert again.status_code == 403
    client.force_login(ReviewerFactory(department=first.department))
    differs = client.post(f"{page}confirm/", {"value": "1 2 3 4 5 6 + 7", "version_seen": "2"})
    assert (differs.status_code, "不一致" in differs.content.decode()) == (422, True)
    assert client.post(f"{page}confirm/", {"value": VALUE, "version_seen": "2"}).url == page
    draw.refresh_from_db()
    assert all(f"主体{each}" in client.get(page).content.decode() for each in draw.drawn_ids())
    assert client.get(f"{page}other/").status_code == 404
    client.force_login(ClerkFactory())
    assert client.get(page).status_code == 404
    client.force_login(CreditOfficeFactory())
    assert client.get(page).status_code == 200
    assert client.get(f"{page}void/").status_code == 403
