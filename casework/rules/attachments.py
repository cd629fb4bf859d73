"""Which files may be kept with a case: known by their first bytes, never by their name. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from credit_platform.errors import Refused

LARGEST = 10 * 1024 * 1024
"""Bytes of one file."""
MOST = 10
"""Files of one step."""
TYPES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
)
FILM = ("video/mp4", "mp4")
"""The one kind of film that every browser plays; taken only where a table has films."""
FILM_LARGEST = 40 * 1024 * 1024
"""Bytes of a film."""
ACCEPT = ".pdf,.jpg,.jpeg,.png"
HELP = f"PDF、JPG 或 PNG，每个不超过{LARGEST // 1048576}兆字节，一次最多{MOST}个。加密保存。"
FILM_HELP = f"PDF、JPG、PNG 每个不超过{LARGEST // 1048576}兆字节，短片用 MP4，不超过{FILM_LARGEST // 1048576}兆字节。"


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file as it was handed in."""

    name: str
    data: bytes


def media_type(data: bytes, *, films: bool = False) -> str:
    """The true type of a file; Refused for an empty file, one that is too large and any other kind. `films`: an MP4 may come too."""
    if not data:
        raise Refused("attachment.empty", "文件是空的。", mend="请重新选择文件。")
    if films and data[4:8] == b"ftyp":
        if len(data) > FILM_LARGEST:
            raise Refused("attachment.size", f"短片超过{FILM_LARGEST // 1048576}兆字节。", mend="请压缩后上传。")
        return FILM[0]
    if len(data) > LARGEST:
        raise Refused("attachment.size", f"文件超过{LARGEST // 1048576}兆字节。", mend="请压缩或分成几个文件上传。")
    for head, kind, _ in TYPES:
        if data.startswith(head):
            return kind
    kinds = "PDF、JPG、PNG 和 MP4" if films else "PDF、JPG 和 PNG"
    raise Refused("attachment.type", f"只接收 {kinds} 文件，按文件内容判断。", mend="请将材料另存为 PDF 后上传。")


def safe_name(name: str, kind: str) -> str:
    """The name as it is kept: no folders, no control characters, at most 200 characters, ending as its true type does."""
    suffix = next(end for each, end in (*((each, end) for _, each, end in TYPES), FILM) if each == kind)
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(character for character in last if character.isprintable()).strip() or "附件"
    stem = clean.rsplit(".", 1)[0][:190] if "." in clean else clean[:190]
    return f"{stem or '附件'}.{suffix}"
