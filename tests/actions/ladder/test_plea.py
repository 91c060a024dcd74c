"""申述: stated once and in time, answered by who laid the measure, by two persons; the text is silent: 办公室设定."""

import re
from datetime import date, datetime

import pytest

from tests.cast import COUNTY, MONDAY, TOWN, head, liaison, person, unit
from tests.consistency import check_all
from tests.factories import later, pdf, set_setting
from tests.ladder import checked, listed_in, measure_in, put_right, take
from tests.pleas import ANSWER, PLEA, answered, plea_of, pleaded, revoked
from tests.refusals import appoint, not_theirs, nothing_stored, refused, too_late
from yuetan.actions.papers.document import void_document
from yuetan.actions.people.unit import end_post
from yuetan.models import (
    AccountabilityMeasure,
    Alert,
    Attachment,
    Document,
    Event,
    PendingStep,
    Plea,
    Post,
    Restriction,
)
from yuetan.models.ladder.laid_rungs import standing_after
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import (
    DocumentKind,
    MeasureState,
    PleaStanding,
    PostKind,
    TaskState,
    Verb,
)
from yuetan.vocabulary.restriction import RestrictionStanding

pytestmark = pytest.mark.usefixtures("office")
TODAY = MONDAY.date()


@pytest.fixture
def served() -> AccountabilityMeasure:
    return listed_in(MeasureState.SERVED)


def awaited() -> set[tuple[str, str]]:
    """Who is waited for by what, beside the receipt and the tasks of the measure itself."""
    others = ("acknowledge_measure", "register_measure_receipt", "prepare_report")
    rows = PendingStep.objects.now().filter(measure_laid__isnull=False).exclude(verb__in=others)
    return {(row.verb, row.person.username if row.person else row.role) for row in rows}


def read(paper: Document) -> str:
    return re.sub(r"<[^>]*>|\s", "", paper.html)


# 申述


def test_the_liaison_prepares_the_head_states_the_office_drafts_who_decided_upholds(served) -> None:
    assert served.plea_until == date(2026, 12, 7)  # ten working days
    measure = take(Verb.PREPARE_PLEA, served, words="（初稿）", papers=[pdf("会议记录.pdf")])
    assert {verb for verb, _ in awaited()} == {"state_plea"}
    assert plea_of(measure).standing is None
    file = Attachment.objects.get(purpose="plea")
    assert file.is_draft
    assert file in Attachment.objects.visible_to(head(TOWN))
    assert file not in Attachment.objects.visible_to(person("director"))
    measure = take(Verb.STATE_PLEA, measure)
    plea = plea_of(measure)
    assert (plea.words, plea.draft, plea.stated_by, plea.standing) == (PLEA, "", head(TOWN), PleaStanding.WAITING)
    assert plea.answer_due_on == date(2026, 12, 14)  # fifteen working days
    assert file in Attachment.objects.visible_to(person("director"))
    assert awaited() == {("draft_plea_answer", "case_officer")}
    measure = take(Verb.DRAFT_PLEA_ANSWER, measure)
    assert awaited() == {("uphold_measure", "director")}
    measure = take(Verb.UPHOLD_MEASURE, measure)
    assert measure.state == MeasureState.SERVED
    plea = plea_of(measure)
    assert (plea.standing, plea.drafted_by, plea.decided_by) == (
        PleaStanding.UPHELD,
        person("officer"),
        person("director"),
    )
    paper = Document.objects.get(kind=DocumentKind.PLEA_ANSWER)
    assert (paper, paper.number, paper.title) == (
        plea.document,
        "江扫黑申复〔2026〕1号",
        f"关于{measure.matter}有关申述的答复",
    )
    assert PLEA in read(paper)
    assert "决定维持《关于治安重点地区整治推进缓慢的挂牌督办通知书》（江扫黑挂〔2026〕1号），请你镇继续执行" in read(
        paper
    )
    assert "同意。" not in read(paper)  # what was said of the draft is the office's own
    assert "维持" in Alert.objects.filter(recipient=liaison(TOWN)).latest("pk").text
    for _ in range(2):  # the notice, and then the answer
        measure = take(Verb.ACKNOWLEDGE_MEASURE, measure)
    assert Document.objects.get(pk=paper.pk).receipt.signed_by == liaison(TOWN)
    assert awaited() == set()
    check_all()


