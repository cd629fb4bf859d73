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
ACCEPT = ".pdf,.jpg,.jpeg,.png"
HELP = f"PDF、JPG 或 PNG，每个不超过{LARGEST // 1048576}兆字节，一次最多{MOST}个。加密保存。"


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file as it was handed in."""

    name: str
    data: bytes


def media_type(data: bytes) -> str:
    """The true type of a file; Refused for an empty file, one that is too large and any other kind."""
    if not data:
        raise Refused("attachment.empty", "文件是空的。", mend="请重新选择文件。")
    if len(data) > LARGEST:
        raise Refused("attachment.size", f"文件超过{LARGEST // 1048576}兆字节。", mend="请压缩或分成几个文件上传。")
    for head, kind, _ in TYPES:
        if data.startswith(head):
            return kind
    raise Refused(
        "attachment.type", "只接收 PDF、JPG 和 PNG 文件，按文件内容判断。", mend="请将材料另存为 PDF 后上传。"
    )


def safe_name(name: str, kind: str) -> str:
    """The name as it is kept: no folders, no control characters, at most 200 characters, ending as its true type does."""
    suffix = next(end for _, each, end in TYPES if each == kind)
    last = name.replace("\\", "/").rpartition("/")[2]
    clean = "".join(character for character in last if character.isprintable()).strip() or "附件"
    stem = clean.rsplit(".", 1)[0][:190] if "." in clean else clean[:190]
    return f"{stem or '附件'}.{suffix}"
