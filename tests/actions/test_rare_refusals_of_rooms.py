"""Refusals of the later rooms that no everyday story meets: half a form, a step a second time, nothing to act on."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from tests import cast
from tests.assessment import assessment_of, counted, scored
from tests.assignments import given
from tests.factories import later
from tests.ladder import checked, listed_in, measure_in, take
from tests.meetings import AFTER, concluded, held
from tests.received import closed, received, replied
from tests.refusals import nothing_stored, refused_among
from tests.reporting import analysed, asked, at, endorsed, scheme_of, seen_of
from tests.restrictions import inquired, of_unit, restricting
from tests.rounds import planned_round
from tests.vetoes import veto_in
from yuetan.actions.ladder.inquiries import digest_of_answer, reply_to_inquiry
from yuetan.actions.ladder.restrictions import add_restricted_leader, end_restriction
from yuetan.actions.papers.document import reasons_against_voiding, void_document
from yuetan.actions.reporting.analyses import endorse_analysis
from yuetan.actions.reporting.reports import report_at_any_time
from yuetan.actions.reporting.schemes import revise_scheme
from yuetan.errors import StateChanged
from yuetan.models import Document, Unit
from yuetan.rules.assessment.scheme import Group
from yuetan.rules.reporting.form_fields import FieldRow
from yuetan.vocabulary import (
    DecisionKind,
    DocumentKind,
    MeasureState,
    RecordSource,
    ReportFieldKind,
    ReportingRhythm,
    UnitKind,
    Verb,
)

pytestmark = pytest.mark.usefixtures("office")
OFFICER, DIRECTOR = "officer", "director"


def test_a_scheme_of_assessment_counts_units_there_are_and_what_a_record_may_add():
    with refused_among("“办公室”现在没有一个在用的单位，请改单位类别或者指定单位。"):
        assessment_of(groups=[Group("", "办公室", UnitKind.OFFICE)])
    with refused_among("只能用来加分，指标“表彰”请不填分值，填加分上限。"):
        assessment_of(indicators=[counted("表彰", RecordSource.COMMENDATIONS, 100, 3)])
    assessment = assessment_of()
    with refused_among("评分还缺：“镇（街）”的指标。"):
        scored(assessment, indicator="i9", points=Decimal(1))


def test_a_scheme_of_reports_asks_somebody_and_not_too_much():
    with refused_among("按所选的报送单位，没有一个单位须报送；请选单位类别、所属范围，或者指定单位。"):
        scheme_of(area=cast.unit(cast.MEMBER_UNIT))
    with refused_among("一张报表最多30项，现有31项，请合并或者分成几个报送事项。"):
        scheme_of(fields=[FieldRow(f"第{number}类", ReportFieldKind.COUNT) for number in range(31)])


def test_the_same_units_named_in_another_order_are_no_change():
    first, second = cast.unit(cast.MEMBER_UNIT), cast.unit(cast.COUNTY)
    scheme = scheme_of(named_units=[first, second])
    facts = {"by": cast.person(DIRECTOR), "reason": "换个顺序。", "after": 1}
    with refused_among("与第1版相同，没有改动。"):
        revise_scheme(scheme, asked=asked(named_units=[second, first], first_day=date(2026, 12, 1)), **facts)


def test_what_is_reported_at_any_time_begins_some_day_and_has_no_period():
    fields = (FieldRow("情况", ReportFieldKind.TEXT),)
    ahead = {"rhythm": ReportingRhythm.ANY_TIME, "fields": fields, "first_day": date(2027, 1, 1)}
    scheme = scheme_of("明年起的重大情况", **ahead)
    head, unit = cast.head(cast.TOWN), cast.unit(cast.TOWN)
    with refused_among("“明年起的重大情况”现在不用报送：没有正在进行的一期，无需填报。"):
        report_at_any_time(scheme, by=head, unit=unit, values={"f1": "发生一起。"}, files={})
    now = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME, fields=fields)
    with refused_among("“重大情况”随时报送，没有期，不能按期写分析报告。"):
        analysed(now.periods.get())


def test_an_analysis_is_endorsed_once():
    period = scheme_of().periods.get()
    with time_machine.travel(at(27, 9), tick=False):
        analysis = endorsed(analysed(period))
        with refused_among("只有拟稿中的才能核稿；已核稿的，请先退回拟稿人。"):
            endorse_analysis(analysis, by=cast.person("supervisor"), seen=seen_of(analysis))


def test_a_unit_that_has_ended_gets_no_letter_and_a_closed_letter_no_tasks():
    letter = received()
    closed(replied(letter))
    with refused_among("这件来函已经办结，不能再办；办结有误的，请办公室主任先撤回办结。"):
        given(letter)
    Unit.objects.filter(code=cast.TOWN).update(retired_on=date(2026, 11, 20))
    with refused_among("蓬江区棠下镇已经停用，不能再登记来函；有承接单位的，请登记给承接单位。"):
        received(number="江检建〔2026〕9号")


def test_an_item_in_words_has_a_conclusion_and_no_decision():
    item = held().items.get()
    with time_machine.travel(AFTER, tick=False):
        with refused_among("尚未写明这一议题的结论。"):
            concluded(item, conclusion=" ")
        with refused_among("这一议题不是约谈建议，不能登记审定结果。"):
            concluded(item, decision=DecisionKind.APPROVED, decided_by=cast.person("group_leader"))


def test_a_round_may_lack_its_first_day_alone():
    with refused_among("督导方案还缺：开始日期。"):
        planned_round(begins_on=None)


def test_departments_are_asked_before_one_answers_each_on_a_line():
    proposed = veto_in(MeasureState.PROPOSED)
    long = "部" * 61
    with refused_among(f"部门名称“{long[:20]}……”过长，请一行写一个部门，不超过 60 字。"):
        take(Verb.ASK_CONSULTATION, proposed, departments=long)
    with refused_among("没有等待答复的部门。"):
        take(Verb.RECORD_CONSULTATION, proposed)
    with refused_among("还没有登记会议审定，请先办理“登记会议审定”。"):
        take(Verb.CONFIRM_MEASURE_DECISION, proposed, seen="", compared=True)


def test_a_work_team_has_a_first_day_and_its_report_a_day():
    listed = listed_in(MeasureState.SERVED)
    with refused_among("尚未写明工作组从哪天起。"):
        take(Verb.SET_WORK_TEAM, listed, since=None)
    sent = take(Verb.SET_WORK_TEAM, listed)
    with refused_among("尚未写明工作组报告的日期。"):
        take(Verb.RECORD_TEAM_REPORT, sent, reported_on=None)


def test_what_goes_to_another_body_is_named_shortly_chosen_and_received_once():
    served = measure_in(MeasureState.SERVED)
    with refused_among("机关名称过长，请写在 100 字以内。"):
        take(Verb.REFER_MEASURE, served, organ="委" * 101)
    with refused_among("没有等待签收的移送、书面建议。"):
        take(Verb.RECORD_REFERRAL_RECEIPT, served)
    referred = take(Verb.REFER_MEASURE, served)
    with refused_among("尚未选择是哪一件移送、书面建议。"):
        take(Verb.RECORD_REFERRAL_RECEIPT, referred, referral=None)


def test_without_a_plea_nothing_is_answered():
    listed = listed_in(MeasureState.SERVED)
    with refused_among("单位没有提出申述，没有要答复的。"):
        take(Verb.DRAFT_PLEA_ANSWER, listed)


def test_an_order_to_delist_stays():
    measure = take(Verb.GRANT_DELISTING, take(Verb.ASK_DELISTING, checked(listed_in(MeasureState.SERVED))))
    paper = Document.objects.get(measure_laid=measure, kind=DocumentKind.DELISTING)
    (sentence,) = reasons_against_voiding(paper)
    assert "摘牌已经作出，摘牌通知书不能作废；有误的，另行行文说明。" in sentence
    with nothing_stored(), pytest.raises(StateChanged):
        void_document(paper, by=cast.person(DIRECTOR), reason="有误。")


def test_a_restriction_begins_with_its_paper_and_ends_by_one():
    decided = restricting(MeasureState.DECIDED)
    stated = {"post": None, "subject": "supervising_leader", "name": "吕二三", "title": "副书记", "proof": None}
    with refused_among("责任措施还没有印发送达，没有资格限制可以补列；请先印发送达。"):
        add_restricted_leader(decided, by=cast.person(OFFICER), reason="任职没有登记。", **stated)
    one = of_unit(take(Verb.SERVE_MEASURE, decided))
    with refused_among("尚未选择提前解除的情形。", "尚未写明决定的日期。"):
        end_restriction(one, by=cast.person(DIRECTOR), kind="", paper="", decided_on=None, reason="已复核。")


def test_an_asking_is_answered_once():
    inquiry = inquired(restricting())
    number = reply_to_inquiry(inquiry, by=cast.person(DIRECTOR), seen=digest_of_answer(inquiry)).number
    sentence = f"这次查询已于2026年11月23日复函（{number}），不再复函；情况有变化的，请按新的来函登记。"
    with later(days=1), refused_among(sentence):
        reply_to_inquiry(inquiry, by=cast.person(DIRECTOR), seen=digest_of_answer(inquiry))
