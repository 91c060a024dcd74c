"""样稿: a paper not yet issued, with the word printed behind its text on every page."""

from __future__ import annotations

_WATERMARK = """<style>
body::before {
  content: "样　稿";
  position: fixed;
  z-index: -1;
  top: 100mm;
  left: 0;
  width: 156mm;
  color: #ddd;
  font-family: "FandolHei";
  font-size: 120pt;
  line-height: 1;
  text-align: center;
  white-space: nowrap;
  transform: rotate(-30deg);
}
</style>"""


def watermark(html: str) -> str:
    """The frozen paper with 样稿 across it; what is frozen itself never has it.

    Raises ValueError if the text is no whole HTML document.
    """
    head, end, rest = html.partition("</head>")
    if not end:
        raise ValueError("a frozen paper is a whole HTML document")
    return head + _WATERMARK + end + rest
