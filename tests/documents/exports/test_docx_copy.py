"""The editable copy: says and shows what the paper did when issued, and cannot pass for it."""

import io
import json
import re

import docx
import pytest
from django.db import DatabaseError, transaction
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from tests.factories import case_after, case_in, letter_in, set_office, take
from yuetan.documents.exports.copy_facts import UNOFFICIAL, copy_facts
from yuetan.documents.exports.docx_copy import EARLIER, WARNING, render_docx
from yuetan.documents.freezing import frozen
from yuetan.documents.samples.papers import sample_papers
from yuetan.models import Document
from yuetan.vocabulary import CaseState, LetterState, Verb

MILLIMETRE = 36000  # as drawings count
SAMPLES = {name: (kind, facts) for name, kind, facts in sample_papers() if "body" in facts}


def opened(document):
    return docx.Document(io.BytesIO(render_docx(document.html, document.facts)))


def sample(name):
    kind, facts = SAMPLES[name]
    return docx.Document(io.BytesIO(render_docx(frozen(kind, facts), copy_facts(facts))))


def words(document):
    return [paragraph.text for paragraph in opened(document).paragraphs]


def shapes(part):
    """Left, top, width and height in millimetres, colour and paragraphs of every box and bar drawn in a part."""
    return [_shape(anchor) for anchor in part._element.iter(qn("wp:anchor"))]


def _shape(anchor):
    offsets = [place.findtext(qn("wp:posOffset")) for place in (anchor[1], anchor[2])]
    extent = anchor.find(qn("wp:extent"))
    size = [int(extent.get(name)) for name in ("cx", "cy")]
    left, top, width, height = (None if n is None else round(int(n) / MILLIMETRE, 2) for n in (*offsets, *size))
    colour = next((fill.get("val") for fill in anchor.iter(qn("a:srgbClr"))), None)
    boxed = [WordParagraph(element, None) for element in anchor.iter(qn("w:p"))]
    return (left, top, width, height), colour, boxed


def drawn(copy):
    return shapes(copy)


def box_of(copy, text):
    return next(shape for shape in drawn(copy) if shape[2] and text in shape[2][0].text)


def font(run):
    return run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt


def test_the_copy_is_marked_in_the_header_of_every_page_and_in_its_properties(office):
    paper = case_in(CaseState.NOTIFIED).documents.get()
    copy = opened(paper)
    page = copy.sections[0]
    headers = (page.header, page.even_page_header, page.first_page_header)
    assert [header.paragraphs[0].text for header in headers] == [WARNING] * 3
    assert all(header.paragraphs[0].runs[0].font.color.rgb == docx.shared.RGBColor(0xC0, 0, 0) for header in headers)
    assert copy.core_properties.title == f"{paper.title}（{UNOFFICIAL}）"
    assert copy.core_properties.author == paper.facts["organ"]


def test_one_of_an_earlier_paper_says_where_the_original_is():
    kind, facts = SAMPLES["interview_notice-normal"]
    copy = docx.Document(io.BytesIO(render_docx(frozen(kind, facts), copy_facts(facts), is_earlier=True)))
    assert copy.sections[0].header.paragraphs[0].text.startswith(EARLIER)


def test_the_mark_that_verifies_a_paper_is_not_in_its_copy(office):
    paper = case_in(CaseState.NOTIFIED).documents.get()
    code = paper.check_code[:4]
    assert code in paper.html
    copy = opened(paper)
    assert code not in copy.element.xml
    assert "查验码" not in copy.element.xml


def test_the_copy_says_all_that_the_paper_says(office):
    paper = case_in(CaseState.NOTIFIED).documents.get()
    written = words(paper)
    assert "".join(written[written.index(f"{paper.addressee}：") - 2].split("\n")) == paper.title
    body = [each["lead"] + each["text"] for each in paper.facts["body"]]
    assert len(body) > 8
    place = written.index(body[0])
    assert written[place : place + len(body)] == body
    assert written[-4:] == ["", "", paper.facts["organ"], paper.facts["dated_words"]]
    assert box_of(opened(paper), paper.number)[2][0].text == paper.number


