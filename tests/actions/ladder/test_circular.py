"""通报, article by article: who drafts and decides it, on which grounds, through which door, until when."""

import re
from datetime import timedelta

import pytest

from tests.cast import TOWN, head, liaison, person, unit
from tests.consistency import check_all
from tests.factories import later, pdf, set_setting
from tests.ladder import carry_out, measure_in, take
from tests.refusals import appoint, nothing_stored, refused
from yuetan.actions.ladder.measure import register_measure_receipt
from yuetan.actions.papers.document import void_document
from yuetan.actions.papers.wording import change_wording
from yuetan.actions.people.unit import end_post
from yuetan.errors import NotYours, Refused, StateChanged
from yuetan.models import AccountabilityMeasure, Alert, Article, Document, Event, Ground, PendingStep
from yuetan.models.ladder import requirements
from yuetan.models.ladder.queries import ISSUED_STATES
from yuetan.models.law.accountability import CARRIED_OUT
from yuetan.rules.dates import clock
from yuetan.scenarios import measure_drivers
from yuetan.scenarios.measure_drivers import begin, circular
from yuetan.vocabulary import SLOT_OF, DocumentKind, MeasureState, PostKind, RungKind, Verb

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def drafted() -> AccountabilityMeasure:
    return measure_in(MeasureState.DRAFTED)


@pytest.fixture
def in_review() -> AccountabilityMeasure:
    return measure_in(MeasureState.IN_REVIEW)


def test_nothing_is_drafted_while_no_text_is_carried_out() -> None:
    carry_out()
    keywords = circular(unit(TOWN))
    set_setting(CARRIED_OUT, "")
    sentence = "办公室设定：本办公室还没有选定执行的责任制文本，不能起草责任措施；请办公室主任先在“办公室设定”里选定。"
    with refused(sentence):
        measure_drivers.draft.draft_measure(by=person("officer"), **keywords)


def test_it_goes_from_the_draft_to_the_receipt(drafted) -> None:
    measure = take(Verb.SUBMIT_MEASURE, drafted)
    measure = take(Verb.DECIDE_MEASURE, measure)
    assert (measure.decider, measure.decided_sha256) == (person("director"), measure.digest)
    measure = take(Verb.SERVE_MEASURE, measure)
    paper = Document.objects.get(measure_laid=measure)
    assert (measure.state, measure.paper, measure.served_on) == (MeasureState.SERVED, paper, clock.today())
    assert (paper.number, paper.title) == ("江扫黑通〔2026〕1号", "关于治安重点地区整治推进缓慢的通报")
    take(Verb.ACKNOWLEDGE_MEASURE, measure)
    assert Document.objects.get().receipt.signed_by == liaison(TOWN)
    check_all()


def test_the_paper_names_ground_article_demands_limit_and_what_follows() -> None:
    paper = measure_in(MeasureState.SERVED).paper
    text = re.sub(r"<[^>]*>|\s", "", paper.html)
    for words in (
        "第二十六条第一项所列情形",
        "第二十八条规定，现予以通报，限期整改",
        "（一）倒排工期",
        "（二）建立台账",
        "于2027年1月22日前完成整改",
        "第二十八条规定予以约谈",
    ):
        assert words in text


# 第二十六条


def test_article_26_a_ground_is_chosen_before_it_is_handed_in(drafted) -> None:
    take(Verb.REVISE_MEASURE, drafted, grounds=[])
    with refused("依据第二十六条，尚未选择情形，至少选择一项。"):
        take(Verb.SUBMIT_MEASURE, drafted)


def test_article_26_a_ground_of_another_text_is_refused(drafted) -> None:
    other = Ground.objects.for_interviews().first()
    with refused(
        f"依据第二十六条，所选情形“{other.text.rstrip('；。')}”不是本办公室执行的责任制所列的情形，请重新选择。",
        field="grounds",
    ):
        take(Verb.REVISE_MEASURE, drafted, grounds=[other])


# 第二十八条


def test_article_28_the_office_decides_by_two_persons(in_review) -> None:
    post = person("director").posts.current().select_related("unit").get()
    end_post(post, by=person("sysadmin"), ended_on=clock.today())
    appoint(person("officer"), post.unit, PostKind.OFFICE_DIRECTOR, "主任")
    with refused("办公室设定：张一是拟稿人，不得核稿、审定本人拟写的责任措施，请由其他有权办理的人办理。"):
        take(Verb.DECIDE_MEASURE, in_review, by=person("officer"))


def test_article_28_what_goes_to_a_leader_is_decided_by_a_third_person(in_review) -> None:
    measure = take(Verb.ENDORSE_MEASURE, in_review)
    with pytest.raises(NotYours):
        take(Verb.DECIDE_MEASURE, measure, by=person("director"))
    decided = take(Verb.DECIDE_MEASURE, measure)
    assert (decided.endorser, decided.decider) == (person("director"), person("group_leader"))


def test_article_30_what_the_text_gives_to_the_group_goes_to_a_leader(in_review, monkeypatch) -> None:
    monkeypatch.setattr(requirements, "is_for_the_group", lambda measure: True)
    with refused("依据第二十八条，通报由领导小组作出，请办理“核稿责任措施，报领导审定”。"):
        take(Verb.DECIDE_MEASURE, in_review)


