"""What each file of the later rooms was offered for, in the words by which the record of who looked names it."""

from tests import cast
from tests.agenda_files import heard_meeting
from tests.assessment import (
    assessment_of,
    correction_proposed,
    decided,
    objected,
    presented,
    published_assessment,
    scored,
    sheet_of,
)
from tests.dossiers import awarded, entered
from tests.factories import later, pdf
from tests.received import due_moved, received, replied
from tests.reporting import FIELDS, FILE, TITLE, marked, report_of, scheme_of
from tests.rounds import announced, concluded, found, visit_of
from yuetan.actions.assessment.closing import close_assessment
from yuetan.rules.reporting.form_fields import FieldRow


def words_of(*owners):
    """Of the one file of each."""
    return [one.files.get().used_for if hasattr(one, "files") else one.papers.get().used_for for one in owners]


def test_every_file_says_what_it_was_offered_for(office):
    mark = marked(report_of(scheme_of(fields=(*FIELDS, FieldRow("明细", FILE, needed=False)))))
    report = f"蓬江区棠下镇2026年11月20日至11月26日{TITLE}"
    assert words_of(mark.version, mark) == [report, f"{report}：谎报的依据"]
    assessment = assessment_of()
    score = scored(assessment)
    objection = objected(sheet_of(presented(assessment)))
    with later(days=12):
        decided(objection)
        published = published_assessment(close_assessment(assessment, by=cast.person("director")))
    with later(days=30):
        correction = correction_proposed(sheet_of(published))
    assert words_of(score, objection, correction) == [
        "蓬江区棠下镇2026年度考核评分",
        "蓬江区棠下镇2026年度考核得分表：来函办理",
        "蓬江区棠下镇2026年度考核得分表的更正",
    ]


def test_files_of_visits_letters_dossiers_and_meetings_too(office):
    of_visit = visit_of(announced())
    one = found(of_visit, proof=[pdf("照片.pdf")])
    of_visit = concluded(visit_of(of_visit.round))
    visited = "2026年度联动督导（蓬江区棠下镇）"
    assert words_of(one, of_visit) == [f"{visited}第1项督导情况", f"{visited}的集体结论"]
    letter = received()
    words = "检察建议书（江门市人民检察院江检建〔2026〕3号）"
    moved = due_moved(letter)
    assert words_of(letter, moved, replied(letter)) == [words, f"{words}回复期限的改定", f"{words}的回复（第1版）"]
    entry, award = entered(cast.head(cast.TOWN)), awarded(cast.unit(cast.TOWN))
    assert words_of(entry, award) == ["冯十2026年度实绩材料（第1版）：述职报告", str(award)]
    item = heard_meeting()
    assert words_of(item) == [f"{item.meeting}第1项议题的材料"]
