"""An attachment is downloaded: by its department and the credit office only, and registered before it is sent."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from commitments.letters.actions.attachments import letter_of, look
from commitments.models import Attachment, CommitmentLetter
from credit_platform.accounts.desk import staff_of, within
from credit_platform.web.export import download

PURPOSE = "办理信用承诺复核、违诺处理"


@require_safe
@login_required
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, always as a download; 404 for attachments of other departments."""
    user = staff_of(request, "commitments.view")
    rows = Attachment.objects.select_related("letter__subject", "review__letter__subject")
    row = get_object_or_404(rows, pk=pk)
    if not within(CommitmentLetter.objects.filter(pk=letter_of(row).pk), user).exists():
        raise Http404
    return download(look(row, by=user, purpose=PURPOSE), row.name, row.media_type)
