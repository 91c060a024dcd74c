"""The 23 clauses of GB/T 9704-2012 over papers of every sort, and that the measure sees a paper that breaks one."""

import pytest

from tests.documents.paper_clauses import CLAUSES, PITCH, TOLERANCE, PrintedPaper, measured
from tests.documents.paper_measures import DOT, bands, black, sample_pdf
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.samples.papers import sample_papers

NAMES = ("reminder_letter-handled", "minutes-handled", "circular-handled", "report_analysis-normal", "task_list-normal")
HIGH_HEADS = ("circular-normal", "veto_decision-normal", "report_analysis-normal", "assessment_circular-normal")
MOST = 0.5  # millimetres


def test_each_of_the_clauses_is_measured_and_kept() -> None:
    results = measured(PrintedPaper(name, sample_pdf(name)) for name in NAMES)
    assert len(CLAUSES) == 23
    for (number, label, _), result in zip(CLAUSES, results, strict=True):
        assert result.papers, (number, label)
        assert result.worst <= MOST, (number, label, result.worst)
        assert result.faults == [], (number, label)


@pytest.mark.parametrize("name", [name for name, *_ in sample_papers() if name.endswith("-normal")])
def test_a_paper_says_whose_it_is_as_its_head_stands(name: str) -> None:
    kind, facts = next((kind, facts) for known, kind, facts in sample_papers() if known == name)
    if "mark" not in facts:
        return
    is_document = 'class="sheet sheet-document"' in frozen(kind, facts)
    assert is_document == facts["mark"].endswith("文件") == (name in HIGH_HEADS)


@pytest.mark.parametrize("name", HIGH_HEADS)
def test_a_document_bears_its_mark_at_seventy_two_and_its_title_two_rows_below_the_rule(name: str) -> None:
    paper = PrintedPaper(name, sample_pdf(name))
    (rule,) = paper.red_rules
    ink = black(paper.picture).crop((0, round((rule[1] + 1) / DOT), paper.picture.width, round(200 / DOT)))
    assert paper.mark_ink[0] == pytest.approx(72, abs=TOLERANCE)
    assert bands(ink)[0][0] + 1 == pytest.approx(2 * PITCH, abs=MOST)


@pytest.mark.parametrize(
    ("rule", "broken", "clause"),
    [
        (".sheet .note { text-indent: 31.57pt;", ".sheet .note { text-indent: 0;", "7.3.6"),
        ("text-align: left; }", "text-align: left; padding-left: 2mm; }", "7.2.2"),
        (".sheet .signed-on { padding: 0 63.14pt; }", ".sheet .signed-on { padding: 0 63.14pt 0 0; }", "7.3.5.1"),
    ],
)
def test_the_measure_sees_what_is_out_of_its_place(rule: str, broken: str, clause: str) -> None:
    kind, facts = next((kind, facts) for name, kind, facts in sample_papers() if name == NAMES[0])
    html = frozen(kind, facts)
    assert rule in html
    results = measured([PrintedPaper("broken", render_pdf(html.replace(rule, broken)))])
    worst = {number: result.worst for (number, _, _), result in zip(CLAUSES, results, strict=True)}
    assert worst[clause] > 1
