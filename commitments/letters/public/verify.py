"""/commitments/verify/: whether a letter signed online is true and unchanged. A guessed number shows nothing."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from commitments.letters.actions.signing import file_hash
from commitments.letters.forms import VerifyForm
from commitments.letters.pages.signing import pdf_answer
from commitments.letters.queries.signing import by_file, disclosure_of, verified
from commitments.models import Signature
from commitments.reviews.rules.days import public_word
from commitments.rules.states import Fulfilment
from credit_platform.audit.middleware import client_network
from credit_platform.web.formats import cn_datetime
from credit_platform.web.rates import spend
from disclosure.public.verifiers import Verdict
from records.identifiers.names import mask_person_name

A_MINUTE = 30
LARGEST = 5 * 1024 * 1024
LONGEST_ADDRESS = 400
ADDRESS = re.compile(r"\bno=(?P<number>[0-9A-Z]+)&t=(?P<token>[0-9a-f-]{32,36})")


@never_cache
@csrf_exempt  # it changes nothing and knows nobody, so there is nothing that a forged form could do
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """What is kept of the letter of a number and its token, and on POST whether an uploaded file is that letter."""
    number, token = request.GET.get("no", "").strip().upper(), request.GET.get("t", "").strip()
    if not number and not token:
        return render(request, "commitments/letters/verify.html", {"asked": False})
    spend("verify", client_network(request), limit=A_MINUTE, seconds=60)
    row = verified(number, token)
    if row is None:
        return render(request, "commitments/letters/verify.html", {"asked": True}, status=404)
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    same: bool | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        same = given.size <= LARGEST and file_hash(given.read()) == row.pdf_sha256
    context = {"asked": True, "row": row, "form": form, "same": same, "pairs": _told(row), "public": _shown(row)}
    return render(request, "commitments/letters/verify.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def verify_pdf(request: HttpRequest) -> HttpResponse:
    """The PDF for whoever holds the code of a letter that is public; 404 for every other."""
    spend("verify", client_network(request), limit=A_MINUTE, seconds=60)
    row = verified(request.GET.get("no", "").strip().upper(), request.GET.get("t", "").strip())
    if row is None or not _shown(row):
        raise Http404
    return pdf_answer(row)


@never_cache
@require_safe
def public_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The PDF of a letter that the public reads under this number of its publication."""
    rows = Signature.objects.select_related("letter__subject", "letter__entry")
    row = rows.filter(letter__record__disclosure__public_id=public_id).first()
    if row is None or not _shown(row):
        raise Http404
    return pdf_answer(row)


def at_entrance(given: bytes) -> Verdict | None:
    """What the one entrance of everything signed says of a letter: of its file, or of the address in its QR code; None for what is neither."""
    row = by_file(file_hash(given)) if given.startswith(b"%PDF") else None
    if row is None and (address := ADDRESS.search(given[:LONGEST_ADDRESS].decode(errors="replace"))):
        row = verified(address["number"], address["token"])
    if row is None:
        return None
    text = (
        "与平台保存的承诺书完全相同。"
        if given.startswith(b"%PDF")
        else "平台保存有这份承诺书；文件是否被改动，请上传文件核对。"
    )
    return Verdict("信用承诺书", True, text, _told(row))


def _shown(row: Signature) -> bool:
    return disclosure_of(row, timezone.localdate()) is not None


def _told(row: Signature) -> list[tuple[str, str]]:
    subject = row.letter.subject
    withdrawn = row.letter.fulfilment == Fulfilment.WITHDRAWN
    return [
        ("承诺书编号", row.number),
        ("承诺主体", mask_person_name(subject.name) if subject.kind == "person" else subject.name),
        ("承诺事项", row.template.matter.name),
        ("受理单位", row.letter.department.name),
        ("签署时间", cn_datetime(timezone.localtime(row.signed_at))),
        ("状态", "已撤回" if withdrawn else f"有效，{_word(row)}"),
        ("文本摘要（SHA-256）", row.text_sha256),
        ("文件摘要（SHA-256）", row.pdf_sha256),
    ]


def _word(row: Signature) -> str:
    decided = row.letter.breaches.decided().exists()
    return public_word(Fulfilment(row.letter.fulfilment), decided=decided)
