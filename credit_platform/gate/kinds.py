"""What a file really is, by its first bytes; the name only has to agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import PurePath

from credit_platform.confined.refusals import refuse

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后重新上传。"


class Kind(StrEnum):
    """The kinds of file that can be imported."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    JSON = "json"


EXTENSIONS: dict[str, tuple[Kind, ...]] = {
    ".xlsx": (Kind.XLSX,),
    ".xls": (Kind.XLS,),
    ".csv": (Kind.CSV,),
    ".txt": (Kind.CSV, Kind.JSON),
    ".json": (Kind.JSON,),
}
_LABELS = {Kind.XLSX: "xlsx 工作簿", Kind.XLS: "xls 工作簿", Kind.CSV: "文本（CSV）", Kind.JSON: "JSON 数据"}
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF 文档"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"{\\rtf", "RTF 文档"),
    (b"MZ", "可执行程序"),
)
_NOTHING = b"\x00\r\n\t \xef\xbb\xbf"
_HEAD = 8192
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", re.IGNORECASE)


def sniff(data: bytes, name: str, accepted: Sequence[Kind] = tuple(Kind)) -> Kind:
    """The kind of a file by its content, when its name agrees and it is `accepted`; FileRefused otherwise, in Chinese.

    Told apart and refused: empty files, PDF, pictures, archives, HTML saved as .xls, XML 表格 2003 saved as .xlsx, MHTML,
    UTF-16 and text with NULs, and a name that does not fit the content.
    """
    if not (
        data[:_HEAD].strip(_NOTHING) or data.strip(_NOTHING)
    ):  # the end of a zip would be stripped from a copy of it
        raise refuse("empty", "文件是空的，没有任何内容。", "请检查是否选错了文件。")
    told = f"可上传 {'、'.join(accepted)} 文件。"
    _not_foreign(data, told)
    if data.startswith(OLE_MAGIC):
        # An encrypted xlsx is wrapped the old way: say that, not that its name is wrong.
        if any(stream.encode("utf-16-le") in data for stream in ("EncryptedPackage", "EncryptionInfo")):
            raise refuse("encrypted", "文件已加密，不能读取。", "请去掉打开密码后重新上传。")
        kind = Kind.XLS
    elif data.startswith(ZIP_MAGICS):
        kind = Kind.XLSX
    else:
        kind = _of_text(data, told)
    if kind not in accepted:
        raise refuse("kind", f"这里不接受{_LABELS[kind]}。", told)
    return _agreeing(kind, name)


def _not_foreign(data: bytes, told: str) -> None:
    for magic, label in _FOREIGN:
        if data.startswith(magic):
            raise refuse("foreign", f"这是{label}，不是数据表格。", told)


def _of_text(data: bytes, told: str) -> Kind:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("utf16", "文本是 UTF-16 编码，不能读取。", "请另存为 UTF-8 编码的 CSV 后重新上传。")
    if b"\x00" in data:
        raise refuse("nul", "文本中含有空字符（NUL），文件可能已损坏。", "请从原系统重新导出，或另存为 xlsx 后上传。")
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    lowered = head.lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in lowered or b"mso-application" in lowered:
        raise refuse("xml2003", "这是“XML 表格 2003”格式，只是改了扩展名。", _SAVE_AS)
    if lowered.startswith(b"mime-version:"):
        raise refuse("mhtml", "这是网页归档（MHT）文件，只是改了扩展名。", _SAVE_AS)
    if _HTML.search(lowered):
        raise refuse("html", "这是网页（HTML）文件，只是改了扩展名，常见于系统直接导出的“.xls”。", _SAVE_AS)
    if lowered.startswith(b"<?xml"):
        raise refuse("xml", "这是 XML 文件，不是数据表格。", told)
    return Kind.JSON if head[:1] in (b"[", b"{") else Kind.CSV


def _agreeing(kind: Kind, name: str) -> Kind:
    extension = PurePath(name).suffix.lower()
    if extension in {".xlsm", ".xlsb", ".xltx", ".xltm", ".ods", ".et", ".numbers"}:
        raise refuse("extension", f"不接受 {extension} 格式的文件。", _SAVE_AS)
    allowed = EXTENSIONS.get(extension)
    if allowed is None:
        raise refuse(
            "extension",
            f"文件扩展名“{extension or '（无）'}”不在接受范围内。",
            f"文件内容是{_LABELS[kind]}，请把扩展名改为 .{kind} 后重新上传。",
        )
    if kind not in allowed:
        raise refuse(
            "extension",
            f"文件扩展名是 {extension}，实际内容是{_LABELS[kind]}。",
            f"请把扩展名改为 .{kind}，或打开后另存为 {extension} 格式再上传。",
        )
    return kind
