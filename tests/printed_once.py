"""What was printed from the same HTML a moment ago is handed out again, for seven people may ask for one paper.

That equal HTML gives equal bytes is what tests/documents show; they print anew every time.
"""

from functools import lru_cache
from typing import Any

from yuetan.documents import pdf

_lay_out = pdf._pages


@lru_cache(maxsize=64)
def _printed(html: str, options: frozenset[tuple[str, Any]]) -> bytes:
    return _lay_out(html).write_pdf(**dict(options))


class LaidOutOnce:
    """Stands for the pages of a paper, which are laid out only where they were not printed before."""

    def __init__(self, html: str) -> None:
        self.html = html

    def write_pdf(self, **options: Any) -> bytes:
        """The bytes; a refusal to print is not kept."""
        return _printed(self.html, frozenset(options.items()))