def test_article_28_a_limit_is_required_and_lies_ahead(drafted) -> None:
    take(Verb.REVISE_MEASURE, drafted, limit=None)
    with refused("依据第二十八条，通报须限期整改，尚未写明整改期限。"):
        take(Verb.SUBMIT_MEASURE, drafted)
    take(Verb.REVISE_MEASURE, drafted, limit=clock.today())
    with refused("依据第二十八条，整改期限2026年11月23日不在今天以后，请另定期限。"):
        take(Verb.SUBMIT_MEASURE, drafted)
    take(Verb.REVISE_MEASURE, drafted, limit=clock.today() + timedelta(days=1))
    assert take(Verb.SUBMIT_MEASURE, drafted).state == MeasureState.IN_REVIEW


def test_article_28_a_limit_that_has_passed_is_not_served() -> None:
    measure = measure_in(MeasureState.DECIDED)
    with later(days=60), refused("依据第二十八条，整改期限2027年1月22日不在今天以后，请另定期限。"):
        take(Verb.SERVE_MEASURE, measure)


def test_article_28_the_door_does_not_stand_twice_for_one_matter() -> None:
    measure_in(MeasureState.SERVED)
    again = begin(unit(TOWN), matter="治安重点地区，整治推进缓慢")
    with refused(
        "依据第二十八条，通报的条件“具有本办法第二十六条所列情形的镇、单位”现在不成立："
        "该事项已经实施通报，请核对单位和事由；确有其他条件的，改选其他条件并写明。",
        field="door",
    ):
        take(Verb.SUBMIT_MEASURE, again)
    another = begin(unit(TOWN), matter="校园周边治安乱点整治不力")
    assert take(Verb.SUBMIT_MEASURE, another).state == MeasureState.IN_REVIEW


def test_article_28_a_voided_circular_lets_the_matter_be_taken_up_again() -> None:
    served = measure_in(MeasureState.SERVED)
    void_document(served.paper, by=person("director"), reason="单位名称写错。")
    again = take(Verb.SUBMIT_MEASURE, begin(unit(TOWN)))
    assert again.state == MeasureState.IN_REVIEW
    check_all()


def test_article_28_a_door_of_another_rung_is_refused(drafted) -> None:
    other = drafted.accountability.rungs.get(kind=RungKind.INTERVIEW).doors.get(kind="gravity")
    with refused(f"依据第二十八条，所选条件“{other.words}”不是通报的条件，请重新选择。", field="door"):
        take(Verb.REVISE_MEASURE, drafted, door=other)


def test_a_rung_that_is_laid_elsewhere_is_refused(drafted) -> None:
    rung = drafted.accountability.rungs.get(kind=RungKind.INTERVIEW)
    with refused("约谈不在这里办理，请在相应的页面办理。", field="rung"):
        take(Verb.REVISE_MEASURE, drafted, rung=rung, door=rung.doors.first())


def test_gravity_without_words_is_refused(drafted, monkeypatch) -> None:
    monkeypatch.setattr(AccountabilityMeasure, "needs_door_words", True)
    sentence = (
        "依据第二十八条，以“具有本办法第二十六条所列情形的镇、单位”为条件的，须写明危害、影响的具体情况，不能只选条件。"
    )
    with refused(sentence, field="door_words"):
        take(Verb.SUBMIT_MEASURE, drafted)


# 第三十四条、第三十五条


def test_articles_34_and_35_every_circumstance_is_answered_before_it_is_handed_in(drafted) -> None:
    answers = measure_drivers.circular(drafted.unit)["circumstances"]
    take(Verb.REVISE_MEASURE, drafted, circumstances=answers[1:-1])
    with refused(
        "依据第三十四条、第三十五条，从重、从轻情节尚未逐项答复并写明理由：第三十四条第一项、第三十五条第三项。",
        field="circumstances",
    ):
        take(Verb.SUBMIT_MEASURE, drafted)


def test_articles_34_and_35_an_answer_has_a_reason(drafted) -> None:
    answers = measure_drivers.circular(drafted.unit)["circumstances"]
    answers[0] = {**answers[0], "applies": True, "reason": " "}
    with refused("依据第三十四条、第三十五条，第三十四条第一项的答复没有写明理由。", field="circumstances"):
        take(Verb.REVISE_MEASURE, drafted, circumstances=answers)


# Decisions and their text


def test_a_decision_is_bound_to_the_text_that_was_shown(in_review) -> None:
    with refused("责任措施须看过现在的文本再办理，请返回，重新打开本页核对。"):
        take(Verb.DECIDE_MEASURE, in_review, seen="")
    with nothing_stored(), pytest.raises(StateChanged):
        take(Verb.DECIDE_MEASURE, in_review, seen="0" * 64)


