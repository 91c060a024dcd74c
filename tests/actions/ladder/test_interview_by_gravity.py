"""第二十八条: an interview proposed at once because of 危害、影响: by the door of the text, with its reasons."""

import re

import pytest
from django.db import IntegrityError, transaction

from tests.cast import TOWN, head, liaison, person, unit
from tests.consistency import check_all
from tests.factories import case_in, keywords, later, set_setting, take
from tests.ladder import carry_out, measure_in
from tests.ladder import take as take_of_measure
from tests.refusals import nothing_stored, refused
from yuetan.actions.proposal.proposal import draft
from yuetan.actions.record.check_records import disagreements
from yuetan.documents.freezing import frozen
from yuetan.documents.office_form_pdf import internal_content
from yuetan.errors import Refused
from yuetan.models import Case, Document, Door, Regulation
from yuetan.models.case.gravity import gravity_doors
from yuetan.models.case.proposal import bound_digest
from yuetan.models.ladder.laid_rungs import standing_after
from yuetan.models.ladder.line_of_rungs import line_of_rungs
from yuetan.models.law.accountability import CARRIED_OUT
from yuetan.rules.dates import clock
from yuetan.scenarios import measure_drivers
from yuetan.scenarios.keywords import proposal
from yuetan.vocabulary import CaseState, DocumentKind, DoorKind, MeasureState, RungKind, Verb

pytestmark = pytest.mark.usefixtures("office")
TITLE = "株洲县健全落实社会治安综合治理领导责任制实施办法"
BY_ARTICLE = f"依据《{TITLE}》第二十八条，"
GRAVITY = "具有本办法第二十六条所列情形且危害严重或者影响重大"
WHY = "三条举报线索逾期期间又发生两起聚众斗殴，被媒体连续报道，影响重大。"
LATE = 200


@pytest.fixture(autouse=True)
def text_carried_out(office: None) -> None:
    carry_out()


def gravity() -> Door:
    (door,) = gravity_doors(clock.today())
    return door


def by_gravity() -> dict[str, object]:
    return {"door": gravity(), "door_words": WHY}


def begin(**changed: object) -> Case:
    return draft(by=person("officer"), **proposal(unit(TOWN), **by_gravity() | changed))


def came_by_gravity(state: str) -> Case:
    return case_in(state, draft=by_gravity())


def door_of(kind: RungKind, door: DoorKind) -> Door:
    return Door.objects.get(rung__kind=kind, kind=door)


def words_of(html: str) -> str:
    return re.sub(r"<[^>]*>|\s", "", html)


def test_article_28_the_text_has_one_such_door() -> None:
    assert (gravity().words, gravity().article.number, gravity().rung.kind) == (GRAVITY, 28, RungKind.INTERVIEW)


def test_article_28_it_goes_from_the_proposal_to_the_notice_and_both_papers_say_by_which_door() -> None:
    case = begin()
    assert (case.door, case.door_words, case.rung_laid) == (gravity(), WHY, None)
    for verb in (Verb.SUBMIT, Verb.ENDORSE, Verb.APPROVE, Verb.SERVE_NOTICE):
        case = take(verb, case)
    form = words_of(frozen(DocumentKind.APPROVAL_FORM, internal_content(DocumentKind.APPROVAL_FORM, case)))
    assert f"经由《{TITLE}》第二十八条“{GRAVITY}”的规定。{WHY}" in form
    notice = words_of(case.current_notice.html)
    assert f"同时符合《{TITLE}》第二十八条“{GRAVITY}”的规定。" in notice
    assert WHY not in notice
    case = take(Verb.RESCHEDULE, case)
    assert GRAVITY in words_of(case.current_notice.html)
    check_all()
    assert list(disagreements()) == []


def test_article_28_one_that_came_by_no_door_says_nothing_of_it() -> None:
    case = case_in(CaseState.NOTIFIED)
    form = internal_content(DocumentKind.APPROVAL_FORM, case)
    assert "经由" not in frozen(DocumentKind.APPROVAL_FORM, form)
    assert "同时符合" not in case.current_notice.html


