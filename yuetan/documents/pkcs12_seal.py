"""A seal by the office's own certificate (PKCS#12): a PAdES signature with the seal's picture, by pyHanko.

For an installation that has no licensed seal. It shows that nothing was changed since; it claims no legal effect.
`YUETAN_SEAL=yuetan.documents.pkcs12_seal.seal` switches it on.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import StaticStampStyle

from yuetan.documents.seal import Box

FIELD = "Seal"


def seal(document: bytes, page: int, box: Box) -> bytes:
    """The PDF with the seal appended to it; raises ImproperlyConfigured if certificate or picture cannot be read."""
    left, bottom, right, top = map(round, box)
    where = SigFieldSpec(FIELD, on_page=page, box=(left, bottom, right, top))
    facts = PdfSignatureMetadata(field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    signer = PdfSigner(facts, _certificate(), stamp_style=_picture(), new_field_spec=where)
    whole = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(document)))
    return bytes(whole.getvalue())


def _certificate() -> SimpleSigner:
    password = _file_bytes(settings.SEAL_PASSWORD_FILE, "密码文件（YUETAN_SEAL_PASSWORD_FILE）").strip()
    kept = _file_bytes(settings.SEAL_CERTIFICATE, "证书（YUETAN_SEAL_CERTIFICATE）")
    try:
        return SimpleSigner.load_pkcs12_data(kept, other_certs=[], passphrase=password)
    except ValueError as problem:
        raise ImproperlyConfigured("电子印章的证书打不开：不是 PKCS#12 文件，或者密码不对。") from problem


def _picture() -> StaticStampStyle:
    middle = SimpleBoxLayoutRule(
        AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins.uniform(0), InnerScaling.STRETCH_TO_FIT
    )
    picture = Image.open(BytesIO(_file_bytes(settings.SEAL_PICTURE, "图样（YUETAN_SEAL_PICTURE）")))
    return StaticStampStyle(border_width=0, background=PdfImage(picture), background_layout=middle)


def _file_bytes(path: str, what: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as missing:
        raise ImproperlyConfigured(f"电子印章的{what}读不出：{path or '没有配置'}。") from missing
