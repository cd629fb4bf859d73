"""How a film or a paper of a lesson is given out: inside the page, and in pieces when the player asks for one (RFC 9110, 14.2)."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from education.models import Material

ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def answer(request: HttpRequest, data: bytes, row: Material) -> HttpResponse:
    """The file, or the piece that was asked for; a piece that lies outside is answered with 416 and the true size."""
    match = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if match is None or match.groups() == ("", ""):
        made = HttpResponse(data, content_type=row.media_type)
    else:
        made = _piece(data, *match.groups(), media_type=row.media_type)
    made["Accept-Ranges"] = "bytes"
    made["Content-Disposition"] = content_disposition_header(False, row.name) or "inline"
    made["X-Content-Type-Options"] = "nosniff"
    return made


def _piece(data: bytes, first: str, last: str, *, media_type: str) -> HttpResponse:
    size = len(data)
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    piece = HttpResponse(data[start : end + 1], status=206, content_type=media_type)
    piece["Content-Range"] = f"bytes {start}-{end}/{size}"
    return piece