def test_article_28_one_opened_out_of_a_measure_says_that_door_and_its_paper() -> None:
    circular = take_of_measure(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED))
    with later(days=61):
        case = take_of_measure(Verb.OPEN_INTERVIEW, circular).interviews.get()
        for verb in (Verb.REVISE_DRAFT, Verb.SUBMIT, Verb.ENDORSE, Verb.APPROVE, Verb.SERVE_NOTICE):
            case = take(verb, case)
    by = f"《{TITLE}》第二十八条“受到通报后仍未按期完成整改目标”的规定，见《{circular.issued_paper.title}》"
    assert f"同时符合{by}（{circular.issued_paper.number}）。" in words_of(case.current_notice.html)
    assert by in words_of(frozen(DocumentKind.APPROVAL_FORM, internal_content(DocumentKind.APPROVAL_FORM, case)))


# What is refused


@pytest.mark.parametrize("words", ["", "  \n "])
def test_article_28_gravity_without_words_is_refused_in_a_draft_too(words: str) -> None:
    sentence = (
        f"{BY_ARTICLE}以“{GRAVITY}”为条件提出约谈的，须写明具有哪项情形，以及危害、影响的具体情况，不能只选条件。"
    )
    with refused(sentence, field="door_words"):
        begin(door_words=words)
    case = begin()
    with refused(sentence, field="door_words"):
        take(Verb.REVISE_DRAFT, case, **by_gravity() | {"door_words": words})


def test_article_28_words_that_say_nothing_are_no_reasons() -> None:
    with nothing_stored(), pytest.raises(Refused) as error:
        begin(door_words="无")
    (reason,) = error.value.reasons
    assert (reason.field, "看不出内容" in reason.text) == ("door_words", True)


def test_article_28_words_without_the_door_are_refused_at_both_fields() -> None:
    with nothing_stored(), pytest.raises(Refused) as error:
        begin(door=None)
    (reason,) = error.value.reasons
    assert reason.text == f"{BY_ARTICLE}写了符合条件的说明，但没有选择条件；请选择条件，或者删去说明。"
    assert (reason.field, reason.further_fields) == ("door", ("door_words",))
    assert begin(door=None, door_words=" ").door_words == ""


def test_article_28_what_a_measure_led_to_has_its_door_and_no_other() -> None:
    circular = take_of_measure(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED))
    with later(days=61):
        case = take_of_measure(Verb.OPEN_INTERVIEW, circular).interviews.get()
        with nothing_stored(), pytest.raises(Refused) as error:
            take(Verb.REVISE_DRAFT, case, **by_gravity())
    (reason,) = error.value.reasons
    assert reason.text == (
        f"{BY_ARTICLE}本建议据未按期完成整改的通报提出，条件已经确定，不能再以“{GRAVITY}”为条件；请不选条件，并删去说明。"
    )
    assert (reason.field, reason.further_fields) == ("door", ("door_words",))


def test_article_28_a_door_of_another_rung_is_refused() -> None:
    for kind, door in ((RungKind.LISTED_SUPERVISION, DoorKind.GRAVITY), (RungKind.CIRCULAR, DoorKind.GROUND)):
        other = door_of(kind, door)
        with refused(f"{BY_ARTICLE}所选条件“{other.words}”不是因危害、影响约谈的条件，请重新选择。", field="door"):
            begin(door=other)


def test_article_28_the_door_behind_a_measure_is_opened_from_the_measure() -> None:
    other = door_of(RungKind.INTERVIEW, DoorKind.NOT_IN_TIME)
    sentence = (
        f"{BY_ARTICLE}以“{other.words}”为条件的约谈，从未按期完成整改的责任措施提出；"
        "请在该措施的页面办理“据通报提出约谈建议”。"
    )
    with refused(sentence, field="door"):
        begin(door=other)


def test_the_door_of_a_text_that_is_not_carried_out_is_refused_from_then_on() -> None:
    case, other = begin(), gravity()
    set_setting(CARRIED_OUT, "")
    sentence = f"办公室设定：所选条件“{other.words}”不是本办公室现在执行的责任制的条件，请重新选择。"
    with refused(sentence, field="door"):
        draft(by=person("officer"), **proposal(unit(TOWN), door=other, door_words=WHY))
    with refused(sentence, field="door"):
        take(Verb.SUBMIT, case)
    assert take(Verb.SUBMIT, take(Verb.REVISE_DRAFT, case)).door is None


