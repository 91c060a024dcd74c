"""What a frozen paper says, without how it is set: two papers say the same exactly if these texts are equal."""

from __future__ import annotations

import hashlib
import unicodedata
from html.parser import HTMLParser

MARK = "check-mark"  # the class of the mark by which a paper is verified, which bears the digest itself
# Elements without an end, of which HTML has no others that a paper could hold.
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
# Blanks of every width, line breaks, and what is not seen at all: where lines end is no part of the wording.
UNSEEN = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf"))


def canonical_wording(html: str) -> str:
    """All the text of the body but for the mark, in NFC, without blanks and unseen characters.

    Soft hyphens, line breaks, spans and the style sheet make no difference; every sign that is printed does.
    """
    parser = _BodyText()
    parser.feed(html)
    parser.close()
    text = unicodedata.normalize("NFC", "".join(parser.parts))
    return "".join(sign for sign in text if unicodedata.category(sign) not in UNSEEN)


def wording_sha256(html: str) -> str:
    """The SHA-256 of the canonical wording in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_wording(html).encode()).hexdigest()


class _BodyText(HTMLParser):
    """The text outside the head of the file and outside the mark."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._depth_left_out = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        classes = (dict(attrs).get("class") or "").split()
        if self._depth_left_out or tag in ("head", "style", "script") or MARK in classes:
            self._depth_left_out += 1

    def handle_endtag(self, tag: str) -> None:
        if self._depth_left_out and tag not in VOID:
            self._depth_left_out -= 1

    def handle_data(self, data: str) -> None:
        if not self._depth_left_out:
            self.parts.append(data)
