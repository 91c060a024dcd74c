"""得分表 of a unit found 不合格, as evidence of what is proposed or laid on it: printed, kept, read, and put right."""

import hashlib
from decimal import Decimal

import pytest

from tests import cast
from tests.assessment import as_evidence, correction_decided, correction_proposed, published_assessment, sheet_of
from tests.factories import later, take
from tests.ladder import carry_out, measure_anew
from tests.ladder import take as carry
from tests.refusals import refused
from tests.web import Visitor
from yuetan.actions.assessment.corrections import CorrectedLine
from yuetan.actions.files.sheet_evidence import printed_sheets
from yuetan.actions.ladder.draft import revise_measure
from yuetan.actions.proposal.proposal import draft, propose, submit
from yuetan.documents.case_file.case_pieces import pieces_of
from yuetan.documents.case_file.measure_pieces import pieces_of_measure
from yuetan.documents.content.assessment_sheet import sheet_facts
from yuetan.models import AccountabilityMeasure, AssessmentSheet, Attachment, Case, Ground, SheetEvidence
from yuetan.scenarios import keywords, measure_drivers
from yuetan.views.case.available_steps import step_url
from yuetan.vocabulary import FilePurpose, MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")
HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"
NAME = "蓬江区棠下镇2026年度考核得分表.pdf"
LABEL = "2026年度考核得分表（70.0分，第"
LACKING = (
    "{}以考核不合格为情形的，须附“蓬江区棠下镇2026年度考核得分表”作为依据，结果更正过的附更正后的："
    "请在修改页勾选“附考核得分表”后再报核。"
)
CHANGED = "蓬江区棠下镇2026年度考核得分表附入以后，考核结果已经更正"


@pytest.fixture
def sheet(office):
    """Of the town, 不合格 and made known; it is twelve days later."""
    found = sheet_of(published_assessment())
    with later(days=12):
        yield AssessmentSheet.objects.get(pk=found.pk)


def officer(url):
    one = Visitor(cast.person("officer"))
    one.open(url)
    return one


def laid(sheet, **changed):
    """A draft of a 通报 on the ground that speaks of 考核."""
    carry_out()
    fourth = [one for one in Ground.objects.all() if one.is_of_assessment]
    return measure_anew(MeasureState.DRAFTED, on=sheet.unit, **{"grounds": fourth, "sheets": [sheet]} | changed)


def corrected(sheet, points):
    """The points for its results are put right, and with them its total, perhaps its grade."""
    return correction_decided(correction_proposed(sheet, lines=[CorrectedLine("i5", Decimal(points))]))


def evidence(**of):
    return list(Attachment.objects.filter(purpose=FilePurpose.EVIDENCE, **of))


def test_from_the_sheet_the_proposal_goes_with_it(sheet):
    visitor = officer(f"/assessment/sheets/{sheet.pk}/")
    visitor.open(visitor.page.link("提出约谈建议：蓬江区棠下镇"))
    assert LABEL in visitor.page
    grounds = {name: "on" for form in visitor.page.forms for name in form.values if name.endswith("-ticked")}
    ticked = {min(grounds): "on"}
    page = visitor.press("保存草稿", **ticked)  # the box is not asked: it goes with what was begun on its page
    case = Case.objects.get()
    (file,) = evidence(case=case)
    assert file.name == NAME
    assert file.case_ground is not None
    assert NAME in page
    assert SheetEvidence.objects.get().sheet == sheet
    assert file.sha256 == hashlib.sha256(visitor.fetch(NAME)).hexdigest()


def test_whoever_prints_it_again_has_the_same_bytes_and_nothing_of_other_units(sheet):
    case = as_evidence(sheet)
    (file,), (again,) = evidence(case=case), printed_sheets([sheet])
    with file.file.open() as kept:
        assert kept.read() == again.read()
    said = str(sheet_facts(sheet))
    assert "总分70.0分" in said
    assert "得10.0分" in said
    others = AssessmentSheet.objects.exclude(unit=sheet.unit)
    assert others
    assert not [one.unit_name for one in others if one.unit_name in said]


def test_by_hand_it_is_offered_for_the_unit_alone(sheet):
    visitor = officer(f"/cases/new/?unit={sheet.unit_id}")
    assert LABEL in visitor.page
    assert "附考核得分表" not in officer(f"/cases/new/?unit={cast.unit(cast.DIVISION_TOWN).pk}").page
    visitor.press("保存草稿", matter="一件事")
    assert evidence() == []
    revised = officer(f"/cases/{Case.objects.get().pk}/edit/")
    assert LABEL in revised.page
    revised.press("保存草稿", sheets=[str(sheet.pk)])
    assert [file.name for file in evidence()] == [NAME]
    assert "附考核得分表" not in officer(f"/cases/{Case.objects.get().pk}/edit/").page  # it is there


def test_a_sheet_of_another_unit_is_refused(sheet):
    other = cast.unit(cast.DIVISION_TOWN)
    words = f"“{sheet}”不是{other.full_name}现在不合格的得分表，不能作为依据附上，请重新选择。"
    with refused(words, field="sheets"):
        draft(by=cast.person("officer"), **keywords.proposal(other, sheets=[sheet]))


def test_a_qualified_unit_has_none_to_put(sheet):
    corrected(sheet, 40)
    assert "附考核得分表" not in officer(f"/cases/new/?unit={sheet.unit_id}").page
    words = f"“{sheet}”不是{sheet.unit.full_name}现在不合格的得分表，不能作为依据附上，请重新选择。"
    with refused(words, field="sheets"):
        as_evidence(AssessmentSheet.objects.get(pk=sheet.pk))