def test_a_plea_does_not_stop_the_measure(served) -> None:
    measure = pleaded(served)
    assert measure.is_in_force
    assert measure.tasks.get(number=1).effective_due_on == served.tasks.get(number=1).effective_due_on
    for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK):
        measure = take(verb, measure)


def test_a_late_plea_is_refused_whoever_brings_it(served) -> None:
    sentence = "办公室设定：申述期限到2026年12月7日为止，已经超过，不能再申述；有意见的，请书面向市扫黑办反映。"
    with later(days=14):  # the last day
        take(Verb.PREPARE_PLEA, served)
    with later(days=15), nothing_stored():
        for verb in (Verb.PREPARE_PLEA, Verb.STATE_PLEA):
            with refused(sentence):
                take(verb, served)
        with refused(sentence):
            take(Verb.REGISTER_PLEA, served)
    with later(days=15):
        assert awaited() == set()  # the draft waits for nobody any more


def test_a_paper_is_in_time_by_the_day_on_which_it_came(served) -> None:
    with later(days=16):
        measure = take(Verb.REGISTER_PLEA, served, received_at=datetime(2026, 12, 7, 9, 0, tzinfo=CHINA_STANDARD_TIME))
        plea = plea_of(measure)
        assert (plea.stated_by, plea.words) == (head(TOWN), PLEA)
        assert plea.stated_at == datetime(2026, 12, 7, 9, 0, tzinfo=CHINA_STANDARD_TIME)
        assert plea.filing.registered_by == person("officer")
        assert Event.objects.get(verb="register_plea").data["brought_by"] == "吕某（党政办主任）"
        take(Verb.UPHOLD_MEASURE, take(Verb.DRAFT_PLEA_ANSWER, measure))
        check_all()


def test_what_was_begun_here_stays_the_units_own_where_the_plea_came_on_paper(served) -> None:
    measure = take(Verb.PREPARE_PLEA, served, words="（初稿）", papers=[pdf("会议记录.pdf")])
    take(Verb.REGISTER_PLEA, measure)
    file = Attachment.objects.get(purpose="plea")
    assert file.is_draft
    assert file not in Attachment.objects.visible_to(person("officer"))
    assert plea_of(measure).draft == "（初稿）"


def test_it_is_stated_once(served) -> None:
    measure = pleaded(served)
    sentence = "办公室设定：已于2026年11月23日申述，每项责任措施只申述一次，不能再次申述；请在本页查看答复。"
    with nothing_stored():
        for verb in (Verb.PREPARE_PLEA, Verb.STATE_PLEA, Verb.REGISTER_PLEA):
            with refused(sentence):
                take(verb, measure)
    measure = take(Verb.WITHDRAW_PLEA, measure)
    with refused(sentence):
        take(Verb.STATE_PLEA, measure)


def test_a_withdrawn_plea_is_not_answered(served) -> None:
    measure = pleaded(served)
    with refused("尚未写明撤回的原因。", field="reason"):
        take(Verb.WITHDRAW_PLEA, measure, reason=" ")
    measure = take(Verb.WITHDRAW_PLEA, measure)
    assert plea_of(measure).standing == PleaStanding.WITHDRAWN
    assert awaited() == set()
    with refused("单位已于2026年11月23日撤回申述，不必答复。"):
        take(Verb.DRAFT_PLEA_ANSWER, measure)
    for verb in (Verb.UPHOLD_MEASURE, Verb.REVOKE_MEASURE):
        with refused("单位已于2026年11月23日撤回申述，不必答复。"):
            take(verb, measure)
    check_all()


