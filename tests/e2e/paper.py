"""What a paper that somebody took home says."""

import io

from pypdf import PdfReader


def words_of(pdf: bytes) -> str:
    """Everything on all its pages, without the spaces that setting type puts in."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)
