"""申述 against what a meeting laid: a meeting decides on it, its record is cited by one and compared by another."""

from datetime import timedelta

import pytest
import time_machine

from tests.cast import TOWN, person
from tests.consistency import check_all
from tests.ladder import take
from tests.meetings import AFTER
from tests.pleas import ANSWER, WEEK_LATER, before_a_meeting, plea_of, pleaded, pleaded_veto
from tests.refusals import nothing_stored, refused
from tests.vetoes import conclude, held_on, veto_in
from yuetan.models import AgendaItem, Restriction
from yuetan.models.meeting.agenda_item import measures_to_decide
from yuetan.vocabulary import DecisionKind, MeasureState, PleaOutcome, PleaStanding, Verb

pytestmark = pytest.mark.usefixtures("office")
AFTER_IT = WEEK_LATER + timedelta(hours=4)
REVOKES = {"conclusion": "会议研究认为申述理由成立，撤销原决定。", "decision": DecisionKind.DECLINED}


def test_a_meeting_upholds_and_another_person_compares() -> None:
    measure = pleaded_veto()
    item = before_a_meeting(measure)
    assert item.title == "研究蓬江区棠下镇对治安重点地区整治推进缓慢（一票否决）的申述"
    assert item.decision_words == "维持"
    with time_machine.travel(AFTER_IT, tick=False):
        measure = take(Verb.UPHOLD_MEASURE, take(Verb.DRAFT_PLEA_ANSWER, measure))
        plea = plea_of(measure)
        assert (plea.standing, plea.decision_item, plea.decided_by) == (PleaStanding.UPHELD, item, person("director"))
        assert plea.document.title == f"关于{measure.matter}有关申述的答复"
        check_all()


def test_a_meeting_revokes_and_what_was_closed_is_open() -> None:
    measure = pleaded_veto()
    before_a_meeting(measure, **REVOKES)
    with time_machine.travel(AFTER_IT, tick=False):
        measure = take(Verb.REVOKE_MEASURE, take(Verb.DRAFT_PLEA_ANSWER, measure, **ANSWER), by=person("deputy"))
        assert measure.state == MeasureState.REVOKED
        assert not Restriction.objects.on(AFTER_IT.date()).exists()
        check_all()


def test_nobody_answers_without_a_meeting_or_by_another_ones() -> None:
    measure = pleaded_veto()
    sentence = "办公室设定：该措施由会议审定，申述须由会议研究；请列入会议议程，会后登记结论，再引用会议记录拟写答复。"
    laid_by = AgendaItem.objects.get(measure_laid=measure)
    with time_machine.travel(AFTER, tick=False):
        for item in (None, laid_by):
            with refused(sentence, field="item"):
                take(Verb.DRAFT_PLEA_ANSWER, measure, item=item)


def test_what_is_drafted_is_what_the_meeting_decided() -> None:
    measure = pleaded_veto()
    before_a_meeting(measure)
    with (
        time_machine.travel(AFTER_IT, tick=False),
        refused("会议的结论是“维持”，与拟写的“撤销”不一致，请照会议结论拟写。", field="outcome"),
    ):
        take(Verb.DRAFT_PLEA_ANSWER, measure, outcome=PleaOutcome.REVOKED)


def test_the_record_is_compared_by_another_than_who_cited_it() -> None:
    measure = pleaded_veto()
    before_a_meeting(measure)
    with time_machine.travel(AFTER_IT, tick=False):
        measure = take(Verb.DRAFT_PLEA_ANSWER, measure)
        with nothing_stored(), pytest.raises(Exception, match=r"核对"):
            take(Verb.UPHOLD_MEASURE, measure, compared=False)


def test_a_meeting_before_the_plea_decides_nothing_on_it() -> None:
    measure = veto_in(MeasureState.SERVED)
    with time_machine.travel(AFTER, tick=False):
        assert measure not in measures_to_decide(person("officer"))
        measure = take(Verb.STATE_PLEA, measure)
        assert measure in measures_to_decide(person("officer"))
        item = held_on(measure, begins_at=WEEK_LATER)
    with time_machine.travel(WEEK_LATER + timedelta(hours=2), tick=False):
        take(Verb.WITHDRAW_PLEA, measure)
    with refused(f"“{item.title}”现在不待审定，不能列为审定的议题。"):
        conclude(item)


def test_what_was_cited_is_not_put_right_any_more() -> None:
    measure = pleaded_veto()
    item = before_a_meeting(measure)
    with time_machine.travel(AFTER_IT, tick=False):
        take(Verb.DRAFT_PLEA_ANSWER, measure)
    with refused("这一议题的结论已据以拟写申述答复，不能再改；请先退回申述答复。"):
        conclude(item, **REVOKES)
    with time_machine.travel(AFTER_IT, tick=False):
        take(Verb.RETURN_PLEA_ANSWER, measure)
    assert conclude(item, **REVOKES).decision_words == "撤销"


def test_what_no_meeting_laid_cites_none() -> None:
    measure = pleaded_veto()
    item = before_a_meeting(measure)
    with time_machine.travel(AFTER_IT, tick=False):
        other = pleaded()
        with refused("该措施不是会议审定的，请不要引用会议记录。", field="item"):
            take(Verb.DRAFT_PLEA_ANSWER, other, item=item)
        assert other.unit.code == TOWN