def test_the_page_and_its_grid_are_those_of_official_papers(office):
    page = opened(letter_in(LetterState.ISSUED).document).sections[0]
    lengths = (page.page_width, page.page_height, page.top_margin, page.bottom_margin, page.left_margin)
    assert [round(length.mm) for length in (*lengths, page.right_margin)] == [210, 297, 37, 35, 28, 26]
    grid = page._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    row, apart = int(grid.get(qn("w:linePitch"))) / 20, 16 + int(grid.get(qn("w:charSpace"))) / 4096
    height, width = 225 * 72 / 25.4, 156 * 72 / 25.4
    assert int(height / row) == 22
    assert int(width / apart + 0.01) == 28


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.endswith("normal")])
def test_every_row_is_a_row_of_the_grid(name):
    rows = {round(paragraph.paragraph_format.line_spacing.pt, 2) for paragraph in sample(name).paragraphs}
    assert rows == {28.95}


@pytest.mark.parametrize("name", ["interview_notice-hard", "minutes-normal"])
def test_no_mark_leaves_the_area_and_no_blank_is_put_before_figures(name):
    for paragraph in sample(name).paragraphs:
        rules = paragraph.paragraph_format.element.pPr
        off = [rules.find(qn(f"w:{rule}")).get(qn("w:val")) for rule in ("overflowPunct", "autoSpaceDE", "autoSpaceDN")]
        assert off == ["0", "0", "0"]
        order = [child.tag for child in rules]
        assert order.index(qn("w:overflowPunct")) < order.index(qn("w:spacing")) < order.index(qn("w:jc"))


def test_each_part_has_its_font_and_size():
    copy = sample("interview_notice-hard")
    title = next(paragraph for paragraph in copy.paragraphs if paragraph.text.startswith("关于"))
    assert {font(run) for run in title.runs} == {("方正小标宋简体", 22)}
    heading = next(each for each in sample("interview_notice-normal").paragraphs if each.text == "一、约谈事由")
    assert [font(run) for run in heading.runs] == [("黑体", 16)]
    second = next(paragraph for paragraph in copy.paragraphs if paragraph.text.startswith("（一）"))
    assert font(second.runs[0]) == ("楷体_GB2312", 16)
    assert second.runs[0].text.startswith("（一）压实责任")
    assert {font(run) for run in second.runs[1:]} == {("仿宋_GB2312", 16)}


def test_a_title_keeps_its_lines_and_stands_alone_over_an_empty_row():
    kind, facts = SAMPLES["interview_notice-hard"]
    printed = re.findall(r'class="title-line">([^<]+)<', frozen(kind, facts))
    written = [paragraph.text for paragraph in sample("interview_notice-hard").paragraphs]
    place = written.index("\n".join(printed))
    assert len(printed) == 3
    assert written[:place] == [""] * 4  # the head, with two rows over the title
    assert written[place + 1 : place + 3] == ["", f"{facts['addressee']}："]


def test_a_letter_has_its_red_head_and_its_second_rule():
    copy = sample("supervision_letter-yellow")
    bars = [(place, colour) for place, colour, boxed in drawn(copy) if not boxed]
    assert [(left, width, height) for (left, _, width, height), _ in bars] == [(21, 170, 1), (21, 170, 0.35)]
    assert {colour for _, colour in bars} == {"FF0000"}
    (_, top, _, _), _, (mark,) = box_of(copy, "江门市扫黑除恶专项斗争领导小组办公室")
    assert 27 < top < 30  # its ink begins at 30 mm
    assert mark.runs[0].font.color.rgb == docx.shared.RGBColor(0xFF, 0, 0)
    assert font(mark.runs[0])[0] == "方正小标宋简体"
    page = copy.sections[0]
    assert page.different_first_page_header_footer
    second = [place for place, _, _ in shapes(page.first_page_footer)]
    assert [(left, round(top + height, 2)) for left, top, _, height in second] == [(21, 275.5), (21, 277)]


def test_a_supervision_letter_has_its_square_before_the_words():
    copy = sample("supervision_letter-yellow")
    (row,) = box_of(copy, "黄色（警示）")[2]
    assert row.runs[0]._r.find(f".//{qn('w:shd')}").get(qn("w:fill")) == "FFFF00"
    assert row.text.endswith("黄色（警示）")


def test_page_numbers_stand_outside_with_dashes():
    page = sample("minutes-normal").sections[0]
    assert not page.different_first_page_header_footer
    for footer, alignment in ((page.footer, 2), (page.even_page_footer, 0)):
        (paragraph,) = footer.paragraphs
        assert "".join(text.text for text in paragraph._p.iter(qn("w:t"))) == "— 1 —"
        assert paragraph._p.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
        assert paragraph.alignment == alignment
        assert font(paragraph.runs[0]) == ("宋体", 14)


