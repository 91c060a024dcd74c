"""会议: called, convened, signed for, held, what was concluded and agreed, minutes; each refused out of turn."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.factories import case_in
from tests.ladder import measure_in
from tests.meetings import (
    AFTER,
    BEGINS,
    TOPIC,
    agreed,
    attended,
    called,
    concluded,
    convened,
    fresh,
    held,
    invitation_of,
    minuted,
    planned,
    post_of,
    printed,
    recorded,
    with_item,
    written,
)
from tests.refusals import appoint, by_the_office, not_theirs, refused
from yuetan.actions.meeting.agenda import add_agenda_item, remove_agenda_item
from yuetan.actions.meeting.attendance import Came
from yuetan.actions.meeting.conclusions import conclude_agenda_item, conclusion_shown
from yuetan.actions.meeting.convening import convene_meeting, receive_meeting_notice
from yuetan.actions.meeting.meeting_rows import alert_units, people_of
from yuetan.actions.meeting.meetings import call_meeting, cancel_meeting, plan_shown, revise_meeting
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.documents.content.meeting import meeting_paper
from yuetan.forms.meeting.meeting import AgendaItemForm
from yuetan.forms.meeting.record import ConclusionForm
from yuetan.models import AgendaItem, Alert, Document, Event, Invitation, Meeting, OfficeSetting, Post, Resolution, Unit
from yuetan.models.meeting.agenda_item import cases_to_decide, measures_to_decide
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_datetime
from yuetan.vocabulary import (
    CaseState,
    DocumentKind,
    MeasureState,
    MeetingKind,
    MeetingState,
    PostKind,
    Presence,
    UnitKind,
    Verb,
)

pytestmark = pytest.mark.usefixtures("office")
TITLE = "领导小组2026年第1次会议"
NOT_AS_SHOWN = "会议记录在您打开本页以后已有变动，请看过现在的文稿再印发。"
WHEN = "2026年11月25日（星期三）上午9:00"
HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"


def officer():
    return cast.person("officer")


def moved(meeting):
    seen = plan_shown(meeting)
    return revise_meeting(meeting, by=officer(), planned=planned(place="302会议室"), seen=seen)


def seal_minutes(meeting, by="director", seen=None):
    return issue_meeting_minutes(meeting, by=cast.person(by), seen=digest_of_meeting(meeting) if seen is None else seen)


def test_meetings_of_a_kind_are_counted_by_the_year_without_the_cancelled():
    first, joint = called(), called(kind=MeetingKind.JOINT)
    cancel_meeting(first, by=officer(), reason="领导另有安排。")
    special = called(kind=MeetingKind.SPECIAL, topic=TOPIC)
    assert str(called()) == TITLE
    assert str(joint) == "2026年第1次联席会议"
    assert str(special) == f"2026年第1次专题会议（{TOPIC}）"
    assert str(called()) == "领导小组2026年第2次会议"


def test_what_is_missing_of_a_meeting_and_an_hour_that_has_passed_are_refused():
    with refused("会议还缺：会议类别、时间、地点、主持人。"):
        call_meeting(by=officer(), planned=planned(kind="", begins_at=None, place=" ", chair=None))
    with refused("会议还缺：主题。"):
        called(kind=MeetingKind.SPECIAL)
    past = cast.MONDAY - timedelta(minutes=1)
    with refused(f"会议时间{chinese_datetime(past)}已过，请改定今后的时间。"):
        called(begins_at=past)


@pytest.mark.parametrize("username", ["supervisor", "group_leader", HEAD, "sysadmin"])
def test_the_office_alone_calls_meetings(username):
    with not_theirs():
        call_meeting(by=cast.person(username), planned=planned())


def test_what_is_planned_changes_until_the_notice_goes_out():
    meeting = called()
    assert moved(meeting).place == "302会议室"
    sent = convened()
    what = "修改；要改的请取消后另行召集"
    with refused(f"领导小组2026年第2次会议现在是“已通知”，不能再{what}。"):
        moved(sent)


def test_what_waits_for_a_decision_goes_on_the_agenda_once():
    case, meeting = case_in(CaseState.PROPOSED), called()
    item = with_item(meeting, case)
    assert item.title == f"审定{case.unit.full_name}{case.matter}（约谈建议）"
    with refused(f"“{item.title}”已列入这次会议的议程，不必再列。"):
        with_item(meeting, case)
    drafted = case_in(CaseState.DRAFTED, unit=cast.unit(cast.COUNTY))
    title = f"审定{drafted.unit.full_name}{drafted.matter}（约谈建议）"
    with refused(f"“{title}”现在不待审定，不能列为审定的议题。"):
        with_item(meeting, drafted)
    with refused("议题还缺：议题。"):
        with_item(meeting, title=" ")
    remove_agenda_item(item, by=officer())
    assert not meeting.items.exists()


def test_what_waits_is_offered_in_the_order_of_the_register_and_found_again_by_what_it_is():
    first = case_in(CaseState.PROPOSED)
    second = case_in(CaseState.PROPOSED, unit=cast.unit(cast.COUNTY))
    assert list(cases_to_decide(officer())) == [first, second]
    assert list(measures_to_decide(officer())) == []
    measure = measure_in(MeasureState.PROPOSED)
    assert list(measures_to_decide(officer())) == [measure]
    item = concluded(held(first).items.get())
    assert list(AgendaItem.objects.all().deciding(first)) == [item]
    assert list(AgendaItem.objects.all().deciding(second)) == []


def test_who_is_of_the_unit_neither_sees_the_item_nor_puts_it_there():
    case, meeting = case_in(CaseState.PROPOSED), called()
    item = with_item(meeting, case)
    second = cast.person("second_officer")
    appoint(second, case.unit, PostKind.LEADER_IN_CHARGE, "副镇长")
    second = cast.person("second_officer")
    assert not AgendaItem.objects.visible_to(second).exists()
    assert AgendaItem.objects.visible_to(officer()).exists()
    with not_theirs():
        remove_agenda_item(item, by=second)
    title, other = f"审定{case.unit.full_name}{case.matter}（约谈建议）", called()
    with refused(f"“{title}”现在不待审定，不能列为审定的议题。"):
        add_agenda_item(other, by=second, title="", case=case, measure=None, presenter="")


def test_an_item_that_is_gone_is_nobodys_to_remove_or_to_conclude():
    item = with_item(called())
    stale = AgendaItem.objects.select_related("meeting").get(pk=item.pk)
    remove_agenda_item(item, by=officer())
    with not_theirs():
        remove_agenda_item(stale, by=officer())
    assert Event.objects.filter(verb="remove_agenda_item").count() == 1
    meeting = convened()
    item = with_item(meeting, title="研究冬季整治工作")
    stale = AgendaItem.objects.select_related("meeting").get(pk=item.pk)
    remove_agenda_item(item, by=officer())
    with time_machine.travel(AFTER, tick=False):
        attended(meeting)
        with not_theirs():
            conclude_agenda_item(
                stale,
                by=officer(),
                conclusion="同意。",
                decision="",
                decided_by=None,
                is_collective=False,
                people=[],
                seen=conclusion_shown(stale),
            )
    assert not Event.objects.filter(verb="conclude_agenda_item").exists()


def test_a_notice_goes_to_units_and_posts_and_is_a_numbered_paper():
    case = case_in(CaseState.PROPOSED)
    meeting = convened(case)
    notice = meeting.documents.get()
    assert notice.number == "江扫黑办会〔2026〕1号"
    assert notice.title == f"关于召开{TITLE}的通知"
    assert case.matter not in notice.html
    labels = {str(one) for one in Invitation.objects.of_meeting(meeting)}
    assert "蓬江区棠下镇" in labels
    assert any("赵四" in label for label in labels)
    alerted = Alert.objects.filter(key=f"meeting:{meeting.pk}").values_list("recipient__username", flat=True)
    assert {HEAD, LIAISON, "group_leader", "deputy", "director"} == set(alerted)


def test_a_leader_in_charge_of_the_field_in_the_unit_is_alerted_and_signs_as_in_other_rooms():
    cast.engage("戚廿四", "mayor", cast.unit(cast.TOWN), PostKind.SUPERVISING_LEADER, "副镇长")
    meeting = convened()
    mayor, invitation = cast.person("mayor"), invitation_of(meeting, "mayor")
    assert mayor in people_of(invitation)
    assert Alert.objects.filter(recipient=mayor, key=f"meeting:{meeting.pk}").exists()
    assert receive_meeting_notice(invitation, by=mayor).receipt.signer == "戚廿四"


def test_the_people_of_many_units_are_looked_up_together():
    """And nobody of them is read: they are written where they are found."""
    counts, by = [], officer()
    for number in (1, 4):
        units = list(Unit.objects.filter(kind=UnitKind.TOWN).order_by("code")[:number])
        with CaptureQueriesContext(connection) as sent:
            alert_units(units, "请看议题材料。", key=f"files:{number}", but=by)
        counts.append(sum("yuetan_post" in one["sql"] for one in sent))
        assert not any(one["sql"].startswith("SELECT") for one in sent)
    assert counts == [1, 1]


def test_a_notice_says_whom_to_call():
    OfficeSetting.objects.filter(key="contact_person").update(value="综合组")
    OfficeSetting.objects.filter(key="contact_telephone").update(value="0750-3270000")
    notice = convened(case_in(CaseState.PROPOSED)).documents.get()
    assert "联系人：综合组，联系电话：0750-3270000。" in printed(notice)


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        (MeetingKind.LEADING_GROUP, "江门市扫黑除恶专项斗争领导小组会议纪要"),
        (MeetingKind.SPECIAL, "江门市扫黑除恶专项斗争专题会议纪要"),
        (MeetingKind.JOINT, "江门市扫黑除恶专项斗争联席会议纪要"),
    ],
)
def test_minutes_bear_the_kind_of_their_meeting(kind, mark):
    meeting = called(kind=kind, topic="" if kind == MeetingKind.LEADING_GROUP else TOPIC)
    facts = meeting_paper(DocumentKind.MEETING_MINUTES, meeting, number="江扫黑会纪〔2026〕1号", dated=BEGINS.date())
    assert facts["mark"] == mark


def test_a_notice_needs_an_agenda_people_and_an_hour_ahead_and_goes_out_once():
    meeting, unit = called(), cast.unit(cast.TOWN)
    with refused("会议还没有议题，请先列入议题再通知。"):
        convene_meeting(meeting, by=officer(), units=[unit], posts=[])
    with_item(meeting)
    with refused("还没有选参会单位或者参会人员，请至少选一个再通知。"):
        convene_meeting(meeting, by=officer(), units=[], posts=[])
    with time_machine.travel(AFTER, tick=False), refused(f"会议时间{WHEN}已过，请改定今后的时间。"):
        convene_meeting(meeting, by=officer(), units=[unit], posts=[])
    convene_meeting(meeting, by=officer(), units=[unit], posts=[])
    with refused(f"{TITLE}现在是“已通知”，不能再印发会议通知。"):
        convene_meeting(meeting, by=officer(), units=[unit], posts=[])


def test_each_of_those_convened_signs_once():
    meeting = convened()
    receive_meeting_notice(invitation_of(meeting, LIAISON), by=cast.person(LIAISON))
    sentence = "褚十二已于2026年11月23日 10:00签收这份会议通知，不必重复签收。"
    with refused(sentence):
        receive_meeting_notice(invitation_of(meeting, HEAD), by=cast.head(cast.TOWN))
    deputy = invitation_of(meeting, "deputy")
    with not_theirs():
        receive_meeting_notice(deputy, by=officer())
    with time_machine.travel(AFTER, tick=False):
        attended(meeting)
        with refused(f"{TITLE}现在是“已召开，待印发纪要”，不必再签收会议通知。"):
            receive_meeting_notice(deputy, by=cast.person("deputy"))


def test_who_came_is_written_down_after_the_notice_and_the_hour():
    planned_only = called()
    with refused("还没有印发会议通知，不能登记到会情况，请先通知。"):
        attended(planned_only)
    meeting = convened()
    with refused(f"会议定于{chinese_datetime(BEGINS)}开始，开始前不能登记到会情况，请在会后登记。"):
        attended(meeting)


def test_attendance_names_in_whose_stead_somebody_came():
    came = {
        "deputy": Came(Presence.ATTENDED, "曹二一", "市扫黑办副主任"),
        "director": Came(Presence.ON_LEAVE),
        f"unit_{cast.TOWN}": Came(Presence.SAT_IN, "褚十二"),
    }
    meeting = held(came=came)
    assert meeting.state == MeetingState.HELD
    rows = {one.attended_name: one for one in Invitation.objects.of_meeting(meeting) if one.was_there}
    assert rows["曹二一"].came.endswith("（代市扫黑除恶专项斗争领导小组副组长孙六）")
    assert rows["褚十二"].came == "蓬江区棠下镇联络员褚十二（代党委书记冯十、镇长陈十一）"
    assert rows["赵四"].instead_of == ""


def test_attendance_that_is_not_whole_is_refused():
    meeting = convened()
    nobody = dict.fromkeys(("group_leader", "deputy", "director", f"unit_{cast.TOWN}"), Came(Presence.ABSENT))
    with time_machine.travel(AFTER, tick=False):
        with refused("蓬江区棠下镇的到会情况还缺：到会人、职务。"):
            attended(meeting, **{f"unit_{cast.TOWN}": Came(Presence.SAT_IN)})
        with refused(f"{post_of('director')}的到会情况还缺：到会情况。"):
            attended(meeting, director=Came(""))
        with refused("没有一人到会，会议没有开成；请核对到会情况，或者取消会议另行召集。"):
            attended(meeting, **nobody)


def test_a_meeting_says_where_it_stands_or_what_is_left_to_do_once_its_hour_has_passed():
    planned_only, sent, done = called(), convened(), minuted().meeting
    assert [one.state_words for one in (planned_only, sent)] == ["拟开，未通知", "已通知"]
    with time_machine.travel(AFTER, tick=False):
        assert [one.state_words for one in (planned_only, sent, done)] == [
            "会议时间已过，没有通知",
            "会议时间已过，待登记到会情况",
            "已印发纪要",
        ]


def test_nothing_is_concluded_or_agreed_before_it_is_held():
    meeting = convened()
    words = f"{TITLE}还没有登记到会情况，不能登记{{}}，请在会后先登记到会情况。"
    with refused(words.format("结论")):
        concluded(meeting.items.get())
    with refused(words.format("议定事项")):
        recorded(meeting, agreed())


def test_a_meeting_decides_by_a_leader_who_attended_in_person():
    case = case_in(CaseState.PROPOSED)
    item = concluded(held(case).items.get())
    assert item.decided_by == cast.person("group_leader")


def test_a_meeting_without_an_approving_post_decides_nothing():
    case = case_in(CaseState.PROPOSED)
    came = {"group_leader": Came(Presence.ATTENDED, "曹二一", "市委副秘书长")}
    meeting = held(case, came=came, chair=post_of("group_leader"))
    sentence = (
        f"{TITLE}没有有权审定的领导（组长、第一副组长）本人出席，不能由会议审定；"
        "请由有权审定的领导线上审定，或者另行开会审定。"
    )
    for decider in (None, cast.person("group_leader")):
        with refused(f"办公室设定：{sentence}"):
            concluded(meeting.items.get(), decided_by=decider)
    assert concluded(meeting.items.get(), decision="", decided_by=None).conclusion


def test_a_leader_who_was_not_there_decides_nothing():
    case = case_in(CaseState.PROPOSED)
    meeting = held(case)
    sentence = f"钱五没有本人出席{TITLE}，不能在会上作出审定；请选本人出席的有权审定的领导。"
    with refused(f"办公室设定：{sentence}"):
        concluded(meeting.items.get(), decided_by=cast.person("first_deputy"))


def test_a_collective_conclusion_bears_three_names_of_people_who_came_and_are_not_of_the_unit():
    case = case_in(CaseState.PROPOSED)
    meeting = held(case, came={"deputy": Came(Presence.ABSENT)})
    item, rows = meeting.items.get(), {str(one): one for one in Invitation.objects.of_meeting(meeting)}
    town, absent = rows.pop("蓬江区棠下镇"), rows.pop(str(post_of("deputy")))
    two = list(rows.values())
    with refused(by_the_office("集体结论须有至少3人参加讨论并列名，现有2人，请补齐。")):
        concluded(item, is_collective=True, people=two)
    with refused(by_the_office(f"{absent}没有到会，不能列名集体结论，请选到会的人员。")):
        concluded(item, is_collective=True, people=[*two, absent])
    sentence = f"冯十任职于{case.unit.full_name}，应当回避，不能列名关于本单位的集体结论。"
    with refused(by_the_office(sentence)):
        concluded(item, is_collective=True, people=[*two, town])
    other = held(came={})
    names = list(Invitation.objects.of_meeting(other))
    item = concluded(other.items.get(), is_collective=True, people=names)
    assert len(item.names_concluded) == len(names)
    sentence = "赵四已列名第1项议题的结论，到会情况不能改为没有到会；请先更正结论。"
    deputy = invitation_of(other, "deputy").pk
    with time_machine.travel(AFTER, tick=False), refused(sentence):
        attended(other, group_leader=Came(Presence.ABSENT), presided=deputy)


def test_two_without_an_account_are_two_persons_who_stand_for_a_conclusion():
    """Each by name and post: the form names them both again, and neither may turn out to have stayed away."""
    came = {
        "deputy": Came(Presence.ATTENDED, "曹二一", "市扫黑办副主任"),
        "director": Came(Presence.ATTENDED, "曹二二", "市扫黑办科长"),
    }
    meeting = held(came=came)
    people = list(Invitation.objects.of_meeting(meeting))
    away = next(one for one in people if one.attended_name == "曹二二")
    with time_machine.travel(AFTER, tick=False):
        item = concluded(meeting.items.get(), is_collective=True, people=[one for one in people if one != away])
        assert set(ConclusionForm(item=item).initial["people"]) == {one.pk for one in people} - {away.pk}
        attended(meeting, **came | {"director": Came(Presence.ABSENT)})
        with refused("曹二一已列名第1项议题的结论，到会情况不能改为没有到会；请先更正结论。"):
            attended(meeting, **came | {"deputy": Came(Presence.ABSENT)})


def test_a_resolution_names_unit_and_date():
    meeting = held()
    with refused("第1项议定事项还缺：承办单位。", "第2项议定事项还缺：完成时限。"):
        recorded(meeting, agreed(code=""), agreed(due_on=None))
    early = BEGINS.date() - timedelta(days=1)
    with refused("第1项议定事项的完成时限2026年11月24日早于会议当日，请核对。"):
        recorded(meeting, agreed(due_on=early))
    recorded(meeting, agreed(), agreed("每周报告一次进展。"))
    recorded(meeting, agreed("只留这一项工作。"))
    assert [one.text for one in meeting.resolutions.all()] == ["只留这一项工作。"]


def test_minutes_are_issued_once_after_it_was_held_and_every_item_concluded():
    meeting = convened()
    with refused(f"{TITLE}还没有召开（没有登记到会情况），不能印发会议纪要。"):
        seal_minutes(meeting)
    with time_machine.travel(AFTER, tick=False):
        meeting = attended(meeting)
        with refused("第1项议题“研究年度工作安排”还没有登记结论，不能印发会议纪要。"):
            seal_minutes(meeting)
        concluded(meeting.items.get())
        with refused(NOT_AS_SHOWN):
            seal_minutes(meeting, seen="别的")
        seal_minutes(meeting)
        with refused(f"{TITLE}现在是“已印发纪要”，不能再印发会议纪要。"):
            seal_minutes(meeting)
        with refused(f"{TITLE}现在是“已印发纪要”，不能再登记议定事项。"):
            recorded(meeting, agreed())


def test_minutes_are_not_issued_where_only_the_leader_who_decided_or_the_collective_is_another():
    case = case_in(CaseState.PROPOSED)
    meeting = held(case, came={"deputy": Came(Presence.ATTENDED, "钱五")})
    item = meeting.items.get()
    people = [one for one in Invitation.objects.of_meeting(meeting) if one.post]
    with time_machine.travel(AFTER, tick=False):
        concluded(item, is_collective=True, people=people)
        seen = digest_of_meeting(meeting)
        concluded(item, is_collective=True, people=people, decided_by=cast.person("first_deputy"))
        with refused(NOT_AS_SHOWN):
            seal_minutes(meeting, seen=seen)
        seen = digest_of_meeting(meeting)
        AgendaItem.objects.filter(pk=item.pk).update(is_collective=False)
        with refused(NOT_AS_SHOWN):
            seal_minutes(meeting, seen=seen)
        AgendaItem.objects.filter(pk=item.pk).update(is_collective=True)
        words = printed(seal_minutes(meeting, seen=seen))
    assert "审定领导：钱五" in words
    assert "参加集体讨论并同意上述结论的：" in words


def test_the_minutes_say_what_was_concluded_and_agreed_and_who_came():
    case = case_in(CaseState.PROPOSED)
    paper = minuted(case)
    assert (paper.kind, paper.number) == (DocumentKind.MEETING_MINUTES, "江扫黑会纪〔2026〕1号")
    lines = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert lines[-2:] == ["issue_meeting_minutes", Verb.HAND_OUT_ASSIGNMENT]
    words = Document.objects.get(pk=paper.pk).html.replace("<br>", "")
    for text in ("赵四", "出席", "列席", "议定事项"):
        assert text in words
    town = cast.person(HEAD)
    assert not Document.objects.visible_to(town).exists()
    assert [one.text for one in Resolution.objects.visible_to(town)] == ["逐户清退违规收取的费用。"]
    assert Alert.objects.filter(recipient=town, assignment__isnull=False).count() == 1


def test_a_unit_sees_of_meetings_its_notices_and_what_was_given_to_it():
    meeting = written()
    town, county = cast.head(cast.TOWN), cast.head(cast.COUNTY)
    assert list(Meeting.objects.visible_to(town)) == [meeting]
    assert not Meeting.objects.visible_to(county).exists()
    assert not Resolution.objects.visible_to(town).exists()
    assert not AgendaItem.objects.visible_to(town).exists()


def test_minutes_of_what_one_may_not_see_are_neither_read_nor_issued():
    case = case_in(CaseState.PROPOSED)
    meeting = written(case)
    director = cast.person("director")
    appoint(director, case.unit, PostKind.LEADER_IN_CHARGE, "副镇长")
    with time_machine.travel(AFTER, tick=False):
        with not_theirs():
            seal_minutes(meeting)
        paper = seal_minutes(meeting, by="officer")
    assert not Document.objects.visible_to(cast.person("director")).filter(pk=paper.pk).exists()
    assert Document.objects.visible_to(cast.person("second_officer")).filter(pk=paper.pk).exists()


def test_whoever_was_convened_learns_that_it_is_cancelled():
    meeting = convened()
    with refused("尚未写明取消的原因。"):
        cancel_meeting(meeting, by=officer(), reason=" ")
    assert cancel_meeting(meeting, by=officer(), reason=" 领导另有安排。\n").cancel_reason == "领导另有安排。"
    assert Event.objects.get(verb="cancel_meeting").data["reason"] == "领导另有安排。"
    alerted = Alert.objects.filter(recipient=cast.person(HEAD), text__contains="取消")
    assert [one.text for one in alerted] == [f"原定{WHEN}的{TITLE}取消：领导另有安排。"]
    with refused(f"{TITLE}现在是“已取消”，不能再取消。"):
        cancel_meeting(fresh(meeting), by=officer(), reason="再取消一次。")


def test_the_minutes_name_who_in_fact_presided():
    meeting = convened()
    rows = {str(one): one for one in Invitation.objects.of_meeting(meeting)}
    deputy, chair = rows[str(post_of("deputy"))], rows[str(post_of("group_leader"))]
    gone = {"group_leader": Came(Presence.ON_LEAVE)}
    with time_machine.travel(AFTER, tick=False):
        sentence = f"主持人{post_of('group_leader')}没有到会，请在“实际主持人”里选由谁主持了会议。"
        with refused(sentence):
            attended(meeting, **gone)
        with refused(f"{chair.label}没有到会，不能是实际主持人，请选到会的人员。"):
            attended(meeting, presided=chair.pk, **gone)
        meeting = attended(meeting, presided=deputy.pk, **gone)
        assert meeting.presided_by == "市扫黑除恶专项斗争领导小组副组长孙六"
        concluded(meeting.items.get())
        words = printed(seal_minutes(meeting))
    assert "副组长孙六同志在" in words
    assert "组长赵四同志" not in words
    assert chair.label in words


def test_who_was_to_chair_presided_where_they_came_or_somebody_in_their_stead():
    assert held().presided_by == "市扫黑除恶专项斗争领导小组组长赵四"
    stead = held(came={"group_leader": Came(Presence.ATTENDED, "曹二一", "市委副秘书长")})
    assert stead.presided_by == "市委副秘书长曹二一"


def test_a_post_that_changes_hands_is_convened_as_whoever_holds_it_now():
    meeting = convened()
    sent, former, newer = post_of("deputy"), cast.person("deputy"), cast.person("first_deputy")
    Post.objects.filter(pk=sent.pk).update(ended_on=clock.today())
    appoint(newer, sent.unit, sent.kind, sent.title)
    newer = cast.person("first_deputy")
    invitation = Invitation.objects.of_person(newer).get(meeting=meeting)
    with not_theirs():
        receive_meeting_notice(invitation, by=cast.person(former.username))
    assert receive_meeting_notice(invitation, by=newer).received_by == newer
    with time_machine.travel(AFTER, tick=False):
        attended(meeting)
    came = Invitation.objects.get(pk=invitation.pk)
    assert (came.attended_by, came.instead_of) == (newer, "")


def test_a_notice_to_a_post_of_a_unit_is_seen_by_who_holds_it_now_and_by_nobody_else_there():
    meeting = convened()
    town = cast.unit(cast.COUNTY)
    leader, newer = cast.head(cast.COUNTY), cast.person(f"liaison_{cast.COUNTY}")
    sent = Post.objects.get(holder=leader, unit=town)
    Invitation.objects.create(meeting=meeting, post=sent)
    Post.objects.filter(holder__in=[leader, newer], unit=town).update(ended_on=clock.today())
    appoint(newer, town, PostKind.LIAISON, sent.title)
    assert not Meeting.objects.visible_to(cast.person(newer.username)).exists()
    appoint(newer, town, sent.kind, "区委书记（主持工作）")
    assert list(Meeting.objects.visible_to(cast.person(newer.username))) == [meeting]


def test_who_held_the_same_title_beside_them_does_not_take_over_from_who_leaves():
    meeting, sent, leaves = convened(), post_of("deputy"), clock.today() + timedelta(days=1)
    beside = appoint(cast.person("first_deputy"), sent.unit, sent.kind, sent.title).holder
    Post.objects.filter(pk=sent.pk).update(ended_on=leaves)
    invitation = Invitation.objects.get(meeting=meeting, post=sent)
    with time_machine.travel(AFTER - timedelta(days=1), tick=False):
        assert not Invitation.objects.of_person(cast.person("first_deputy")).filter(meeting=meeting).exists()
        with not_theirs():
            receive_meeting_notice(invitation, by=cast.person("first_deputy"))
        assert people_of(Invitation.objects.of_meeting(meeting).get(pk=invitation.pk)) == []
    with time_machine.travel(AFTER, tick=False):
        attended(meeting)
        assert Invitation.objects.get(pk=invitation.pk).attended_by != beside
        later = appoint(cast.person("second_officer"), sent.unit, sent.kind, sent.title).holder
        assert people_of(Invitation.objects.of_meeting(meeting).get(pk=invitation.pk)) == [later]
        assert Invitation.objects.of_person(cast.person("second_officer")).get(meeting=meeting) == invitation


def test_who_came_by_two_invitations_stands_for_a_collective_conclusion_once():
    meeting = held()
    rows = list(Invitation.objects.of_meeting(meeting))
    leader, other = (next(one for one in rows if one.post == post_of(name)) for name in ("group_leader", "deputy"))
    shown = {"attended_by": leader.attended_by, "attended_name": leader.attended_name}
    Invitation.objects.filter(pk=other.pk).update(**shown)
    people = [one for one in Invitation.objects.of_meeting(meeting) if one.post and one.post != post_of("director")]
    assert len(people) == 2
    town = Invitation.objects.of_meeting(meeting).get(unit=cast.unit(cast.TOWN))
    with refused(by_the_office("集体结论须有至少3人参加讨论并列名，现有2人，请补齐。")):
        concluded(meeting.items.get(), is_collective=True, people=[*people, town])
    director = Invitation.objects.of_meeting(meeting).get(post=post_of("director"))
    item = concluded(meeting.items.get(), is_collective=True, people=[*people, town, director])
    assert len(item.names_concluded) == 3


def test_all_who_were_convened_hear_of_an_item_that_is_added_as_the_notice_would_say_it():
    meeting, case = convened(), case_in(CaseState.PROPOSED)
    with_item(meeting, title="研究冬季整治工作")
    item = with_item(meeting, case)
    words = Alert.objects.filter(recipient=cast.person(HEAD), text__contains="增加议题").values_list("text", flat=True)
    added = f"{TITLE}（{WHEN}）增加议题："
    assert sorted(words) == sorted([f"{added}研究冬季整治工作。", f"{added}审定有关事项。"])
    assert Alert.objects.filter(recipient=cast.person("deputy"), key__endswith=f"item:{item.pk}").exists()
    with_item(called(), title="还没有通知的议题")
    assert not Alert.objects.filter(text__contains="还没有通知的议题").exists()


def test_a_unit_that_attends_for_one_item_hears_of_no_other_that_is_added():
    meeting = called()
    own = add_agenda_item(meeting, **_in_words("研究养殖污染整治"), units=[cast.unit(cast.COUNTY)])
    town, county = cast.unit(cast.TOWN), f"head_{cast.COUNTY}"
    convene_meeting(meeting, by=officer(), units=[town], posts=[])
    add_agenda_item(meeting, **_in_words("研究冬季整治工作"))
    with_item(meeting, case_in(CaseState.PROPOSED))
    further = add_agenda_item(meeting, **_in_words("研究禁养区划定"), units=[cast.unit(cast.COUNTY)])
    added = Alert.objects.filter(text__contains="增加议题")
    assert [f"增加议题：{further.title}" in one.text for one in added.filter(recipient__username=county)] == [True]
    assert added.filter(recipient=cast.person(HEAD)).count() == 3
    assert added.filter(recipient=cast.person("group_leader")).count() == 3
    assert set(AgendaItem.objects.visible_to(cast.person(county))) == {own, further}


def test_the_notice_that_all_read_names_every_item_in_words():
    """One paper with one number: the form says so to who writes the title."""
    meeting = called()
    add_agenda_item(meeting, **_in_words("研究养殖污染整治"), units=[cast.unit(cast.COUNTY)])
    with_item(meeting, title="研究冬季整治工作")
    notice = convene_meeting(meeting, by=officer(), units=[], posts=[])
    assert "研究冬季整治工作" in notice.html
    helps = AgendaItemForm(by=officer()).fields
    assert "参会、列席的单位都看得到" in helps["title"].help_text
    assert "其他议题只看得到会议通知上的名称" in helps["units"].help_text


def _in_words(title):
    return {"by": officer(), "title": title, "case": None, "measure": None, "presenter": ""}
