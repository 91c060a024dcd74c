"""The mark by which an issued paper is verified: its check code, the same as a QR code, and a digest of its wording."""

from __future__ import annotations

from urllib.parse import urlencode

import segno
from django.conf import settings
from django.urls import reverse

from yuetan.documents.content.facts import PaperFacts
from yuetan.rules import check_code


def check_mark(code: str, wording_sha256: str, *, is_earlier: bool = False) -> PaperFacts:
    """The facts of templates/documents/check_mark.html; a paper of before says that its original stands elsewhere."""
    return {
        "check_code": check_code.grouped(code),
        "wording_digest": check_code.shortened(wording_sha256),
        "is_earlier": is_earlier,
        "check_place": f"{settings.PUBLIC_URL}{reverse('verify')}" if settings.PUBLIC_URL else "",
        "check_qr": segno.make_qr(address(code), error="m").svg_data_uri(border=0, omitsize=True),
    }


def address(code: str) -> str:
    """Where the paper is verified, if the office has said under which address the site is reached; else the code."""
    if not settings.PUBLIC_URL:
        return code
    return f"{settings.PUBLIC_URL}{reverse('verify')}?{urlencode({'code': code})}"
