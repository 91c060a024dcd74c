"""The editable copy (DOCX) of a paper for WPS, made from what the paper said and marked as no official text."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docxtpl import DocxTemplate

from yuetan.documents.content.facts import PlainFacts
from yuetan.documents.exports.copy_facts import KEPT, UNOFFICIAL

WARNING = f"{UNOFFICIAL}——仅供在 WPS 中编辑参考，不具效力，以印发的文书为准"
EARLIER = "补录件，以原件扫描件为准"
FANG, XIAOBIAO, HEI = "仿宋_GB2312", "方正小标宋简体", "黑体"
ROW, INDENT = Pt(29.62), Pt(32)


def render_docx(facts: PlainFacts, *, is_earlier: bool = False) -> bytes:
    """The DOCX; all that was typed is text in it and nothing else. One of 补录 says that its original is elsewhere."""
    copy = DocxTemplate(io.BytesIO(_template()))
    kept = {name: facts.get(name, "") for name in (*KEPT, "body", "people")}
    copy.render({**kept, "earlier": EARLIER if is_earlier else ""}, autoescape=True)
    copy.docx.core_properties.title = f"{facts['title']}（{UNOFFICIAL}）"
    whole = io.BytesIO()
    copy.save(whole)
    return whole.getvalue()


@cache
def _template() -> bytes:
    """The form of the copy, written with python-docx: A4 with the margins of official papers."""
    form = docx.Document()
    _lay_out(form)
    _add_if(form, "earlier", "{{ earlier }}", font=HEI)
    _add(form, "{{ number }}", WD_ALIGN_PARAGRAPH.RIGHT)
    _add_if(form, "grade_words", "{{ grade_words }}", font=HEI)
    _add(form, f"{{{{ title }}}}（{UNOFFICIAL}）", WD_ALIGN_PARAGRAPH.CENTER, XIAOBIAO, 22)
    _add(form, "{{ addressee }}：")
    _add(form, "{%p for paragraph in body %}")
    _add(form, "{%p if paragraph.style == 'heading' %}")
    _add(form, "{{ paragraph.lead }}{{ paragraph.text }}", font=HEI, indent=True)
    _add(form, "{%p else %}")
    _add(form, "{{ paragraph.lead }}{{ paragraph.text }}", indent=True)
    _add(form, "{%p endif %}")
    _add(form, "{%p endfor %}")
    _add(form, "{%p for paragraph in people %}")
    _add(form, "{{ paragraph.lead }}{{ paragraph.text }}", indent=True)
    _add(form, "{%p endfor %}")
    _add(form, "{{ organ }}", WD_ALIGN_PARAGRAPH.RIGHT)
    _add(form, "{{ dated_words }}", WD_ALIGN_PARAGRAPH.RIGHT)
    _add_if(form, "copied_to", "抄送：{{ copied_to }}。", size=14)
    whole = io.BytesIO()
    form.save(whole)
    return whole.getvalue()


def _lay_out(form: Any) -> None:
    page = form.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    header = page.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(header, WARNING, HEI, 12).font.color.rgb = RGBColor(0xC0, 0, 0)


def _add_if(form: Any, name: str, text: str, **looks: Any) -> None:
    _add(form, f"{{%p if {name} %}}")
    _add(form, text, **looks)
    _add(form, "{%p endif %}")


def _add(
    form: Any,
    text: str,
    alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
    font: str = FANG,
    size: int = 16,
    *,
    indent: bool = False,
) -> None:
    paragraph = form.add_paragraph()
    paragraph.alignment = alignment
    paragraph.paragraph_format.line_spacing = ROW
    paragraph.paragraph_format.space_after = Pt(0)
    if indent:
        paragraph.paragraph_format.first_line_indent = INDENT
    _write(paragraph, text, font, size)


def _write(paragraph: WordParagraph, text: str, font: str, size: int) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run
