"""/reports/verify/: whether something that bears the platform's signature is genuine. What is shown here is neither kept nor logged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.audit.middleware import client_network
from credit_platform.web.forms import KitForm
from credit_platform.web.rates import spend
from disclosure.public.verifiers import labels, verified

PROGRAM = Path(settings.BASE_DIR) / "docs" / "verify_receipt.py"
A_MINUTE = 30
LARGEST = 5 * 1024 * 1024
LONGEST = 300_000


class VerifyForm(KitForm):
    """A number with its code, a text, or a file. It changes nothing and asks for no session, so it carries no token."""

    number = forms.CharField(
        label="编号",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label="校验码",
        required=False,
        max_length=40,
        help_text="印在文件首页二维码旁；扫描二维码时自动填好。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    text = forms.CharField(
        label="粘贴内容",
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="粘贴完整的回执、检查点或入链证明，不要增减字符。",
    )
    file = forms.FileField(label="上传文件", required=False, help_text="只在本次核对中使用，不保存，不超过 5 兆字节。")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        ways = [given.get("file"), (given.get("text") or "").strip(), given.get("number") or given.get("code")]
        if not self.errors and sum(map(bool, ways)) != 1:
            raise forms.ValidationError("请输入编号和校验码、粘贴内容或者上传文件，三种方式选一种。")
        if given.get("file") and given["file"].size > LARGEST:
            self.add_error("file", "文件超过 5 兆字节，不是本平台签发的。")
        return given

    def document(self) -> bytes:
        """What is to be checked; of number and code one line, as whoever signs reads it."""
        file, text = self.cleaned_data["file"], self.cleaned_data["text"].strip()
        if file:
            return bytes(file.read())
        return (text or f"{self.cleaned_data['number'].strip()} {self.cleaned_data['code'].strip()}".strip()).encode()


@never_cache
@csrf_exempt  # it changes nothing and knows nobody, so there is nothing that a forged form could do
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The form, and on POST, or behind the address in a QR code, what was found out."""
    scanned = request.method != "POST" and "number" in request.GET
    if request.method != "POST" and not scanned:
        return _page(request, VerifyForm())
    spend("verify", client_network(request), limit=A_MINUTE, seconds=60)
    form = VerifyForm(request.GET) if scanned else VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    verdict = verified(form.document())
    if verdict is not None and verdict.file is not None and "take" in request.POST:
        return _file(*verdict.file)
    return _page(request, form, verdict=verdict, asked=True)


@require_safe
def program(request: HttpRequest) -> HttpResponse:
    """The program that checks a receipt without this platform."""
    return _file(PROGRAM.name, PROGRAM.read_text(encoding="utf-8"))


def _page(request: HttpRequest, form: VerifyForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "disclosure/public/verify.html", {"form": form, "kinds": labels(), **more}, status=status)


def _file(name: str, text: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
