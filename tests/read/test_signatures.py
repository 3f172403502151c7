"""Digital signatures: who, for whom, when, and whether the file is as it was."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from reportlab.pdfgen.canvas import Canvas

from pipeline.read.signatures import signatures


def unsigned() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "Ke hoach trong cay")
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder: Path = tmp_path_factory.mktemp("keys")
    key = rsa.generate_private_key(65537, 2048)
    names = {
        NameOID.COMMON_NAME: "Đinh Thị Lam", NameOID.ORGANIZATION_NAME: "UBND XÃ SUỐI LAM",
        NameOID.ORGANIZATIONAL_UNIT_NAME: "VĂN PHÒNG",
    }  # fmt: skip
    name = x509.Name([x509.NameAttribute(oid, value) for oid, value in names.items()])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    signer = signers.SimpleSigner.load(str(folder / "key.pem"), str(folder / "cert.pem"))
    assert signer
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(unsigned()))
    signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="S1"), signer=signer, output=out)
    return out.getvalue()


def test_who_signed_for_whom_and_when(signed: bytes) -> None:
    (found,), problems = signatures(signed)
    assert problems == ()
    assert (found.signer, found.organization) == ("Đinh Thị Lam", "VĂN PHÒNG, UBND XÃ SUỐI LAM")
    assert (found.intact, found.trusted) == (True, None)
    assert found.signed_at
    assert found.signed_at.startswith(str(datetime.now().astimezone().year))


def test_lines_before_the_file_do_not_matter(signed: bytes) -> None:
    (found,), _ = signatures(b"X-Gateway: checked\r\n" + signed)
    assert found.intact


def test_a_changed_file_is_not_intact(signed: bytes) -> None:
    at = signed.index(b"/MediaBox")
    changed = signed[:at] + b"/MediaBux" + signed[at + 9 :]
    (found,), _ = signatures(changed)
    assert found.intact is False


def test_no_signature_is_no_row() -> None:
    assert signatures(unsigned()) == ((), ())


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_broken_file_is_a_problem_and_no_failure(signed: bytes, cut: float) -> None:
    damaged = signed[: int(len(signed) * cut)] + b" /ByteRange "
    found, problems = signatures(damaged)
    assert found == ()
    assert [problem.code for problem in problems] in ([], ["signature-unreadable"])
