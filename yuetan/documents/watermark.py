"""样稿: a paper not yet issued, with the word and who looks at it behind its text on every page."""

from __future__ import annotations

from html import escape

from django.utils import timezone

from yuetan.models import OfficeSetting, User
from yuetan.rules.dates import clock

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
.viewer-mark {
  position: fixed;
  z-index: -1;
  top: 165mm;
  left: 0;
  width: 156mm;
  color: #bbb;
  font-family: "FandolHei";
  font-size: 14pt;
  line-height: 1.5;
  text-align: center;
  text-indent: 0;
  transform: rotate(-30deg);
}
</style>"""


def viewer_words(user: User) -> str:
    """张一　承办人　2026-11-28 10:05: who looks at what is not issued; empty where the office does without."""
    if not OfficeSetting.objects.flag("viewer_mark"):
        return ""
    return f"{user.name}　{user.short_title}　{timezone.localtime(clock.now()):%Y-%m-%d %H:%M}"


def watermark(html: str, viewer: User) -> str:
    """The frozen paper with 样稿 across it, and below it who looks at it when; what is frozen has neither.

    Raises ValueError if the text is no whole HTML document.
    """
    head, end, rest = html.partition("</head>")
    before, body, after = rest.partition("<body>")
    if not end or not body:
        raise ValueError("a frozen paper is a whole HTML document")
    mark = f'<div class="viewer-mark">{escape(viewer_words(viewer))}</div>'
    return f"{head}{_WATERMARK}{end}{before}{body}{mark}{after}"
