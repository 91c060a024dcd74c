"""摘牌: asked or proposed, looked at on the spot, decided by who listed, made known by a paper (办公室设定)."""

import re

import pytest

from tests.cast import TOWN, head, liaison, person
from tests.consistency import check_all
from tests.factories import later, pdf
from tests.ladder import checked, listed_in, measure_in, put_right, take
from tests.refusals import refused
from tests.web import Visitor
from yuetan.actions.ladder.measure import register_measure_receipt
from yuetan.actions.papers.document import void_document
from yuetan.errors import NotYours, StateChanged
from yuetan.models import AccountabilityMeasure, Alert, Attachment, DelistingRequest, Document, Event, PendingStep
from yuetan.models.ladder.laid_rungs import standing_after
from yuetan.rules.dates import clock
from yuetan.scenarios.measure_drivers import begin, listed_supervision
from yuetan.vocabulary import DocumentKind, MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def ready() -> AccountabilityMeasure:
    return checked(listed_in(MeasureState.SERVED))


def awaited() -> set[str]:
    return {row.verb for row in PendingStep.objects.now().filter(measure_laid__isnull=False)}


def test_a_unit_asks_the_director_grants_and_the_unit_signs_for_the_paper(ready) -> None:
    assert awaited() == {"propose_delisting"}
    measure = take(Verb.ASK_DELISTING, ready, papers=[pdf("完成情况.pdf")])
    assert awaited() == {"grant_delisting"}
    measure = take(Verb.GRANT_DELISTING, measure)
    assert (measure.state, measure.met_on, measure.get_state_display()) == (MeasureState.ENDED, clock.today(), "已摘牌")
    paper = Document.objects.get(kind=DocumentKind.DELISTING)
    assert (paper.number, paper.title) == ("江扫黑摘〔2026〕1号", f"关于{measure.matter}的摘牌通知书")
    words = re.sub(r"<[^>]*>|\s", "", paper.html)
    assert f"按照《关于{measure.matter}的挂牌督办通知书》（江扫黑挂〔2026〕1号）的要求进行了整改" in words
    assert "第二十九条规定取消的资格，期限自挂牌之日起计算，不因摘牌缩短" in words
    assert awaited() == {"acknowledge_measure"}
    assert "请签收摘牌通知书" in Alert.objects.filter(recipient=liaison(TOWN)).latest("pk").text
    with refused("摘牌通知书在您打开本页以后已另行印发，请看过现在的摘牌通知书再签收。"):
        take(Verb.ACKNOWLEDGE_MEASURE, measure, seen=str(measure.paper_id))
    take(Verb.ACKNOWLEDGE_MEASURE, measure)
    assert Document.objects.get(pk=paper.pk).receipt.signed_by == liaison(TOWN)
    assert awaited() == set()
    check_all()


def test_the_supervisor_proposes_and_the_unit_reads_nothing_of_it(ready) -> None:
    take(Verb.PROPOSE_DELISTING, ready, papers=[pdf("核查.pdf")])
    file = Attachment.objects.get(purpose="delisting_proposal")
    assert file in Attachment.objects.visible_to(person("director"))
    assert file not in Attachment.objects.visible_to(head(TOWN))
    assert not DelistingRequest.objects.get().by_unit


def test_a_unit_asks_without_hearing_that_it_was_proposed_and_both_are_decided_at_once(ready) -> None:
    take(Verb.PROPOSE_DELISTING, ready)
    take(Verb.ASK_DELISTING, ready)
    with refused("已经申请摘牌，正等待决定，不必再次申请。"):
        take(Verb.ASK_DELISTING, ready)
    assert awaited() == {"grant_delisting"}
    assert take(Verb.GRANT_DELISTING, ready).state == MeasureState.ENDED
    assert [(one.by_unit, one.outcome) for one in DelistingRequest.objects.all()] == [(False, "同意"), (True, "同意")]
    check_all()


REASON = "台账缺第三季度的记录"


def alerted(username: str) -> bool:
    return Alert.objects.filter(recipient=person(username), text__contains="暂不同意摘牌").exists()


def read_by(username: str, measure: AccountabilityMeasure) -> str:
    return Visitor(person(username)).open(f"/measures/{measure.pk}/").words


