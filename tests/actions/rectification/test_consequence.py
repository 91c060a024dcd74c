"""问责处理: recorded with its paper by one person, confirmed by another, corrected in the open; it ends no case."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import cast
from tests.factories import case_in, later, pdf, picture, take
from tests.refusals import appoint, not_theirs, refused, too_late, too_small
from tests.web import Visitor
from yuetan.models import Alert, Attachment
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, ConsequenceCheck, ConsequenceKind, InspectionConclusion, Verb

NOT_RECTIFIED = {"conclusion": InspectionConclusion.NOT_RECTIFIED, "basis": "现场核查，台账缺页。"}


@pytest.fixture
def overdue(office):
    """Under inspection with nothing reported: both dates have passed."""
    case = case_in(CaseState.RECTIFYING)
    with later(days=40):
        yield take(Verb.BEGIN_INSPECTION, case)


def entry(case):
    return case.consequences.latest("pk")


def test_a_consequence_never_stands_in_for_the_conclusion(overdue):
    take(Verb.RECORD_CONSEQUENCE, overdue, basis="无。")
    take(Verb.CONFIRM_CONSEQUENCE, overdue)
    with refused(
        "依据第十条第一项，第 1 项整改任务尚未书面报告落实情况，不能办结。",
        "依据第十条第一项，第 2 项整改任务尚未书面报告落实情况，不能办结。",
        "依据第十条第二项，尚无督查结论，不能办结；请督查员先记录督查情况。",
    ):
        take(Verb.CLOSE, overdue)
    take(Verb.CONCLUDE_INSPECTION, overdue, **NOT_RECTIFIED)
    with refused(
        "依据第十条第一项，第 1 项整改任务尚未书面报告落实情况，不能办结。",
        "依据第十条第一项，第 2 项整改任务尚未书面报告落实情况，不能办结。",
        "办公室设定：督查结论为“整改不到位”，不能办结；请督查员提请退回整改，另定时限。",
    ):
        take(Verb.CLOSE, overdue)


@pytest.mark.parametrize("kind", [ConsequenceKind.VETO, ConsequenceKind.ACCOUNTABILITY])
@pytest.mark.parametrize(
    ("changed", "missing", "field"),
    [
        ({"deciding_body": ""}, "作出决定的机关（职务）", "deciding_body"),
        ({"paper_number": " "}, "决定文书文号", "paper_number"),
        ({"decided_on": None}, "决定日期", "decided_on"),
        ({"basis": ""}, "处理决定的内容", "basis"),
        ({"scan": None}, "决定文书", "scan"),
        ({"paper_number": "", "scan": None}, "决定文书文号、决定文书", "paper_number"),
    ],
)
def test_what_an_entry_lacks(overdue, kind, changed, missing, field):
    sentence = f"问责处理还缺：{missing}；没有决定文书的，不能登记。"
    with refused(sentence, field=field):
        take(Verb.RECORD_CONSEQUENCE, overdue, kind=kind, **changed)


def test_the_paper_can_be_read(overdue):
    with refused(too_small("决定.png"), field="scan"):
        take(Verb.RECORD_CONSEQUENCE, overdue, scan=picture("决定.png", 8, 8))


def test_the_decision_lies_between_the_interview_and_today(overdue):
    held = overdue.interviewed_on
    with refused("问责处理的决定日期不得晚于今天。", field="decided_on"):
        take(Verb.RECORD_CONSEQUENCE, overdue, decided_on=clock.today() + timedelta(days=1))
    words = f"{held.year}年{held.month}月{held.day}日"
    with refused(f"办公室设定：问责处理的决定日期不得早于约谈之日（{words}）。", field="decided_on"):
        take(Verb.RECORD_CONSEQUENCE, overdue, decided_on=date(2020, 1, 6))


def test_two_persons_stand_for_it_and_the_unit_reads_it_only_then(overdue, director, supervisor):
    take(Verb.RECORD_CONSEQUENCE, overdue, scan=pdf("决定.pdf"))
    unit = Visitor(cast.head(cast.TOWN))
    page = f"/cases/{overdue.pk}/"
    assert "诫勉" not in unit.open(page)
    assert "登记了问责处理，请对照决定文书核对" in Alert.objects.filter(recipient=supervisor).first().text
    take(Verb.CONFIRM_CONSEQUENCE, overdue)
    row = entry(overdue)
    assert (row.recorded_by, row.checked_by, row.check_outcome) == (director, supervisor, ConsequenceCheck.CONFIRMED)
    assert "市纪委监委，江纪〔2026〕5号" in unit.open(page)
    assert "王三" not in unit.open(page)
    paper = row.papers.get()
    assert paper not in Attachment.objects.visible_to(cast.head(cast.TOWN))
    assert paper in Attachment.objects.visible_to(director)
    with refused("没有待核对的问责处理登记。"):
        take(Verb.CONFIRM_CONSEQUENCE, overdue)


def test_nobody_confirms_their_own_entry(overdue, director):
    appoint(director, cast.unit(cast.OFFICE), "supervisor", "督查员")
    take(Verb.RECORD_CONSEQUENCE, overdue)
    with refused("办公室设定：王三是登记人，不得核对本人的登记，请另一人核对。"):
        take(Verb.CONFIRM_CONSEQUENCE, overdue, by=cast.person("director"))
    with refused("尚未填写意见。", field="check_words"):
        take(Verb.CONFIRM_CONSEQUENCE, overdue, check_words=" ")


def test_what_is_not_as_its_paper_stays_and_counts_not(overdue):
    take(Verb.RECORD_CONSEQUENCE, overdue)
    take(Verb.CONFIRM_CONSEQUENCE, overdue, check_outcome=ConsequenceCheck.NOT_AS_PAPER, check_words="文号不符。")
    page = f"/cases/{overdue.pk}/"
    assert "诫勉" not in Visitor(cast.head(cast.TOWN)).open(page)
    assert "与决定文书不符，不作数" in Visitor(cast.person("officer")).open(page)
    take(Verb.RECORD_CONSEQUENCE, overdue)
    assert overdue.consequences.count() == 2


def test_a_wrong_entry_stays_visible_beside_the_one_that_corrects_it(overdue):
    take(Verb.RECORD_CONSEQUENCE, overdue)
    take(Verb.CONFIRM_CONSEQUENCE, overdue)
    wrong = entry(overdue)
    with refused("尚未写明更正的原因。", field="correction_reason"):
        take(Verb.RECORD_CONSEQUENCE, overdue, corrects=wrong)
    with refused("办公室设定：更正误登的，须选择更正哪一条登记。", field="corrects"):
        take(Verb.RECORD_CONSEQUENCE, overdue, correction_reason="处分种类登记有误。")  # else the reason would be lost
    better = {"basis": "对主要负责人予以警告。", "corrects": wrong, "correction_reason": "处分种类登记有误。"}
    take(Verb.RECORD_CONSEQUENCE, overdue, **better)
    sentence = "办公室设定：所选的登记不是本事项的，或者已经更正、待核对更正，不能再更正。"
    with refused(sentence, field="corrects"):
        take(Verb.RECORD_CONSEQUENCE, overdue, **better)
    assert not wrong.is_corrected
    take(Verb.CONFIRM_CONSEQUENCE, overdue)
    shown = Visitor(cast.head(cast.TOWN)).open(f"/cases/{overdue.pk}/")
    for words in ("诫勉", "已由后来的登记更正", "予以警告", "更正原因：处分种类登记有误。"):
        assert words in shown


def test_an_entry_made_in_error_is_corrected_to_nothing_decided(overdue):
    nothing = {"kind": ConsequenceKind.NONE_DECIDED, "deciding_body": "", "paper_number": "", "decided_on": None}
    nothing |= {"scan": None, "basis": "登记时误选了事项。"}
    with refused("办公室设定：更正误登的，须选择更正哪一条登记。", field="corrects"):
        take(Verb.RECORD_CONSEQUENCE, overdue, **nothing)
    take(Verb.RECORD_CONSEQUENCE, overdue)
    take(Verb.CONFIRM_CONSEQUENCE, overdue)
    wrong = entry(overdue)
    take(Verb.RECORD_CONSEQUENCE, overdue, **nothing, corrects=wrong, correction_reason="误登。")
    take(Verb.CONFIRM_CONSEQUENCE, overdue)
    assert wrong.is_corrected


def test_what_is_decided_after_the_end_is_recorded_then(office):
    case = case_in(CaseState.CLOSED)
    with later(days=10):
        take(Verb.RECORD_CONSEQUENCE, case)
        case = take(Verb.CONFIRM_CONSEQUENCE, case)
    assert (case.state, case.consequences.count()) == (CaseState.CLOSED, 1)


def test_before_the_tasks_nothing_is_recorded(office):
    case = case_in(CaseState.MINUTED)
    with too_late():
        take(Verb.RECORD_CONSEQUENCE, case)


def test_whose_it_is(overdue, request):
    for who in ("officer", "supervisor", "group_leader", "head"):
        with not_theirs():
            take(Verb.RECORD_CONSEQUENCE, overdue, by=request.getfixturevalue(who))
    take(Verb.RECORD_CONSEQUENCE, overdue)
    for who in ("director", "group_leader", "head"):
        with not_theirs():
            take(Verb.CONFIRM_CONSEQUENCE, overdue, by=request.getfixturevalue(who))


def test_the_page_asks_for_the_paper_and_leads_to_the_second_person(overdue):
    page = Visitor(cast.person("director")).open(reverse("take_step", args=[overdue.pk, Verb.RECORD_CONSEQUENCE]))
    assert "问责处理不代替督查结论" in page
    assert "没有这一处理决定" not in page
    take(Verb.RECORD_CONSEQUENCE, overdue)
    assert "核对问责处理" in Visitor(cast.person("supervisor")).open("/")