def test_an_answered_plea_is_not_withdrawn(served) -> None:
    measure = take(Verb.UPHOLD_MEASURE, answered(served))
    with refused("申述已经答复：维持，不能再办理；请查看申述答复。"):
        take(Verb.WITHDRAW_PLEA, measure)


def test_nobody_else_states_it(served) -> None:
    for by in (liaison(TOWN), head(COUNTY), person("officer"), person("director")):
        with not_theirs():
            take(Verb.STATE_PLEA, served, by=by)
    for by in (liaison(COUNTY), person("officer")):
        with not_theirs():
            take(Verb.PREPARE_PLEA, served, by=by)
    assert not Plea.objects.exists()


def test_there_is_none_against_what_is_not_served_or_has_ended() -> None:
    decided = measure_in(MeasureState.DECIDED)
    with too_late():
        take(Verb.REGISTER_PLEA, decided)
    ended = take(
        Verb.GRANT_DELISTING, take(Verb.ASK_DELISTING, checked(listed_in(MeasureState.SERVED, on=unit(COUNTY))))
    )
    for verb in (Verb.STATE_PLEA, Verb.REGISTER_PLEA):
        with too_late():
            take(verb, ended)


def test_it_says_something_and_nothing_of_private_people(served) -> None:
    for verb in (Verb.STATE_PLEA, Verb.REGISTER_PLEA):
        with refused("尚未写明申述意见。", field="words"):
            take(verb, served, words=" \n")
    for verb in (Verb.PREPARE_PLEA, Verb.STATE_PLEA, Verb.REGISTER_PLEA):
        with nothing_stored(), pytest.raises(Exception, match=r"身份"):
            take(verb, served, words="举报人身份证号 11010519491231002X 有误。")


def test_where_the_office_gives_no_days_there_is_none() -> None:
    set_setting("plea_days", 0)
    measure = measure_in(MeasureState.SERVED, matter="另一件事")
    assert measure.plea_until is None
    with refused("办公室设定：该措施印发送达时没有设定申述期限，不能在系统里申述；有意见的，请书面向市扫黑办反映。"):
        take(Verb.STATE_PLEA, measure)


def test_the_days_are_those_of_the_day_of_service(served) -> None:
    set_setting("plea_days", 1)
    with later(days=9):
        assert pleaded(served).plea_until == date(2026, 12, 7)


# 答复


def test_an_answer_has_an_outcome_and_a_reason(served) -> None:
    measure = pleaded(served)
    with nothing_stored(), refused("尚未选择答复结果，请选择维持或者撤销。", "尚未写明答复理由。"):
        take(Verb.DRAFT_PLEA_ANSWER, measure, outcome="", grounds=" ")
    with refused("还没有拟写申述答复，请先由承办人办理“拟写申述答复”。"):
        take(Verb.UPHOLD_MEASURE, measure, seen="x")
    measure = take(Verb.DRAFT_PLEA_ANSWER, measure)
    with nothing_stored(), refused("尚未填写意见。", field="opinion"):
        take(Verb.UPHOLD_MEASURE, measure, opinion=" ")


def test_what_was_not_shown_is_not_decided(served) -> None:
    measure = answered(served)
    shown = plea_of(measure).answer_digest
    with refused("申述答复须看过现在的拟稿再办理，请返回，重新打开本页核对。"):
        take(Verb.UPHOLD_MEASURE, measure, seen="")
    measure = take(Verb.DRAFT_PLEA_ANSWER, measure, grounds="另写的理由。")
    with too_late():
        take(Verb.UPHOLD_MEASURE, measure, seen=shown)


def test_the_decision_is_the_one_that_was_drafted(served) -> None:
    measure = answered(served)
    with refused("拟写的答复是“维持”，请办理“维持责任措施，答复申述”；不同意的，退回重新拟写。"):
        take(Verb.REVOKE_MEASURE, measure)
    measure = take(Verb.RETURN_PLEA_ANSWER, measure)
    assert awaited() == {("draft_plea_answer", "case_officer")}
    measure = take(Verb.DRAFT_PLEA_ANSWER, measure, **ANSWER)
    with refused("拟写的答复是“撤销”，请办理“撤销责任措施，答复申述”；不同意的，退回重新拟写。"):
        take(Verb.UPHOLD_MEASURE, measure)
    assert take(Verb.REVOKE_MEASURE, measure).state == MeasureState.REVOKED


