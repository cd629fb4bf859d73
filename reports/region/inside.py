"""What runs in the limited process: the signatures of a PDF, what stands after them, the data inside. Loads no Django."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from credit_platform.confined.refusals import FileRefused, refuse

MOST_PAGES, MOST_SIGNATURES, MOST_TWIN = 2000, 10, 5_000_000
RANGE = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+(\d+)\s+(\d+)\s*\]")
ACTIVE = ("/OpenAction", "/AA")
MEND = "请使用出具方提供的原始 PDF 文件。"


class Opened:
    """A report of somebody else."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def facts(self) -> Iterator[dict[str, Any]]:
        """Everything that is told of the file, as one item: pages, signatures, the twin as text ("" without one), whether it would act by itself.
        FileRefused when it is no PDF that can be opened."""
        if not self._data.startswith(b"%PDF"):
            raise refuse("kind", "这个文件不是 PDF。", MEND)
        pages, twin, acts = self._pages()
        yield {"pages": pages, "twin": twin, "acts": acts, "signatures": self._signatures()}

    def _pages(self) -> tuple[int, str, bool]:
        try:
            with pikepdf.open(io.BytesIO(self._data)) as pdf:
                if len(pdf.pages) > MOST_PAGES:
                    raise refuse("pages", f"文件超过 {MOST_PAGES} 页，不像是信用报告。", MEND)
                acts = any(name in pdf.Root for name in ACTIVE) or "/JavaScript" in pdf.Root.get("/Names", {})
                return len(pdf.pages), _twin(pdf), acts
        except FileRefused:
            raise
        except pikepdf.PasswordError as error:
            raise refuse("password", "文件有打开口令。", "请提供不加口令的原始文件。") from error
        except Exception as error:  # noqa: BLE001 - a parser of foreign bytes may fail in any way
            raise refuse("broken", "文件已损坏，不能作为 PDF 打开。", MEND) from error

    def _signatures(self) -> list[dict[str, Any]]:
        found = _listed(self._data)
        if found is None:
            # What stands after the signed bytes may keep the rest from being read: then as far as they go.
            found = _listed(self._data[: _signed_until(self._data)])
        if found is None:
            return [_unreadable()] if RANGE.search(self._data) else []
        return [self._signature(each) for each in found[:MOST_SIGNATURES]]

    def _signature(self, signature: Any) -> dict[str, Any]:
        """One signature: whether what it covers is as it was, whether it covers the whole file, who signed."""
        try:
            start, first, then, rest = (int(each) for each in signature.byte_range)
            digest = signature.compute_digest()
            intact, valid = validate_sig_integrity(signature.signer_info, signature.signer_cert, "data", digest)
            certificate = signature.signer_cert
        except Exception:  # noqa: BLE001 - as above
            return _unreadable()
        return {
            "readable": True,
            "holds": bool(intact and valid),
            "whole": start == 0
            and then + rest == len(self._data)
            and self._gap_is_the_signature(first, then, signature),
            "signer": str(certificate.subject.human_friendly).replace("\0", "")[:300],
            "fingerprint": certificate.sha256.hex(),
        }

    def _gap_is_the_signature(self, first: int, then: int, signature: Any) -> bool:
        """Between the two signed stretches stands the signature in hexadecimal and nothing else."""
        gap = self._data[first:then].strip()
        digits = gap[1:-1].rstrip(b"0").lower()
        return gap[:1] == b"<" and gap[-1:] == b">" and bytes(signature.pkcs7_content).hex().encode().startswith(digits)


def _listed(data: bytes) -> list[Any] | None:
    try:
        return list(PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures)
    except Exception:  # noqa: BLE001 - a parser of foreign bytes may fail in any way
        return None


def _signed_until(data: bytes) -> int:
    """Where the bytes end that the last signature covers; the whole length without one."""
    ends = [int(match[1]) + int(match[2]) for match in RANGE.finditer(data)]
    return max((each for each in ends if each <= len(data)), default=len(data))


def _twin(pdf: pikepdf.Pdf) -> str:
    for name in pdf.attachments:
        if str(name).lower().endswith("report.json"):
            content = bytes(pdf.attachments[name].get_file().read_bytes())
            return content[:MOST_TWIN].decode("utf-8", errors="replace")
    return ""


def _unreadable() -> dict[str, Any]:
    return {"readable": False, "holds": False, "whole": False, "signer": "", "fingerprint": ""}
