"""Digital signatures of a PDF: who signed, for whom, when, and whether the file is as it was then. Offline.

Trust is not told: that needs the root certificates of the state's authorities and a network.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.annotations import Signature
from pipeline.document import Problem
from pipeline.text.unicode import nfc

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

log = logging.getLogger(__name__)

_MARK = b"/ByteRange"


def signatures(data: bytes) -> tuple[tuple[Signature, ...], tuple[Problem, ...]]:
    """Return a PDF's signatures in the order in which they were made, and a problem for what cannot be checked."""
    if _MARK not in data:
        return (), ()
    # pyHanko takes a second to import, and most files have no signature.
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        start = max(data.find(b"%PDF-"), 0)  # mail gateways put lines before the file
        reader = PdfFileReader(io.BytesIO(data[start:]), strict=False)
        return tuple(_signature(one) for one in reader.embedded_signatures), ()
    except Exception as error:  # pyHanko raises whatever a broken structure makes it raise
        log.warning("a digital signature cannot be checked: %s", type(error).__name__)
        message = f"the digital signatures cannot be checked ({type(error).__name__}); the text was read all the same"
        return (), (Problem("read", "signature-unreadable", message),)


def _signature(one: EmbeddedPdfSignature) -> Signature:
    subject: dict[str, Any] = one.signer_cert.subject.native
    when = one.self_reported_timestamp
    return Signature(
        span=None,
        confidence=0.99,
        by="rule:signatures",
        signer=_first(subject.get("common_name")),
        organization=", ".join(_names(subject)) or None,
        signed_at=when.isoformat(timespec="seconds") if when else None,
        intact=_intact(one),
        trusted=None,
    )


def _intact(one: EmbeddedPdfSignature) -> bool | None:
    """Tell whether the signed bytes are as they were; None where the signature's method is not known here."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it reports every untrusted root at length
    try:
        status = validate_pdf_signature(one, ValidationContext(trust_roots=[], allow_fetching=False))
    except Exception as error:
        log.warning("a digital signature's method is not known: %s", type(error).__name__)
        return None
    return bool(status.intact and status.valid)


def _names(subject: dict[str, Any]) -> Iterator[str]:
    for key in ("organizational_unit_name", "organization_name"):
        if name := _first(subject.get(key)):
            yield name


def _first(value: object) -> str | None:
    one = value[0] if isinstance(value, list) and value else value
    return nfc(str(one)).strip() or None if one else None