def test_it_is_returned_with_a_reason(served) -> None:
    measure = answered(served)
    with refused("尚未写明退回的原因。", field="reason"):
        take(Verb.RETURN_PLEA_ANSWER, measure, reason=" ")


def test_who_decided_the_measure_decides_and_nobody_else(served) -> None:
    measure = answered(served)
    sentence = "办公室设定：该措施由王三审定，申述由其决定（已不在任的，由现任同一职务的人决定），请由其办理。"
    with nothing_stored():
        for username in ("group_leader", "deputy"):
            for verb in (Verb.UPHOLD_MEASURE, Verb.RETURN_PLEA_ANSWER):
                with refused(sentence):
                    take(verb, measure, by=person(username))
        for by in (person("officer"), person("supervisor"), head(TOWN)):
            with not_theirs():
                take(Verb.UPHOLD_MEASURE, measure, by=by)


def test_what_one_leader_decided_that_leader_answers_while_in_office() -> None:
    measure = listed_in(MeasureState.PROPOSED)
    for verb in (Verb.DECIDE_MEASURE, Verb.SERVE_MEASURE):
        measure = take(verb, measure)
    measure = answered(measure)
    assert awaited() == {("uphold_measure", "group_leader")}
    for username in ("director", "deputy"):
        with refused("办公室设定：该措施由赵四审定，申述由其决定（已不在任的，由现任同一职务的人决定），请由其办理。"):
            take(Verb.UPHOLD_MEASURE, measure, by=person(username))
    end_post(Post.objects.get(holder=person("group_leader")), by=person("sysadmin"), ended_on=TODAY)
    assert awaited() == {("uphold_measure", "first_deputy"), ("uphold_measure", "deputy")}
    take(Verb.UPHOLD_MEASURE, measure, by=person("deputy"))
    check_all()


def test_two_persons_answer(served) -> None:
    appoint(person("director"), unit("440700-01"), PostKind.CASE_OFFICER, "承办人")
    measure = take(Verb.DRAFT_PLEA_ANSWER, pleaded(served), by=person("director"))
    with nothing_stored(), refused("办公室设定：王三是申述答复的拟写人，须由另一人决定。"):
        take(Verb.UPHOLD_MEASURE, measure, by=person("director"))
    take(Verb.DRAFT_PLEA_ANSWER, measure, by=person("second_officer"))
    take(Verb.UPHOLD_MEASURE, measure)


def test_who_holds_a_post_in_the_unit_by_now_does_not_decide(served) -> None:
    measure = answered(served)
    appoint(person("director"), unit(TOWN), PostKind.LEADER_IN_CHARGE, "副镇长")
    with nothing_stored(), pytest.raises(Exception, match="王三现任棠下镇副镇长，应当回避"):
        take(Verb.UPHOLD_MEASURE, measure, by=person("director"))


def test_a_measure_does_not_end_over_an_unanswered_plea(served) -> None:
    measure = checked(pleaded(served))
    measure = take(Verb.ASK_DELISTING, measure)
    with refused("办公室设定：单位的申述还没有答复，请先答复申述，再办结、摘牌。"):
        take(Verb.GRANT_DELISTING, measure)
    circular = measure_in(MeasureState.SERVED, on=unit(COUNTY))
    circular = put_right(take(Verb.ACKNOWLEDGE_MEASURE, pleaded(circular)))
    with refused("办公室设定：单位的申述还没有答复，请先答复申述，再办结、摘牌。"):
        take(Verb.CONCLUDE_MEASURE, circular)
    take(Verb.UPHOLD_MEASURE, take(Verb.DRAFT_PLEA_ANSWER, measure))
    assert take(Verb.GRANT_DELISTING, measure).state == MeasureState.ENDED
    check_all()


