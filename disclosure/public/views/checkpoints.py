"""The checkpoints of the audit chain, day by day, the keys that signed them, and the program by which anybody can check them."""

from __future__ import annotations

from base64 import b64decode, urlsafe_b64encode
from datetime import date
from pathlib import Path

import django_filters
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.audit.models import Checkpoint, SigningKey
from credit_platform.audit.queries import published_checkpoints, signing_keys
from credit_platform.audit.rules import notes, proofs
from credit_platform.audit.rules.notes import verifier_key
from credit_platform.audit.signing import CHECKPOINTS
from credit_platform.audit.signing_keys import verifiers
from credit_platform.web.export import Column
from credit_platform.web.formats import cn_date
from credit_platform.web.forms import KitForm
from credit_platform.web.lists import KitDateFilter, ListPage, Sort
from disclosure.public.verifiers import Verdict

PLAIN = "text/plain; charset=utf-8"
PROGRAM = Path(settings.BASE_DIR) / "docs" / "verify_checkpoint.py"
SORTS = {"newest": Sort("最新在前", ("-day",)), "oldest": Sort("最早在前", ("day",))}
COLUMNS = [
    Column("日期", "day", 14),
    Column("审计记录条数", "size", 14),
    Column("树根（SHA-256）", "root", 66),
    Column("公钥编号", "key.key_id", 12),
    Column("签名文本", "note", 80),
]


class CheckpointFilter(django_filters.FilterSet):
    """From one day to another."""

    since = KitDateFilter(label="起始日期", field_name="day", lookup_expr="gte")
    until = KitDateFilter(label="截止日期", field_name="day", lookup_expr="lte")

    class Meta:
        model = Checkpoint
        fields: list[str] = []
        form = KitForm


@require_safe
def checkpoint_list(request: HttpRequest) -> HttpResponseBase:
    """All checkpoints with the verifier keys; `?export=csv|xlsx` gives the same filter as a file."""
    listing = ListPage(request, published_checkpoints(), CheckpointFilter, sorts=SORTS, size=50)
    if listing.export:
        return listing.export_response(COLUMNS, "审计检查点")
    keys = [(key, verifier_key(key.name, b64decode(key.public))) for key in signing_keys(CHECKPOINTS)]
    context = {"listing": listing, "page": listing.page, "keys": keys}
    return render(request, "disclosure/public/checkpoints.html", context, status=listing.status)


@require_safe
def checkpoint(request: HttpRequest, day: str) -> HttpResponse:
    """One day's signed note, as text and nothing else, so that it can be kept byte by byte."""
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    return HttpResponse(get_object_or_404(published_checkpoints(), day=on).note, content_type=PLAIN)


@require_safe
def program(request: HttpRequest) -> HttpResponse:
    """The program that checks a note without this platform."""
    return HttpResponse(PROGRAM.read_text(encoding="utf-8"), content_type=PLAIN)


@require_safe
def key_set(request: HttpRequest) -> JsonResponse:
    """The public keys as a JSON Web Key Set (RFC 7517, RFC 8037), the one in use first; old keys stay for what they signed."""
    return JsonResponse({"keys": [_jwk(key) for key in signing_keys()]})


def at_entrance(given: bytes) -> Verdict | None:
    """What the one entrance of everything signed says of a checkpoint, or of a proof that an entry stands under one; None for what is neither."""
    text = given.decode(errors="replace").replace("\r\n", "\n").strip() + "\n"  # as a form hands it over
    known = verifiers(CHECKPOINTS)
    try:
        if text.startswith(proofs.TITLE):
            proof = proofs.read(text)
            return _told("入链证明", proofs.checked(proof, known), f"这条审计记录是第 {proof.seq} 环，在检查点之中。")
        if notes.DASH not in text:
            return None
        head = notes.read_head(notes.opened(text, known))
    except proofs.BadProof as error:
        return Verdict("入链证明", False, str(error))
    except notes.BadNote as error:
        return Verdict("审计检查点", False, str(error))
    return _told("审计检查点", head, "由本平台签发，内容完整。")


def _told(kind: str, head: notes.Head, text: str) -> Verdict:
    row = published_checkpoints().filter(size=head.size).first()
    if row is None or row.root != head.root.hex():
        return Verdict(kind, False, "签名有效，但本站公布的检查点中没有这一份。请与市信用办联系。")
    pairs = [("日志名称", head.origin), ("日期", cn_date(row.day)), ("审计记录", f"{head.size} 条"), ("树根", row.root)]
    return Verdict(kind, True, text, pairs)


def _jwk(key: SigningKey) -> dict[str, str]:
    x = urlsafe_b64encode(b64decode(key.public)).rstrip(b"=").decode()
    made = {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": f"{key.name}+{key.key_id}", "x": x}
    made["not_before"] = timezone.localtime(key.not_before).isoformat(timespec="seconds")
    if key.not_after is not None:
        made["not_after"] = timezone.localtime(key.not_after).isoformat(timespec="seconds")
    return made