def test_what_the_office_weighed_by_itself_the_unit_does_not_hear_refused(ready) -> None:
    take(Verb.REFUSE_DELISTING, take(Verb.PROPOSE_DELISTING, ready))
    assert alerted("officer")
    assert REASON in read_by("officer", ready)
    for username in (f"head_{TOWN}", f"liaison_{TOWN}"):
        assert not alerted(username)
        page = read_by(username, ready)
        assert [words for words in ("不同意摘牌", REASON, "提请") if words in page] == []
    assert not Event.objects.filter(verb__in=(Verb.PROPOSE_DELISTING, Verb.REFUSE_DELISTING), is_outer=True).exists()


@pytest.mark.parametrize("proposed", [False, True])
def test_a_unit_that_asked_hears_it_refused_and_why_proposed_or_not(ready, proposed) -> None:
    for verb in (*([Verb.PROPOSE_DELISTING] if proposed else []), Verb.ASK_DELISTING, Verb.REFUSE_DELISTING):
        take(verb, ready)
    for username in (f"head_{TOWN}", f"liaison_{TOWN}"):
        assert alerted(username)
        page = read_by(username, ready)
        assert "不同意摘牌" in page
        assert REASON in page
        assert "提请" not in page


def test_a_refusal_of_the_past_is_no_answer_to_what_the_office_proposes_later(ready) -> None:
    for verb in (Verb.ASK_DELISTING, Verb.REFUSE_DELISTING, Verb.PROPOSE_DELISTING):
        take(verb, ready)
    before = read_by(f"head_{TOWN}", ready)
    take(Verb.REFUSE_DELISTING, ready, opinion="现场还有一处没有整改。")
    assert read_by(f"head_{TOWN}", ready) == before
    assert Alert.objects.filter(recipient=head(TOWN), text__contains="暂不同意摘牌").count() == 1


def test_who_refuses_reads_who_will_read_it(ready) -> None:
    address = f"/measures/{ready.pk}/steps/refuse_delisting/"
    take(Verb.PROPOSE_DELISTING, ready)
    alone = Visitor(person("director")).open(address).words
    assert "单位没有申请，看不到这次提请和决定。" in alone
    assert "经逐项核查，整改目标已经完成。" in alone  # what was proposed, beside the form
    take(Verb.ASK_DELISTING, ready)
    both = Visitor(person("director")).open(address).words
    assert "怎样补齐；单位看得到。" in both
    assert "三个重点村的整治已全部完成" in both


def test_what_a_unit_handed_in_is_read_by_both_sides(ready) -> None:
    take(Verb.ASK_DELISTING, ready, papers=[pdf("完成情况.pdf")])
    file = Attachment.objects.get(purpose="delisting_request")
    assert all(file in Attachment.objects.visible_to(one) for one in (person("director"), liaison(TOWN)))


def test_a_refused_request_is_answered_in_words_and_may_be_made_anew(ready) -> None:
    take(Verb.ASK_DELISTING, ready)
    with refused("已经申请或者提请摘牌，正等待决定，不必再次提请。"):
        take(Verb.PROPOSE_DELISTING, ready)
    with refused("尚未写明不同意摘牌的原因。", field="opinion"):
        take(Verb.REFUSE_DELISTING, ready, opinion=" ")
    take(Verb.REFUSE_DELISTING, ready)
    request = DelistingRequest.objects.get()
    assert (request.granted, request.decided_by) == (False, person("director"))
    assert AccountabilityMeasure.objects.get().state == MeasureState.SERVED
    take(Verb.ASK_DELISTING, ready)
    assert take(Verb.GRANT_DELISTING, ready).state == MeasureState.ENDED
    assert [one.outcome for one in DelistingRequest.objects.all()] == ["不同意", "同意"]
    check_all()


def test_nothing_is_asked_while_a_task_is_open() -> None:
    measure = take(Verb.ACKNOWLEDGE_MEASURE, listed_in(MeasureState.SERVED))
    sentence = "办公室设定：整改任务第 1、2 项还没有销号，不能摘牌；请先报送整改报告，经核查销号后再申请、提请。"
    for verb in (Verb.ASK_DELISTING, Verb.PROPOSE_DELISTING):
        with refused(sentence):
            take(verb, measure)