def test_the_inner_side_reads_it_and_the_unit_does_not(sheet):
    case = submit(as_evidence(sheet), by=cast.person("officer"))
    case = take(Verb.ENDORSE, case)
    for who in ("director", "group_leader"):
        assert NAME in Visitor(cast.person(who)).open(f"/cases/{case.pk}/")
    assert NAME in Visitor(cast.person("group_leader")).open(step_url(case, Verb.APPROVE))
    case = take(Verb.SERVE_NOTICE, take(Verb.APPROVE, case))
    (file,) = evidence(case=case)
    assert file in Attachment.objects.visible_to(cast.person("director"))
    for who in (HEAD, OTHER):
        assert file not in Attachment.objects.visible_to(cast.person(who))
    assert NAME not in Visitor(cast.person(HEAD)).open(f"/cases/{case.pk}/")
    annexes = [part.name for piece in pieces_of(case, cast.person("officer")) for part in piece.parts]
    assert any("考核得分表" in name for name in annexes), annexes


def test_a_case_says_that_the_result_was_put_right_since(sheet):
    case = as_evidence(sheet)
    url = f"/cases/{case.pk}/"
    assert CHANGED not in officer(url).page
    paper = corrected(sheet, 15).document
    said = f"{CHANGED}（{paper.number}）：附入时为70.0分，第{sheet.rank}名，不合格；现为75.0分"
    assert said in officer(url).page
    assert "据原等次提出的请核对" not in officer(url).page
    visitor = officer(f"{url}edit/")
    assert "2026年度考核得分表（75.0分" in visitor.page  # as it stands it may be put with it
    corrected(AssessmentSheet.objects.get(pk=sheet.pk), 40)
    assert "现为100.0分，并列第1名，优秀，据原等次提出的请核对是否仍然成立。" in officer(url).page
    assert CHANGED in Visitor(cast.person("director")).open(url)


def test_a_ground_that_speaks_of_it_is_not_handed_in_without_it(sheet, monkeypatch):
    monkeypatch.setattr(Ground, "is_of_assessment", True)
    by = cast.person("officer")
    case = as_evidence(sheet, sheets=[])
    with refused(LACKING.format("第五条第二项"), field="sheets"):
        submit(case, by=by)
    case = propose(case, by=by, hand_in=True, **keywords.revised_proposal(case), sheets=[sheet])
    assert [file.name for file in evidence(case=case)] == [NAME]


def test_from_the_sheet_a_measure_goes_with_it(sheet):
    carry_out()
    visitor = officer(f"/assessment/sheets/{sheet.pk}/")
    page = visitor.open(visitor.page.link("起草通报：蓬江区棠下镇"))
    (form,) = [form for form in page.forms if "sheets" in form.values]
    assert form.values["sheets"] == [str(sheet.pk)]


def test_a_measure_on_it_is_not_handed_in_without_it(sheet):
    by, measure = cast.person("officer"), laid(sheet, sheets=[])
    visitor = officer(f"/measures/{measure.pk}/revise/")
    assert LABEL in visitor.page
    with refused(LACKING.format("第二十六条第四项"), field="sheets"):
        carry(Verb.SUBMIT_MEASURE, measure)
    visitor.press("保存", sheets=[str(sheet.pk)])
    assert [file.name for file in evidence(measure_laid=measure)] == [NAME]
    measure = carry(Verb.SUBMIT_MEASURE, AccountabilityMeasure.objects.get(pk=measure.pk), by=by)
    assert measure.state == MeasureState.IN_REVIEW


def test_who_reads_the_measure_reads_it_but_for_the_unit(sheet):
    measure = laid(sheet)
    for verb in (Verb.SUBMIT_MEASURE, Verb.DECIDE_MEASURE, Verb.SERVE_MEASURE):
        measure = carry(verb, measure)
    url = f"/measures/{measure.pk}/"
    assert NAME in officer(url).page
    assert NAME not in Visitor(cast.person(HEAD)).open(url)
    (file,) = evidence(measure_laid=measure)
    assert file not in Attachment.objects.visible_to(cast.person(HEAD))
    annexes = [part.name for piece in pieces_of_measure(measure, cast.person("officer")) for part in piece.parts]
    assert any("考核得分表" in name for name in annexes), annexes
    corrected(sheet, 15)
    assert CHANGED in officer(url).page
    assert CHANGED not in Visitor(cast.person(HEAD)).open(url)


def test_what_is_chosen_no_more_is_taken_out_of_a_draft_and_what_is_put_right_comes_anew(sheet):
    measure, by = laid(sheet), cast.person("officer")
    text = measure_drivers.circular(sheet.unit)
    assert len(evidence(measure_laid=measure)) == 1
    before = evidence(measure_laid=measure)
    revise_measure(measure, by=by, **text | {"sheets": [sheet]})
    assert evidence(measure_laid=measure) == before  # nothing to print anew
    corrected(sheet, 15)
    stands = AssessmentSheet.objects.get(pk=sheet.pk)
    revise_measure(measure, by=by, **text | {"sheets": [stands]})
    (file,) = evidence(measure_laid=measure)
    assert file not in before
    assert SheetEvidence.objects.get().total == Decimal("75.0")
    revise_measure(measure, by=by, **text | {"sheets": []})
    assert evidence() == []
    assert not SheetEvidence.objects.exists()
