"""The one signature of a report (PAdES B-B), and the certificate behind it: given by settings, or made once and kept under `var/`.

A certificate that one makes oneself proves that two reports come from the same hand, not whose hand that is; a city puts the certificate of its
electronic seal there.

pyHanko is read in by what uses it: it takes as long as the rest of the addresses, and few processes ever sign.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from asn1crypto import keys, x509  # type: ignore[import-untyped]
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone

from credit_platform.errors import Refused
from credit_platform.made_once import made_once
from credit_platform.pdf import PRODUCER

FIELD, REASON = "Seal", "出具公共信用信息报告"
YEARS = 10
USE = certificates.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
logging.getLogger("pyhanko").setLevel(logging.ERROR)  # it logs a traceback for every signature that it does not trust


@dataclass(frozen=True, slots=True)
class Seal:
    """Who signs: the certificate as text and as the library wants it, and the hand."""

    pem: str
    fingerprint: str
    subject: str
    signer: Any


def seal() -> Seal:
    """The seal of today. Refused when the file that settings name cannot be used."""
    return _seal(str(settings.REPORT_SEAL_FILE))


def sealed(file: bytes, *, reason: str = REASON) -> bytes:
    """The file with its one signature, which covers all that stands before it and names the `reason`. Refused when the seal cannot be used."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    writer = IncrementalPdfFileWriter(io.BytesIO(file), strict=False)
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        location="哈尔滨市",
        app_build_props=None,
    )
    signer = signers.PdfSigner(meta, signer=seal().signer, new_field_spec=fields.SigFieldSpec(FIELD))
    return bytes(_apart(lambda: signer.sign_pdf(writer)).getbuffer())


def holds(file: bytes, pem: str) -> bool:
    """Whether a file bears one signature under this certificate that covers it whole. For files that we made, never for what strangers bring."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    reader = PdfFileReader(io.BytesIO(file), strict=False)
    if len(reader.embedded_signatures) != 1:
        return False
    own = x509.Certificate.load(_der(pem))
    trusted = ValidationContext(trust_roots=[own], allow_fetching=False)
    told = _apart(lambda: validate_pdf_signature(reader.embedded_signatures[0], trusted))
    return bool(told.intact and told.valid and told.trusted and told.coverage is SignatureCoverageLevel.ENTIRE_FILE)


def _apart(run: Callable[[], Any]) -> Any:
    """What `run` answers, from a thread of its own: pyHanko runs a loop of events for each signature, and a thread that has one refuses another."""
    with ThreadPoolExecutor(max_workers=1) as own:
        return own.submit(run).result()


@lru_cache(maxsize=2)
def _seal(file: str) -> Seal:
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    try:
        text = made_once(Path(file), _make)
        held = certificates.load_pem_x509_certificate(text.encode())
        private = serialization.load_pem_private_key(text.encode(), password=None)
        if private.public_key() != held.public_key():
            raise ValueError("key and certificate belong to different seals")
    except (OSError, ValueError, TypeError) as error:
        mend = "请检查 REPORT_SEAL_FILE：平台可以读取，同一文件内依次为 PEM 格式的私钥（不加口令）和证书。"
        raise Refused("report.seal", f"报告签章文件不能使用：{file}。", mend=mend) from error
    pem = held.public_bytes(serialization.Encoding.PEM).decode()
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(_der(pem)),
        signing_key=keys.PrivateKeyInfo.load(_private(private, serialization.Encoding.DER)),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    return Seal(pem, held.fingerprint(hashes.SHA256()).hex(), held.subject.rfc4514_string(), signer)


def _make() -> str:
    """A key and a certificate that it signs itself."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = certificates.Name(
        [
            certificates.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            certificates.NameAttribute(NameOID.ORGANIZATION_NAME, PRODUCER),
            certificates.NameAttribute(NameOID.COMMON_NAME, "信用报告签章（自签名）"),
        ]
    )
    now = timezone.now()
    made = (
        certificates.CertificateBuilder(name, name, private.public_key(), certificates.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(certificates.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(USE, critical=True)
        .sign(private, hashes.SHA256())
    )
    key = _private(private, serialization.Encoding.PEM).decode()
    return key + made.public_bytes(serialization.Encoding.PEM).decode()


def _private(key: Any, encoding: serialization.Encoding) -> bytes:
    return bytes(key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))


def _der(pem: str) -> bytes:
    return certificates.load_pem_x509_certificate(pem.encode()).public_bytes(serialization.Encoding.DER)