def test_the_reasons_say_nothing_about_members_of_the_public() -> None:
    with nothing_stored(), pytest.raises(Refused) as error:
        begin(door_words="受害人电话13800138000，影响重大。")
    (reason,) = error.value.reasons
    assert (reason.field, "“符合条件的说明”" in reason.text or "符合条件的说明" in reason.text) == ("door_words", True)


@pytest.mark.parametrize("changed", [{"door_words": ""}, {"door": None}])
def test_the_database_keeps_a_door_and_its_reasons_together(changed: dict[str, object]) -> None:
    case = begin()
    with pytest.raises(IntegrityError, match="case_by_gravity_says_why"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**changed)


def test_the_database_keeps_one_door_of_a_case() -> None:
    case, circular = begin(), measure_in(MeasureState.SERVED)
    with pytest.raises(IntegrityError, match="case_by_one_door"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(rung_laid=circular)


# What a decision is bound to


def test_a_decision_is_bound_to_the_door_and_its_reasons() -> None:
    plain = draft(by=person("officer"), **proposal(unit(TOWN)))
    assert "door" not in take(Verb.SUBMIT, plain).proposal_versions.get().text["bound"]
    case = take(Verb.SUBMIT, begin())
    version = case.proposal_versions.get()
    regulation = Regulation.objects.get(key="zhuzhou")
    assert version.text["bound"]["door"] == {
        "regulation": ["zhuzhou", regulation.version],
        "article": 28,
        "law": GRAVITY,
        "words": WHY,
    }
    assert version.sha256 == bound_digest(version.text) == case.proposal_sha256
    before = case.proposal_sha256
    case = take(Verb.RETURN_FOR_CHANGES, case)
    for changed in ({"door_words": "另一番影响重大的情况。"}, {"door": None, "door_words": ""}):
        case = take(Verb.REVISE_DRAFT, case, **by_gravity() | changed)
        assert case.proposal_sha256 != before
    assert take(Verb.REVISE_DRAFT, case, **by_gravity()).proposal_sha256 == before


NOT_AS_HANDED_IN = "办公室设定：建议内容与报核时的文本不一致，不能核稿、审定；请退回修改，由拟稿人重新报核。"
NOT_AS_APPROVED = "办公室设定：建议内容与审定时的文本不一致，原审定失效；请审定领导撤回本事项，另行提出建议、报审定。"


@pytest.mark.parametrize("changed", [{"door_words": "改过的说明。"}, {"door": None, "door_words": ""}])
def test_a_door_that_is_not_the_one_handed_in_or_approved_goes_no_further(changed: dict[str, object]) -> None:
    for state, verb, sentence in (
        (CaseState.PROPOSED, Verb.APPROVE, NOT_AS_HANDED_IN),
        (CaseState.APPROVED, Verb.SERVE_NOTICE, NOT_AS_APPROVED),
    ):
        case = came_by_gravity(state)
        stated = keywords(verb, case)
        Case.objects.filter(pk=case.pk).update(**changed)
        with refused(sentence):
            take(verb, case, **stated | ({"seen": case.proposal_sha256} if "seen" in stated else {}))


# The rungs after it


def test_article_28_a_listing_follows_one_not_met_in_time_and_both_stand_on_one_line() -> None:
    case = came_by_gravity(CaseState.RECTIFYING)
    with later(days=LATE):
        assert [one.door.rung for one in standing_after(case)] == [RungKind.LISTED_SUPERVISION]
        listing = measure_drivers.begin(
            case.unit, text=lambda about, **stated: measure_drivers.after_interview(case, **stated)
        )
        for verb in (Verb.SUBMIT_MEASURE, Verb.DECIDE_MEASURE, Verb.SERVE_MEASURE):
            listing = take_of_measure(verb, listing)
        assert "受到约谈后，仍未按期完成" in words_of(Document.objects.get(measure_laid=listing).html)
        assert [type(one) for one in line_of_rungs(listing).rungs] == [Case, type(listing)]


def test_the_unit_is_party_to_none_of_it_before_the_notice() -> None:
    case = came_by_gravity(CaseState.APPROVED)
    for one in (head(TOWN), liaison(TOWN)):
        assert not Case.objects.visible_to(one).filter(pk=case.pk).exists()
    served = take(Verb.SERVE_NOTICE, case)
    assert Case.objects.visible_to(head(TOWN)).filter(pk=served.pk).exists()