def test_the_seal_has_room_over_the_date(office):
    *_, first, second, organ, dated = opened(case_in(CaseState.NOTIFIED).documents.get()).paragraphs
    assert first.text == second.text == ""
    assert all(each.paragraph_format.keep_with_next for each in (first, second, organ))
    width = len("江门市") * 16
    assert dated.paragraph_format.right_indent.pt > organ.paragraph_format.right_indent.pt + width / 2
    assert dated.paragraph_format.right_indent.pt >= 4 * 15.7


def test_minutes_name_who_came_and_who_gets_a_copy(office):
    set_office("minutes_copied_to", "省扫黑除恶专项斗争领导小组")
    paper = case_after(Verb.ISSUE_MINUTES).documents.get(kind="minutes")
    copy = opened(paper)
    present = next(paragraph for paragraph in copy.paragraphs if paragraph.text.startswith("出席："))
    assert (font(present.runs[0])[0], present.runs[0].text) == ("黑体", "出席：")
    place, _, foot = next(shape for shape in drawn(copy) if len(shape[2]) > 1)
    assert place[2] == 156
    assert [paragraph.text for paragraph in foot][1:3] == [
        "抄送：省扫黑除恶专项斗争领导小组。",
        f"{paper.facts['organ']}\t{paper.facts['dated_words']}印发",
    ]
    assert {font(run)[1] for paragraph in foot for run in paragraph.runs} == {14}


def test_the_foot_of_minutes_has_three_rules():
    table = next(sample("minutes-normal").element.iter(qn("w:tbl")))
    rules = {rule.tag.split("}")[1]: int(rule.get(qn("w:sz"))) for rule in table.find(f".//{qn('w:tblBorders')}")}
    assert rules == {"top": 8, "bottom": 8, "insideH": 6}
    assert len(table.findall(qn("w:tr"))) == 2
    anchor = next(each for each in table.iterancestors() if each.tag == qn("wp:anchor"))
    assert anchor.find(qn("wp:positionV")).get("relativeFrom") == "margin"
    assert anchor.findtext(f".//{qn('wp:align')}") == "bottom"


@pytest.mark.parametrize(
    "entered", ["{{ number }}", "{% for x in y %}", "<w:t>假</w:t>", "a & b < c", "{%p if 1 %}", "䶮㛃𬱖"]
)
def test_what_was_typed_is_text_and_nothing_else(office, entered):
    paper = case_in(CaseState.NOTIFIED, serve_notice={"place": entered}).documents.get()
    assert any(line.rstrip("。") == entered for line in words(paper))


def test_a_blank_at_the_end_of_a_printed_line_is_not_lost(office):
    entered = " ".join(["Conference Room No.3 of the Municipal Building"] * 4)
    paper = case_in(CaseState.NOTIFIED, serve_notice={"place": entered}).documents.get()
    assert f"{entered}。" in words(paper)


def test_the_copy_of_an_old_paper_is_not_that_of_the_new_one(office):
    case = case_in(CaseState.NOTIFIED)
    first = case.documents.get()
    before = words(first)
    take(Verb.RESCHEDULE, case, place="另一处会议室")
    assert words(Document.objects.get(pk=first.pk)) == before
    assert not any("另一处会议室" in line for line in before)


def test_what_a_paper_said_is_never_rewritten(office):
    paper = case_in(CaseState.NOTIFIED).documents.get()
    with pytest.raises(DatabaseError, match=r"kept as written|permission denied"), transaction.atomic():
        Document.objects.filter(pk=paper.pk).update(facts={})
    json.dumps(paper.facts)


def test_the_tables_of_an_annex_stand_behind_the_letter_under_their_heads():
    _kind, facts = SAMPLES["report_analysis-hard"]
    copy = sample("report_analysis-hard")
    annex = next(paragraph for paragraph in copy.paragraphs if paragraph.text == "附件")
    assert annex.paragraph_format.page_break_before
    printed = [[cell.text for cell in row.cells] for table in copy.tables for row in table.rows]
    wanted = [line for table in facts["tables"] for line in ([table.title, *table.columns], *table.lines)]
    assert printed == [[text or "" for text in line] for line in wanted]
    assert len(copy.tables) == len(facts["tables"])
    for table in copy.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    words_of_copy = [paragraph.text for paragraph in copy.paragraphs]
    assert words_of_copy.index("附件") > words_of_copy.index(facts["organ"])


def test_what_goes_up_names_who_signs_it():
    copy = sample("report_analysis-normal")
    assert any("签发人：李二" in shape[2][0].text for shape in drawn(copy) if shape[2])
