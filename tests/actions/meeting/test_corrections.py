"""更正会议纪要: by two persons, as a new paper; what units were given to do, and what is cited, stays as it is."""

from datetime import date, timedelta
from importlib import import_module

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from tests import cast
from tests.assignments import take
from tests.factories import case_in
from tests.meeting_corrections import BETTER, REASON, drafted, issued, one_more, standing
from tests.meetings import AFTER, DUE, agreed, fresh, minuted, post_of, printed
from tests.refusals import appoint, by_the_office, not_theirs, nothing_stored, refused, refused_among
from yuetan.actions.meeting import correction as corrections
from yuetan.actions.meeting.attendance import Came
from yuetan.actions.meeting.correction import corrected_paper, digest_to_correct, withdraw_meeting_correction
from yuetan.actions.proposal.registration import register_decision
from yuetan.errors import Refused
from yuetan.models import (
    Alert,
    Assignment,
    Case,
    Document,
    Event,
    Invitation,
    Meeting,
    MeetingCorrection,
    Resolution,
)
from yuetan.vocabulary import CaseState, PostKind, Presence, Verb

DRAFTS_PUT_RIGHT = import_module("yuetan.migrations.0127_records_kept_whole").DRAFTS
pytestmark = pytest.mark.usefixtures("office")
TITLE = "领导小组2026年第1次会议"
HEAD = f"head_{cast.TOWN}"
MEANWHILE = (
    "张一已于2026年11月25日 13:00保存了会议纪要或者更正稿，与您打开本页时的不同；您写的仍在本页，"
    "请另开一页看过现在的内容，合并后再保存。"
)
HANDED_OUT = (
    "第1项议定事项已交办蓬江区棠下镇，内容、承办单位和时限不能由更正改变；"
    "只改时限的，由该单位申请延期；其他要改的，请先由主任撤销对该单位的交办，再更正。"
)


def officer():
    return cast.person("officer")


@pytest.fixture
def meeting(office):
    """A meeting with its minutes, that afternoon."""
    paper = minuted()
    with time_machine.travel(AFTER + timedelta(hours=1), tick=False):
        yield fresh(paper.meeting)


def test_a_correction_is_a_new_paper_that_names_the_old_one_which_stays(meeting):
    old = meeting.minutes
    drafted(meeting)
    assert fresh(meeting).items.get().conclusion != BETTER
    new = issued(meeting)
    assert (old.number, new.number) == ("江扫黑会纪〔2026〕1号", "江扫黑会纪〔2026〕2号")
    old = Document.objects.get(pk=old.pk)
    assert old.replaced_by == new == fresh(meeting).minutes
    words = Document.objects.get(pk=new.pk).html.replace("<br>", "")
    assert f"因{REASON}，现予更正重印，由本纪要替代" in "".join(words.split())
    assert fresh(meeting).items.get().conclusion == BETTER
    assert list(Document.objects.visible_to(cast.person("group_leader")).filter(pk__in=[old.pk, new.pk])) == [new, old]


def test_who_was_convened_and_who_has_something_to_do_is_alerted(meeting):
    with time_machine.travel(AFTER + timedelta(hours=2), tick=False):
        drafted(meeting, agreed=one_more(meeting))
        issued(meeting)
    words = f"{TITLE}纪要（江扫黑会纪〔2026〕1号）已更正，以江扫黑会纪〔2026〕2号为准：{REASON}"
    alerted = set(Alert.objects.filter(text=words).values_list("recipient__username", flat=True))
    assert {HEAD, f"liaison_{cast.TOWN}", f"head_{cast.COUNTY}", "group_leader", "deputy"} <= alerted
    assert "director" not in alerted


def test_it_takes_two_persons_of_whom_each_sees_the_whole(meeting):
    drafted(meeting)
    with refused(by_the_office("更正稿由张一拟定，请由另一人核对后印发。")):
        issued(meeting, by="officer")
    for username in ("group_leader", "supervisor", HEAD):
        with not_theirs():
            issued(meeting, by=username)
        with not_theirs():
            drafted(meeting, by=username)


def test_minutes_of_what_one_may_not_see_are_not_corrected(office):
    case = case_in(CaseState.PROPOSED)
    paper = minuted(case)
    appoint(cast.person("second_officer"), case.unit, PostKind.LEADER_IN_CHARGE, "副镇长")
    with time_machine.travel(AFTER, tick=False), not_theirs():
        drafted(paper.meeting, by="second_officer", observers="市委政法委张一")


def test_only_what_is_issued_is_corrected_with_a_reason_and_a_change(meeting):
    with refused("尚未写明更正的原因。"):
        drafted(meeting, reason="  ")
    with refused("更正后的内容与已印发的纪要相同，无需更正；已拟的更正稿不再需要的，请放弃更正。"):
        drafted(meeting, observers=meeting.observers)
    with refused("第1项议题还缺：结论。"):
        drafted(meeting, conclusion="")
    with refused("第1项议题还缺：议题。"):
        drafted(meeting, title="")
    with refused(f"{TITLE}没有待印发的更正稿，可能已经印发或者放弃，请刷新页面。"):
        issued(meeting)