def test_it_is_not_granted_before_two_persons_have_looked_since_the_last_report() -> None:
    sentence = (
        "办公室设定：最后一份整改报告报送以后，还没有两人以上的现场核查，不能摘牌；请先由督查员办理“记录现场核查”。"
    )
    measure = take(Verb.RECORD_SITE_CHECK, take(Verb.ACKNOWLEDGE_MEASURE, listed_in(MeasureState.SERVED)))
    with later(days=10):
        take(Verb.ASK_DELISTING, put_right(measure))
        with refused(sentence):
            take(Verb.GRANT_DELISTING, measure)
        assert awaited() == {Verb.RECORD_SITE_CHECK}  # so that nobody waits for who does not know
        take(Verb.RECORD_SITE_CHECK, measure)
        assert awaited() == {Verb.GRANT_DELISTING}
        assert take(Verb.GRANT_DELISTING, measure).state == MeasureState.ENDED


def test_it_is_not_granted_unasked(ready) -> None:
    with refused("还没有摘牌的申请、提请；请先由单位申请，或者由督查员提请。"):
        take(Verb.GRANT_DELISTING, ready)


def test_what_a_leader_listed_a_leader_delists() -> None:
    measure = listed_in(MeasureState.PROPOSED)
    for verb in (Verb.DECIDE_MEASURE, Verb.SERVE_MEASURE):
        measure = take(verb, measure)
    take(Verb.ASK_DELISTING, checked(measure))
    with refused("办公室设定：这次挂牌由领导小组领导审定，摘牌由其决定，请由其办理。"):
        take(Verb.GRANT_DELISTING, measure, by=person("director"))
    assert take(Verb.GRANT_DELISTING, measure).state == MeasureState.ENDED


def test_what_the_director_listed_no_leader_delists_nor_does_anybody_else(ready) -> None:
    take(Verb.ASK_DELISTING, ready)
    with refused("办公室设定：这次挂牌由市扫黑办主任审定，摘牌由其决定，请由其办理。"):
        take(Verb.GRANT_DELISTING, ready, by=person("group_leader"))
    for username in ("officer", "supervisor"):
        with pytest.raises(NotYours):
            take(Verb.GRANT_DELISTING, ready, by=person(username))


def test_words_are_needed_to_ask(ready) -> None:
    for verb in (Verb.ASK_DELISTING, Verb.PROPOSE_DELISTING):
        with refused("尚未写明摘牌的理由。", field="words"):
            take(verb, ready, words=" ")


def test_a_circular_is_neither_listed_nor_delisted() -> None:
    measure = measure_in(MeasureState.SERVED)
    for verb in (Verb.ASK_DELISTING, Verb.GRANT_DELISTING, Verb.SET_WORK_TEAM):
        with pytest.raises(StateChanged):
            take(verb, measure)
    with pytest.raises(StateChanged):
        take(Verb.CONCLUDE_MEASURE, listed_in(MeasureState.SERVED))


def test_a_paper_receipt_of_the_delisting_is_registered_beside_that_of_the_listing(ready) -> None:
    take(Verb.ASK_DELISTING, ready)
    measure = take(Verb.GRANT_DELISTING, ready)
    stated = {"signer_name": "吕某", "signer_title": "办公室主任", "signed_on": clock.today(), "scan": pdf("回执.pdf")}
    register_measure_receipt(measure, by=person("officer"), **stated)
    assert Document.objects.get(kind=DocumentKind.DELISTING).receipt.signer_name == "吕某"


def test_article_30_what_was_delisted_opens_no_door_though_it_was_late(ready) -> None:
    with later(days=61):
        take(Verb.PROPOSE_DELISTING, ready)
        assert take(Verb.GRANT_DELISTING, ready).met_on == clock.today()
        assert standing_after(ready) == []


def test_a_voided_listing_is_not_delisted_and_the_paper_of_delisting_is_not_voided(ready) -> None:
    take(Verb.ASK_DELISTING, ready)
    measure = take(Verb.GRANT_DELISTING, ready)
    with pytest.raises(StateChanged):
        void_document(measure.delisting_paper, by=person("director"), reason="写错。")
    again = begin(measure.unit, text=listed_supervision)
    assert take(Verb.SUBMIT_MEASURE, again).state == MeasureState.IN_REVIEW
