"""The paper as it is previewed, read by the proof-reader: what is pointed out, and that it stops nothing."""

from __future__ import annotations

from django.template.loader import render_to_string

from yuetan.documents.content.paragraphs import Paragraph, Style
from yuetan.documents.freezing import frozen
from yuetan.documents.proof_reading import remarks_on
from yuetan.documents.samples.papers import letter, sample_papers
from yuetan.rules.text.proof_reading import proof_read_text
from yuetan.vocabulary import DocumentKind


def test_nothing_is_pointed_out_in_the_samples() -> None:
    assert {name: remarks_on(frozen(kind, facts)) for name, kind, facts in sample_papers()} == {
        name: [] for name, _, _ in sample_papers()
    }


def test_every_part_is_named_and_lines_are_read_as_one_text() -> None:
    body = [
        Paragraph("一、约谈事由", Style.HEADING),
        Paragraph("经研究决定，对你单位主要负责人进行约谈，请于2026年11月31日前报送材料，逾期未报的，予以通报批评。"),
        Paragraph("三、约谈要求", Style.HEADING),
        Paragraph("不得委托他人,不得请假。"),
    ]
    html = frozen(DocumentKind.CANCELLATION, letter(DocumentKind.CANCELLATION, "关于《办法的函", body))
    assert [str(remark) for remark in remarks_on(html)] == [
        "标题“关于《办法的函”：“《”后面缺“》”。",
        "正文第2段“…行约谈，请于2026年11月31日前报送材料，…”：没有这一天。",
        "正文第3段“三、约谈要求”：序号“三、”前面缺“二、”。",
        "正文第4段“不得委托他人,不得请假。”：半角“,”应为全角“，”。",
    ]


def test_cells_are_named_after_their_row_or_column() -> None:
    rows = '<table><tr><th scope="row">约谈事由</th><td>线索,摸排</td></tr></table>'
    columns = "<table><thead><tr><th>序号</th><th>内容</th></tr></thead><tr><td>1</td><td>整改。。</td></tr></table>"
    assert [remark.place for remark in remarks_on(rows + columns)] == ["“约谈事由”栏", "“内容”栏"]


def test_a_preview_shows_what_is_pointed_out_escaped_and_nothing_where_all_is_well() -> None:
    shown = render_to_string(
        "components/paper.html", {"label": "预览", "preview": '<p class="text">&lt;b&gt;甲,乙</p>'}
    )
    assert "校对提示：下面 1 处可能有误" in shown
    assert "正文第1段“&lt;b&gt;甲<mark>,</mark>乙”：半角“,”应为全角“，”。" in shown
    assert "校对提示" not in render_to_string(
        "components/paper.html", {"label": "", "preview": '<p class="text">甲，乙</p>'}
    )


def test_of_very_many_the_first_twenty_are_listed() -> None:
    paper = '<p class="text">甲,乙</p>' * 30
    shown = render_to_string("components/paper.html", {"label": "预览", "preview": paper})
    assert "下面 30 处" in shown
    assert shown.count("<li>") == 20


def test_what_the_page_has_shown_is_not_shown_again() -> None:
    paper = '<p class="text">甲镇,请于11月31日前报送,逾期的,予以通报。</p>'
    shown = proof_read_text("{单位},请于{期限}前报送,逾期的，予以通报。")
    assert [remark.slip for remark in remarks_on(paper)] == [",", "11月31日", ",", ","]
    assert [remark.slip + remark.after[:2] for remark in remarks_on(paper, shown)] == ["11月31日前报", ",予以"]