def test_what_was_written_meanwhile_is_not_overwritten_or_issued_unseen(meeting):
    draft = drafted(meeting)
    with refused(MEANWHILE):
        drafted(meeting, seen="别的", conclusion="另一个结论。")
    drafted(meeting, by="second_officer", conclusion="另一个结论。")
    with refused("会议记录在您打开本页以后已有变动，请看过现在的文稿再印发。"):
        issued(meeting, seen=draft.digest)
    assert MeetingCorrection.objects.count() == 1


def test_a_reason_that_changed_meanwhile_is_not_overwritten_unseen(meeting):
    draft = drafted(meeting, reason="结论文字有误")
    opened = digest_to_correct(meeting)
    drafted(meeting, by="second_officer", reason="与会议记录不符", conclusion=BETTER)
    with refused_among("保存了会议纪要或者更正稿，与您打开本页时的不同"):
        drafted(meeting, seen=opened, conclusion="另一个结论。")
    draft.refresh_from_db()
    assert draft.reason == "与会议记录不符"


def test_who_came_is_put_right_but_not_who_a_conclusion_rests_on(meeting):
    row = Invitation.objects.get(meeting=meeting, post=post_of("deputy"))
    came = standing(meeting).came
    drafted(meeting, came={**came, row.pk: Came(Presence.ON_LEAVE)}, observers="市委政法委副书记张二")
    issued(meeting)
    assert Invitation.objects.get(pk=row.pk).presence == Presence.ON_LEAVE
    assert fresh(meeting).observers == "市委政法委副书记张二"
    with refused(f"{row.label}的到会情况还缺：到会情况。"):
        drafted(meeting, came={**standing(fresh(meeting)).came, row.pk: Came("")})


def test_who_presided_is_put_right(meeting):
    row = Invitation.objects.get(meeting=meeting, post=post_of("deputy"))
    drafted(meeting, presided=row.pk)
    paper = issued(meeting)
    assert fresh(meeting).presided_by == "市扫黑除恶专项斗争领导小组副组长孙六"
    assert "副组长孙六同志在" in printed(paper)


def test_a_draft_by_which_nobody_who_was_there_presided_is_read_through_before_it_is_issued(meeting):
    """0118 let whoever presided preside by a draft that has them away; 0127 mends it, for no row could say so."""
    row = Invitation.objects.get(meeting=meeting, presided=True)
    draft = drafted(meeting)
    put_right(draft)
    assert presided_by(draft) == [str(row.pk)]
    draft.text["invitation"][str(row.pk)] |= {"presence": Presence.ABSENT, "attended_by_id": None}
    draft.text["invitation"][str(row.pk)] |= {"attended_name": "", "attended_title": "", "instead_of": ""}
    draft.save()
    put_right(draft)
    assert presided_by(draft) == []
    with refused(f"{TITLE}的更正稿没有写明由谁主持了会议，请打开更正稿，核对“实际主持人”并保存，再印发。"):
        issued(meeting)
    drafted(meeting)
    assert issued(meeting).number


def put_right(draft):
    with connection.cursor() as cursor:
        cursor.execute(DRAFTS_PUT_RIGHT)
    draft.refresh_from_db()


def presided_by(draft):
    return [key for key, came in draft.text["invitation"].items() if came["presided"]]


def test_a_leader_who_decided_stays_there(office):
    case = case_in(CaseState.PROPOSED)
    paper = minuted(case)
    meeting = paper.meeting
    row = Invitation.objects.get(meeting=meeting, post=post_of("group_leader"))
    sentence = "赵四已列名第1项议题的结论，到会情况不能改为没有到会；请先更正结论。"
    other = Invitation.objects.get(meeting=meeting, post=post_of("deputy"))
    with time_machine.travel(AFTER, tick=False), refused(sentence):
        drafted(meeting, came={**standing(meeting).came, row.pk: Came(Presence.ABSENT)}, presided=other.pk)


def test_a_conclusion_that_is_cited_is_not_rewritten(office):
    case = case_in(CaseState.PROPOSED)
    meeting = minuted(case).meeting
    with time_machine.travel(AFTER, tick=False):
        drafted(meeting)
        stated = {**dict.fromkeys(("decision", "method", "meeting", "opinion"), ""), "approver": None, "given_on": None}
        case, item = Case.objects.get(pk=case.pk), meeting.items.get()
        register_decision(case, by=officer(), seen=case.proposal_sha256, item=item, proof=None, **stated)
        sentence = (
            "第1项议题的结论已作为审定或者申述答复的凭据引用，不能由更正改写；审定确有错误的，按该事项自身的程序纠正。"
        )
        with refused(by_the_office(sentence)):
            issued(meeting)
        with refused(by_the_office(sentence)):
            drafted(meeting, conclusion="另一个结论。")


@pytest.mark.parametrize(
    "changed", [{"text": "另一件事。"}, {"code": cast.COUNTY}, {"due_on": DUE + timedelta(days=1)}, None]
)
def test_what_a_unit_was_given_to_do_changes_in_no_word_unit_or_day(meeting, changed):
    with refused(by_the_office(HANDED_OUT)):
        drafted(meeting, agreed=[agreed(**changed)] if changed else [])