def test_what_was_returned_is_changed_and_endorsed_anew(in_review) -> None:
    measure = take(Verb.RETURN_MEASURE, take(Verb.ENDORSE_MEASURE, in_review))
    assert (measure.state, measure.endorser) == (MeasureState.DRAFTED, None)
    revised = take(Verb.REVISE_MEASURE, measure, facts="四个重点村的整治方案至今没有启动。")
    assert take(Verb.SUBMIT_MEASURE, revised).facts.startswith("四个")


def test_who_drafts_their_own_unit_is_recused() -> None:
    carry_out()
    appoint(person("officer"), unit(TOWN), PostKind.LIAISON, "挂职副镇长")
    with refused("办公室设定：张一现任棠下镇挂职副镇长，应当回避，不得起草对本单位的责任措施。", field="unit"):
        begin(unit(TOWN))


def test_who_decides_on_their_own_unit_is_recused(in_review) -> None:
    appoint(person("director"), unit(TOWN), PostKind.LIAISON, "挂职副镇长")
    with refused("办公室设定：王三现任棠下镇挂职副镇长，应当回避，不得核稿、审定，请由其他有权办理的人办理。"):
        take(Verb.DECIDE_MEASURE, in_review)


@pytest.mark.parametrize("verb", [Verb.DECLINE_MEASURE, Verb.WITHDRAW_MEASURE])
def test_what_comes_to_nothing_stays_to_be_read_and_waits_for_nobody(verb) -> None:
    state = MeasureState.IN_REVIEW if verb == Verb.DECLINE_MEASURE else MeasureState.DECIDED
    measure = take(verb, measure_in(state))
    assert measure.state in (MeasureState.DECLINED, MeasureState.WITHDRAWN)
    assert not PendingStep.objects.filter(measure_laid=measure).exists()
    check_all()


# Who waits for what, and who sees it


def test_each_step_waits_for_its_person_and_alerts_them(drafted) -> None:
    def awaited() -> set[tuple[str, str]]:
        return set(PendingStep.objects.now().filter(measure_laid=drafted).values_list("verb", "role"))

    assert awaited() == {("submit_measure", "")}
    take(Verb.SUBMIT_MEASURE, drafted)
    assert awaited() == {("decide_measure", "office_director")}
    assert Alert.objects.filter(measure_laid=drafted, recipient__username="director").count() == 1
    take(Verb.DECIDE_MEASURE, drafted)
    assert awaited() == {("serve_measure", "case_officer")}
    take(Verb.SERVE_MEASURE, drafted)
    assert awaited() == {("acknowledge_measure", ""), ("prepare_report", "")}
    assert Alert.objects.filter(measure_laid=drafted, recipient=head(TOWN)).count() == 1


@pytest.mark.parametrize(
    "state", [each for each in MeasureState if each not in (*ISSUED_STATES, MeasureState.SUGGESTED)]
)
def test_the_unit_sees_nothing_before_it_is_served(state) -> None:
    measure_in(state)
    assert not AccountabilityMeasure.objects.visible_to(head(TOWN)).exists()


def test_the_unit_sees_its_own_from_the_service_on_and_others_never() -> None:
    measure = measure_in(MeasureState.SERVED)
    assert list(AccountabilityMeasure.objects.visible_to(head(TOWN))) == [measure]
    assert list(Document.objects.visible_to(head(TOWN))) == [measure.paper]
    for other in ("440705", "440700-113"):
        assert not AccountabilityMeasure.objects.visible_to(head(other)).exists()
        assert not Document.objects.visible_to(head(other)).exists()


def test_a_receipt_of_paper_is_registered_with_its_scan_and_signed_for_once() -> None:
    measure = measure_in(MeasureState.SERVED)
    signed = {"signer_name": "陈十一", "signer_title": "镇长", "signed_on": clock.today(), "scan": pdf()}
    register_measure_receipt(measure, by=person("officer"), **signed)
    assert Document.objects.get().receipt.is_of_paper
    with pytest.raises(Refused, match="已由陈十一于"):
        take(Verb.ACKNOWLEDGE_MEASURE, measure)
    check_all()


def test_only_its_drafter_revises_and_hands_it_in(drafted) -> None:
    for verb in (Verb.REVISE_MEASURE, Verb.SUBMIT_MEASURE, Verb.WITHDRAW_MEASURE):
        with nothing_stored(), pytest.raises(NotYours):
            take(verb, drafted, by=person("second_officer"))


def test_the_text_cannot_be_changed_past_the_draft(in_review) -> None:
    with pytest.raises(StateChanged):
        take(Verb.REVISE_MEASURE, in_review)
    assert Event.objects.filter(measure_laid=in_review).count() == 2
    assert Article.objects.filter(number=28, regulation__key="zhuzhou").exists()


def test_no_wording_of_the_office_prints_why_its_door_stands() -> None:
    change_wording(
        SLOT_OF[DocumentKind.CIRCULAR, "closing"], by=person("director"), text="请于{整改期限}前整改。符合{通报条件}。"
    )
    words = "三个重点村的群众多次反映。"
    paper = measure_in(MeasureState.SERVED, door_words=words).issued_paper
    assert "符合具有本办法第二十六条所列情形的镇、单位。" in re.sub(r"<[^>]*>|\s", "", paper.html)
    assert words not in paper.html
