"""放弃纪要更正: a draft that cannot be confirmed any more is given up, stays in the record, and blocks nothing."""

import io

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from tests import cast
from tests.factories import case_after, case_in, keywords, later, take
from tests.pending_rows import assert_equal_for_everybody, kept
from tests.refusals import not_theirs, refused
from tests.web import Visitor
from yuetan.documents.case_file.case_pieces import pieces_of
from yuetan.models import Alert, Case
from yuetan.vocabulary import CaseState, RevisitOutcome, Verb

DROPPED = "的纪要更正已放弃，不再待确认，已印发的纪要不变。"
WHY = "第1项任务已报告，不再更正。"


@pytest.fixture(autouse=True)
def _everybody(office):
    return office


def rewritten(case):
    """The measures as they stand, the first said otherwise."""
    rows = keywords(Verb.REVISE_MINUTES, case)["measures"]
    rows[0] |= {"content": "逐村摸排"}
    return rows


def overtaken():
    """A correction of a measure whose task was reported before anybody confirmed it."""
    case = case_in(CaseState.RECTIFYING)
    take(Verb.CORRECT_MINUTES, case, measures=rewritten(case))
    return take(Verb.HAND_IN_REPORT, take(Verb.PREPARE_REPORT, case))


def test_what_no_one_can_confirm_any_more_is_given_up_and_the_case_goes_on():
    case = overtaken()
    way_on = "更正稿不再需要的，请办理“放弃纪要更正”。"
    sentence = f"办公室设定：第 1 项整改任务已报告，待核查，其措施、时限不能更正；文字表述可以更正，{way_on}"
    with refused(sentence, field="measures"):
        take(Verb.CONFIRM_CORRECTION, case)
    with later(days=60):
        with refused(
            "办公室设定：有 1 件纪要更正尚未办理，须先由约谈人办理“确认更正并印发”，"
            "或者由办公室主任、代行主任职责的人员、约谈人办理“放弃纪要更正”，再办本步骤。"
        ):
            take(Verb.BEGIN_INSPECTION, case)
        before = (case.current_minutes.number, case.minutes.digest)
        case = take(Verb.DROP_CORRECTION, case, reason=WHY)
        assert (case.current_minutes.number, case.minutes.digest) == before
        assert take(Verb.BEGIN_INSPECTION, case).state == CaseState.INSPECTING


def test_a_closed_case_waits_for_nobody_once_it_is_given_up():
    case = case_in(CaseState.CLOSED)
    with later(days=80):
        take(Verb.RECORD_REVISIT, case, outcome=RevisitOutcome.HELD)
        waiting = Case.objects.filter(pk=case.pk).with_rows_that_wait()
        assert not waiting.exists()
        take(Verb.CORRECT_MINUTES, case, problems="另行核实后更正。")
        assert waiting.exists()
        take(Verb.DROP_CORRECTION, case, reason=WHY)
        assert not waiting.exists()


def test_what_was_drafted_and_why_it_was_given_up_stays(director):
    case = take(Verb.DROP_CORRECTION, overtaken(), reason=WHY)
    draft = case.corrections.get()
    assert (draft.withdrawn_by, draft.withdrawal_reason) == (director, WHY)
    assert draft.measures[0]["content"] == "逐村摸排"
    assert case.events.get(verb=Verb.DROP_CORRECTION).opinion == WHY
    page = Visitor(cast.person("officer")).open(f"/cases/{case.pk}/")
    for words in ("已放弃的纪要更正", WHY, "逐村摸排"):
        assert words in page
    printed = io.BytesIO()
    next(piece for piece in pieces_of(case, director) if piece.title == "放弃的纪要更正稿").parts[0].write(printed)
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(printed).pages)
    for words in (WHY, "逐村摸排", "整改措施1", "责任人：", "验收标准：", f"{director.name}，"):
        assert words in text
    for change in ({"withdrawal_reason": "改写"}, {"problems": "改写"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            case.corrections.update(**change)


def test_the_unit_reads_nothing_of_it(head):
    case = take(Verb.DROP_CORRECTION, overtaken(), reason=WHY)
    page = Visitor(head).open(f"/cases/{case.pk}/")
    for words in ("放弃", "逐村摸排", WHY):
        assert words not in page
    assert not Alert.objects.filter(recipient=head, text__contains="更正").exists()


def test_the_interviewer_waits_no_more_and_reads_why_not(deputy, officer, director):
    case = take(Verb.CORRECT_MINUTES, case_in(CaseState.MINUTED))
    awaited = (case.pk, Verb.CONFIRM_CORRECTION, None)
    assert awaited in kept(deputy)
    case = take(Verb.DROP_CORRECTION, case)
    assert awaited not in kept(deputy)
    assert_equal_for_everybody()
    for person, heard in ((deputy, 1), (officer, 1), (director, 0)):
        assert Alert.objects.filter(recipient=person, text__endswith=DROPPED).count() == heard
    take(Verb.ASSIGN, case)


def test_whose_it_is_to_give_one_up(officer, supervisor, group_leader, head, deputy, director):
    case = take(Verb.CORRECT_MINUTES, case_in(CaseState.MINUTED))
    for person in (officer, supervisor, group_leader, head):
        with not_theirs():
            take(Verb.DROP_CORRECTION, case, by=person)
    take(Verb.DROP_CORRECTION, case, by=deputy)
    assert Alert.objects.filter(recipient=director, text__endswith=DROPPED).count() == 1


def test_it_takes_a_reason_a_draft_and_the_text_that_was_read():
    case = case_in(CaseState.MINUTED)
    with refused("没有待确认的纪要更正。"):
        take(Verb.DROP_CORRECTION, case)
    read = keywords(Verb.DROP_CORRECTION, take(Verb.CORRECT_MINUTES, case))
    with refused("尚未写明放弃更正的原因。", field="reason"):
        take(Verb.DROP_CORRECTION, case, reason=" ")
    take(Verb.CORRECT_MINUTES, case, problems="又改了一处。")
    with refused("纪要在您打开本页之后有改动，现在的文本列在本页，请核对后再办理。"):
        take(Verb.DROP_CORRECTION, case, **read)
    take(Verb.DROP_CORRECTION, case)
    with refused("没有待确认的纪要更正。"):
        take(Verb.CONFIRM_CORRECTION, case)


def test_another_may_be_drafted_and_confirmed_after_it():
    case = take(Verb.DROP_CORRECTION, take(Verb.CORRECT_MINUTES, case_in(CaseState.MINUTED)))
    take(Verb.CORRECT_MINUTES, case, problems="另写的更正。")
    take(Verb.DROP_CORRECTION, case)
    take(Verb.CORRECT_MINUTES, case, problems="第三稿。")
    case = take(Verb.CONFIRM_CORRECTION, case)
    assert case.minutes.problems == "第三稿。"
    assert [one.withdrawn_at is None for one in case.corrections.order_by("pk")] == [False, False, True]


def test_by_the_page_of_confirming_one_comes_to_giving_it_up(deputy):
    case = overtaken()
    visitor = Visitor(deputy)
    visitor.open(f"/cases/{case.pk}/steps/confirm_correction/")
    visitor.click("放弃纪要更正")
    assert "整改任务不变" in visitor.press("下一步：核对", reason=WHY)
    page = visitor.press("放弃纪要更正")
    assert case.corrections.get().withdrawn_by == deputy
    assert "已放弃的纪要更正" in page


def test_a_closed_case_too_is_left_without_a_draft():
    case = take(Verb.CORRECT_MINUTES, case_after(Verb.CLOSE))
    assert take(Verb.DROP_CORRECTION, case).open_correction is None
