"""电子印章: a copy sealed by the office's own certificate, whose changes a validator shows; off unless configured."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command
from PIL import Image, ImageDraw
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from tests.factories import case_after, letter_in
from yuetan.documents.pdf_store import pdf_bytes
from yuetan.documents.seal import DIAMETER, POINTS_PER_MM
from yuetan.models import Document, Printing
from yuetan.vocabulary import DocumentKind, LetterState, PrintMethod, Verb

PASSWORD = b"a pass phrase of the office"
PKCS12 = "yuetan.documents.pkcs12_seal.seal"


def certificate() -> bytes:
    """The office's own, signed by itself, as a PKCS#12 file."""
    key, now = rsa.generate_private_key(public_exponent=65537, key_size=2048), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "江门市扫黑办（测试）")])
    usage = {"digital_signature": True, "content_commitment": True, "key_encipherment": False}
    usage |= dict.fromkeys(("data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False)
    usage |= dict.fromkeys(("encipher_only", "decipher_only"), False)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(now - timedelta(days=400))
    builder = builder.not_valid_after(now + timedelta(days=4000)).add_extension(x509.KeyUsage(**usage), critical=True)
    signed = builder.sign(key, hashes.SHA256())
    return pkcs12.serialize_key_and_certificates(b"office", key, signed, None, BestAvailableEncryption(PASSWORD))


@pytest.fixture
def configured(settings, tmp_path: Path) -> Path:
    """An installation with a certificate, its password and the picture of a seal; the folder of these."""
    picture = Image.new("RGBA", (420, 420), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((5, 5, 415, 415), outline=(255, 0, 0, 255), width=20)
    picture.save(tmp_path / "seal.png")
    (tmp_path / "office.p12").write_bytes(certificate())
    (tmp_path / "password").write_bytes(PASSWORD + b"\n")
    settings.SEAL, settings.SEAL_CERTIFICATE = PKCS12, str(tmp_path / "office.p12")
    settings.SEAL_PASSWORD_FILE, settings.SEAL_PICTURE = str(tmp_path / "password"), str(tmp_path / "seal.png")
    return tmp_path


@pytest.fixture
def paper(office) -> Document:
    return letter_in(LetterState.ISSUED).document


def sealed(paper: Document, folder: Path) -> bytes:
    call_command("seal", paper.number, "--by", "officer", "--out", str(folder / "sealed.pdf"))
    return (folder / "sealed.pdf").read_bytes()


def validated(pdf: bytes) -> PdfSignatureStatus:
    """What a validator says that trusts the certificate in the file."""
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[signature.signer_cert]))


def test_a_validator_finds_the_whole_file_as_it_was_sealed(paper, configured) -> None:
    status = validated(sealed(paper, configured))
    assert (status.intact, status.valid, status.bottom_line) == (True, True, True)
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.signing_cert.subject.native["common_name"] == "江门市扫黑办（测试）"


@pytest.mark.parametrize("change", [(b"/Title", b"/Titel"), (b"/MediaBox", b"/MediaBax"), (b"%%EOF", b"%%EOG")])
def test_a_validator_shows_that_one_byte_was_changed(paper, configured, change) -> None:
    whole = sealed(paper, configured)
    assert change[0] in whole
    assert not validated(whole.replace(*change, 1)).bottom_line


def test_the_seal_is_seen_where_organ_and_date_stand(paper, configured) -> None:
    def red(pdf: bytes) -> set[tuple[int, int]]:
        """The red dots of the last page below its head, a millimetre each, from the upper left corner."""
        with pypdfium2.PdfDocument(pdf) as pages:
            pages.init_forms()  # a seal is a field
            picture = pages[len(pages) - 1].render(scale=1 / POINTS_PER_MM).to_pil().convert("RGB")
        dots = ((x, y) for x in range(picture.width) for y in range(60, 270))
        return {dot for dot in dots if (rgb := picture.getpixel(dot))[0] > 200 and rgb[1] < 120}

    before = pdf_bytes(paper)
    ring = red(sealed(paper, configured)) - red(before)
    width, height = (max(dot[axis] for dot in ring) - min(dot[axis] for dot in ring) for axis in (0, 1))
    assert width == pytest.approx(DIAMETER / POINTS_PER_MM, abs=2)
    assert height == pytest.approx(DIAMETER / POINTS_PER_MM, abs=2)
    with pypdfium2.PdfDocument(before) as pages:
        text = pages[len(pages) - 1].get_textpage()
        left, bottom, _, top = text.get_charbox(text.search("2026年11月23日").get_next()[0])
    from_top = 297 - (bottom + top) / 2 / POINTS_PER_MM
    assert min(y for _, y in ring) < from_top < max(y for _, y in ring)
    assert min(x for x, _ in ring) < left / POINTS_PER_MM + 5 < max(x for x, _ in ring)


def test_what_is_stored_stays_and_the_copy_only_adds_to_it(paper, configured) -> None:
    before = pdf_bytes(paper)
    whole = sealed(paper, configured)
    assert whole.startswith(before)
    assert pdf_bytes(Document.objects.get(pk=paper.pk)) == before
    texts = [[page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages] for pdf in (before, whole)]
    assert texts[0] == texts[1]


def test_who_takes_it_out_is_written_down(paper, configured, officer) -> None:
    sealed(paper, configured)
    entry = Printing.objects.get()
    assert (entry.document, entry.by, entry.method) == (paper, officer, PrintMethod.DOWNLOAD)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SEAL": ""}, "没有配置电子印章"),
        ({"SEAL": "vendor.seals.seal"}, "电子印章 vendor.seals.seal 没有装好"),
        ({"SEAL_CERTIFICATE": ""}, "证书（YUETAN_SEAL_CERTIFICATE）读不出：没有配置"),
        ({"SEAL_PASSWORD_FILE": "/none"}, "密码文件（YUETAN_SEAL_PASSWORD_FILE）读不出：/none"),
        ({"SEAL_PASSWORD_FILE": __file__}, "证书打不开：不是 PKCS#12 文件，或者密码不对"),
        ({"SEAL_PICTURE": "/none"}, "图样（YUETAN_SEAL_PICTURE）读不出"),
    ],
)
def test_without_all_it_takes_nothing_is_sealed(paper, configured, settings, changed, sentence) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)
    with pytest.raises(CommandError, match=sentence):
        sealed(paper, configured)
    assert (list(configured.glob("*.pdf")), Printing.objects.count()) == ([], 0)


def test_nothing_is_sealed_as_long_as_nothing_is_configured(settings) -> None:
    assert settings.SEAL == ""


def test_a_paper_that_bears_no_seal_or_is_not_there_is_not_sealed(configured, office) -> None:
    minutes = case_after(Verb.ISSUE_MINUTES).documents.get(kind=DocumentKind.MINUTES)
    with pytest.raises(CommandError, match="是不盖章的文种，或者已不再有效"):
        sealed(minutes, configured)
    with pytest.raises(CommandError, match="没有文号为“江扫黑办〔2026〕99号”的文书"):
        call_command("seal", "江扫黑办〔2026〕99号", "--by", "officer", "--out", str(configured / "sealed.pdf"))


def test_whoever_may_not_see_the_paper_gets_no_copy(configured, head, paper) -> None:
    out = str(configured / "sealed.pdf")
    with pytest.raises(CommandError, match="不能查看"):
        call_command("seal", paper.number, "--by", head.username, "--out", out)
    assert not (configured / "sealed.pdf").exists()
