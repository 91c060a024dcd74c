"""Small real files: a scanned page as PDF, a photograph and a blank scan as PNG."""

from __future__ import annotations

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import format_html, format_html_join
from PIL import Image, ImageDraw

from yuetan.documents.pdf import render_pdf

PAGE = """<html lang="zh-CN"><head><meta charset="utf-8"><title>{}</title>
<style>body {{ font-family: "FandolFang R", FandolFang; }}</style></head>
<body><h2>{}</h2>{}<p>（演示材料）</p></body></html>"""


def page(name: str, *paragraphs: str) -> SimpleUploadedFile:
    """A page of text as PDF."""
    body = format_html_join("", "<p>{}</p>", ((paragraph,) for paragraph in paragraphs))
    pdf = render_pdf(format_html(PAGE, name, name, body))
    return SimpleUploadedFile(f"{name}.pdf", pdf, "application/pdf")


def photograph(name: str) -> SimpleUploadedFile:
    """A drawn scene: ground, stalls and sky."""
    picture = Image.new("RGB", (640, 420), "#c9d8e6")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 260, 640, 420), fill="#8d8a83")
    for left in range(40, 600, 140):
        pen.rectangle((left, 170, left + 100, 300), fill="#b5653f", outline="#5c3a28", width=3)
        pen.polygon([(left - 10, 170), (left + 50, 120), (left + 110, 170)], fill="#7a2f24")
    return _png(name, picture)


def blank_scan(name: str) -> SimpleUploadedFile:
    """The smallest picture that passes for a scan."""
    return _png(name, Image.new("1", (600, 800), 1))


def written_scan(name: str) -> SimpleUploadedFile:
    """A scan with lines as of writing, others for each name, so that no two pass for the same file."""
    picture = Image.new("1", (600, 800), 1)
    pen = ImageDraw.Draw(picture)
    for row, sign in enumerate(name.encode()[:36]):
        pen.rectangle((60, 60 + 20 * row, 60 + 2 * sign, 68 + 20 * row), fill=0)
    return _png(name, picture)


def _png(name: str, picture: Image.Image) -> SimpleUploadedFile:
    content = BytesIO()
    picture.save(content, "PNG")
    return SimpleUploadedFile(f"{name}.png", content.getvalue(), "image/png")