def test_what_was_forgotten_is_handed_out_with_the_correction(meeting):
    drafted(meeting, agreed=list(reversed(one_more(meeting))))
    assert not Assignment.objects.filter(unit=cast.unit(cast.COUNTY)).exists()
    paper = issued(meeting)
    given = Assignment.objects.get(unit=cast.unit(cast.COUNTY))
    assert given.source_number == paper.number
    assert [task.content for task in given.tasks.all()] == ["公示投诉电话。"]
    assert Assignment.objects.filter(unit=cast.unit(cast.TOWN)).count() == 1
    assert [one.number for one in Resolution.objects.visible_to(cast.head(cast.COUNTY))] == [1]
    town = Assignment.objects.get(unit=cast.unit(cast.TOWN))
    assert town.source_paper == (f"{TITLE}纪要", paper.number)


def test_what_was_revoked_is_put_right_and_handed_out_to_whom_it_was_meant_for(meeting):
    take(Verb.REVOKE_ASSIGNMENT, Assignment.objects.get())
    drafted(meeting, agreed=[agreed(code=cast.COUNTY)])
    issued(meeting)
    units = [(each.unit.code, each.state) for each in Assignment.objects.order_by("created_at")]
    assert units == [(cast.TOWN, "revoked"), (cast.COUNTY, "running")]
    assert not Resolution.objects.visible_to(cast.head(cast.TOWN)).exists()


def test_a_day_that_has_passed_is_not_handed_out(meeting):
    early = [*standing(meeting).agreed, agreed("公示投诉电话。", cast.COUNTY, date(2026, 11, 26))]
    drafted(meeting, agreed=early)
    with time_machine.travel(AFTER + timedelta(days=2), tick=False):
        sentence = "第2项议定事项要另行交办，完成时限2026年11月26日已过，请在更正稿里另定时限。"
        with refused(by_the_office(sentence)):
            issued(meeting)
        with refused(by_the_office(sentence)):
            drafted(meeting, agreed=early, observers="张一")


def test_a_draft_is_given_up_with_a_reason_and_the_minutes_stay(meeting):
    draft = drafted(meeting)
    with refused("尚未写明放弃更正的原因。"):
        withdraw_meeting_correction(meeting, by=cast.person("director"), reason="")
    given_up = withdraw_meeting_correction(meeting, by=cast.person("director"), reason=" 原文无误。\n")
    assert given_up.withdrawal_reason == "原文无误。"
    assert Event.objects.get(verb="withdraw_meeting_correction").data["reason"] == "原文无误。"
    assert Alert.objects.get(text__contains="放弃了").recipient == draft.drafted_by
    assert fresh(meeting).minutes.number == "江扫黑会纪〔2026〕1号"
    assert drafted(meeting).pk != draft.pk


def test_the_paper_is_looked_at_without_anything_staying(meeting):
    drafted(meeting)
    with nothing_stored():
        facts = corrected_paper(fresh(meeting), by=cast.person("director"))
    assert any(BETTER.rstrip("。") in part.text for part in facts["body"])


def test_each_act_is_a_line_of_the_log(meeting):
    drafted(meeting)
    issued(meeting)
    lines = set(Event.objects.values_list("verb", flat=True))
    assert {"correct_meeting_minutes", "issue_meeting_correction"} <= lines


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("meeting", "observers = '另有人'"),
        ("meeting", "place = '别处'"),
        ("agendaitem", "conclusion = '另一个结论。'"),
        ("agendaitem", "decision = 'declined'"),
        ("agendaitem", "discussion = '另一个过程。'"),
        ("invitation", "presence = 'absent', attended_name = '', attended_by_id = NULL, attended_title = ''"),
        ("resolution", "due_on = due_on + 1"),
    ],
)
def test_the_database_lets_through_what_the_correction_says_and_nothing_else(meeting, table, change):
    for is_corrected in (False, True):
        if is_corrected:
            drafted(meeting)
            issued(meeting)
        with pytest.raises(DatabaseError), transaction.atomic():
            _straight(f"UPDATE yuetan_{table} SET {change}")
        with pytest.raises(DatabaseError), transaction.atomic():
            _straight("DELETE FROM yuetan_resolution")


def test_a_correction_that_was_issued_never_changes(meeting):
    drafted(meeting)
    issued(meeting)
    with pytest.raises(DatabaseError), transaction.atomic():
        _straight("UPDATE yuetan_meetingcorrection SET reason = '另一个原因'")
    assert Meeting.objects.count() == 1


def _straight(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_paper_of_a_draft_that_was_issued_meanwhile_is_refused(meeting, monkeypatch):
    drafted(meeting)
    held_alone = corrections.dry_run

    def once_another_has_issued_it():
        issued(meeting)
        return held_alone()

    monkeypatch.setattr(corrections, "dry_run", once_another_has_issued_it)
    with pytest.raises(Refused, match="没有待印发的更正稿"):
        corrected_paper(meeting, by=cast.person("director"))