def test_nobody_is_waited_for_once_the_paper_is_void(served) -> None:
    measure = answered(served)
    void_document(measure.issued_paper, by=person("director"), reason="单位名称有误")
    assert awaited() == set()
    check_all()


def test_the_answer_is_not_voided(served) -> None:
    for measure in (
        take(Verb.UPHOLD_MEASURE, answered(served)),
        revoked(listed_in(MeasureState.SERVED, on=unit(COUNTY))),
    ):
        paper = Document.objects.get(measure_laid=measure, kind=DocumentKind.PLEA_ANSWER)
        with pytest.raises(Exception, match=r"申述答复已经作出，不能作废|现为“已撤销”"):
            void_document(paper, by=person("director"), reason="有误")


# 撤销


def test_of_what_is_revoked_nothing_is_in_force(served) -> None:
    measure = take(Verb.ACKNOWLEDGE_MEASURE, served)
    for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK):
        measure = take(verb, measure)
    with later(days=3):
        measure = revoked(measure)
        assert (measure.state, measure.get_state_display()) == (MeasureState.REVOKED, "已撤销")
        assert [task.state for task in measure.tasks.order_by("number")] == [TaskState.ACCEPTED, TaskState.REVOKED]
        rows = list(Restriction.objects.filter(measure_laid=measure))
        assert rows
        paper = Document.objects.get(kind=DocumentKind.PLEA_ANSWER)
        assert {(one.standing, one.ended_on, one.end_paper) for one in rows} == {
            (RestrictionStanding.ENDED_EARLY, clock.today(), paper.number)
        }
        assert "自本答复印发之日起不再执行" in read(paper)
        assert "第二十九条规定取消的资格，自本答复印发之日起不再限制。" in read(paper)
        assert (
            "已提前解除"
            in Alert.objects.filter(recipient=head(TOWN), key__startswith="restrictions_revoked").get().text
        )
        take(Verb.ACKNOWLEDGE_MEASURE, measure)
        assert Document.objects.get(pk=paper.pk).receipt.signed_by == liaison(TOWN)
        assert awaited() == set()
        check_all()


def test_its_door_to_the_next_rung_stands_no_longer() -> None:
    measure = listed_in(MeasureState.SERVED)
    measure = answered(measure, **ANSWER)
    with later(days=70):
        assert standing_after(measure)
        measure = take(Verb.REVOKE_MEASURE, measure)
        assert not standing_after(measure)
        again = listed_in(MeasureState.SERVED)  # nothing of the kind is in force for the matter
        assert again.state == MeasureState.SERVED


def test_it_is_found_and_read_by_both_sides_and_changes_no_more(served) -> None:
    measure = revoked(served)
    assert Alert.objects.filter(recipient=person("supervisor"), text__endswith="经申述已被撤销，不再执行。").exists()
    for by in (person("supervisor"), liaison(TOWN)):
        assert measure in AccountabilityMeasure.objects.visible_to(by)
    for verb in (Verb.STATE_PLEA, Verb.UPHOLD_MEASURE, Verb.ASK_DELISTING, Verb.REFER_MEASURE):
        with too_late():
            take(verb, measure)


def test_a_unit_that_never_signed_signs_for_the_answer_alone(served) -> None:
    measure = revoked(served)
    assert measure.paper_to_sign.kind == DocumentKind.PLEA_ANSWER
    take(Verb.ACKNOWLEDGE_MEASURE, measure)
    assert not PendingStep.objects.now().filter(measure_laid=measure).exists()


def test_an_answer_that_is_late_shows_red_to_who_owes_it(served) -> None:
    pleaded(served)
    row = PendingStep.objects.now().get(verb="draft_plea_answer")
    assert row.due_on == date(2026, 12, 14)
    set_setting("plea_answer_days", 0)
    other = pleaded(listed_in(MeasureState.SERVED, on=unit(COUNTY)))
    assert plea_of(other).answer_due_on is None
