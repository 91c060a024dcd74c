"""A meeting to which very many units were convened: a page of them at a time, with nothing left out unsaid."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.meeting_corrections import issued
from tests.meetings import AFTER, called, concluded, fresh, post_of, with_item
from tests.refusals import refused, refused_among
from tests.web import Visitor
from yuetan.actions.meeting.attendance import Came, attendance_shown, record_attendance
from yuetan.actions.meeting.convening import convene_meeting
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.actions.record.checks.check_meetings import check_meetings
from yuetan.forms.meeting.record import MAX_INVITED
from yuetan.models import Invitation, Unit
from yuetan.vocabulary import MeetingState, Presence, UnitKind

MANY = 60  # units; the posts of the leading group stand before them


@pytest.fixture
def towns(office):
    """So many towns, of which the office knows no people."""
    parent = cast.unit(cast.TOWN).parent
    rows = [Unit(code=f"many-{n:02}", name=f"第{n:02}镇", kind=UnitKind.TOWN, parent=parent) for n in range(MANY)]
    return Unit.objects.bulk_create(rows)


def convened_to(units):
    meeting = called()
    with_item(meeting)
    posts = [post_of("director"), post_of("deputy")]
    convene_meeting(meeting, by=cast.person("officer"), units=units, posts=posts)
    return fresh(meeting)


def invited(meeting):
    return list(Invitation.objects.of_meeting(meeting))


def came_by(rows):
    return {one.pk: Came(Presence.ATTENDED) if one.post else Came(Presence.SAT_IN, "冯十", "镇长") for one in rows}


def record(meeting, rows, **changed):
    came = came_by(rows)
    facts = {"observers": "", "presided": None, "seen": attendance_shown(meeting, came), "came": came}
    return record_attendance(meeting, by=cast.person("officer"), **facts | changed)


def statements(ask):
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_few_are_shown_and_registered_on_one_page(towns):
    meeting = convened_to(towns[:10])
    officer = Visitor(cast.person("officer"))
    page = officer.open(f"/meetings/{meeting.pk}/")
    assert all(one.label in page for one in invited(meeting))
    assert "下一页" not in page
    assert "全部 " not in page
    with time_machine.travel(AFTER, tick=False):
        assert "下一页" not in officer.open(f"/meetings/{meeting.pk}/attendance/")


def test_of_many_a_page_is_shown_with_how_many_stand_how(towns):
    meeting = convened_to(towns)
    rows = invited(meeting)
    Invitation.objects.filter(pk=rows[-1].pk).update(received_by=cast.person("officer"), received_at=AFTER)
    officer = Visitor(cast.person("officer"))
    page = officer.open(f"/meetings/{meeting.pk}/")
    assert rows[MAX_INVITED - 1].label in page
    assert rows[MAX_INVITED].label not in page
    assert f"共 {len(rows)} 条" in page
    assert f"全部 {len(rows)}" in page
    page = officer.click(f"未签收 {len(rows) - 1}")
    assert f"共 {len(rows) - 1} 条" in page
    page = officer.click("下一页")
    assert rows[-2].label in page
    assert rows[-1].label not in page


def test_pages_cost_the_same_statements_for_few_and_many(towns):
    few, many = convened_to(towns[:5]), convened_to(towns)
    officer = Visitor(cast.person("officer"))
    officer.open(f"/meetings/{few.pk}/")
    shown = [statements(lambda key=one.pk: officer.open(f"/meetings/{key}/")) for one in (few, many)]
    assert shown[1] <= shown[0] + 1  # how many stand how
    with time_machine.travel(AFTER, tick=False):
        officer = Visitor(cast.person("officer"))
        officer.open(f"/meetings/{few.pk}/")
        forms = [statements(lambda key=one.pk: officer.open(f"/meetings/{key}/attendance/")) for one in (few, many)]
        written = [statements(lambda one=one: record(one, invited(one)[:MAX_INVITED])) for one in (few, many)]
    assert forms[0] == forms[1] > 0
    assert written[0] == written[1]


def test_attendance_is_registered_a_page_at_a_time_and_the_others_stay(towns):
    """Saved, one is led to the next page; without all of them there are no 会议纪要."""
    meeting = convened_to(towns)
    rows = invited(meeting)
    first, rest = rows[:MAX_INVITED], rows[MAX_INVITED:]
    with time_machine.travel(AFTER, tick=False):
        officer = Visitor(cast.person("officer"))
        officer.open(f"/meetings/{meeting.pk}/attendance/")
        filled = {}
        for one in first:
            filled |= {f"presence_{one.pk}": Presence.ATTENDED.value if one.post else Presence.ON_LEAVE.value}
        page = officer.press("保存", **filled)
        assert rest[0].label in page
        assert first[-1].label not in page
        assert fresh(meeting).state == MeetingState.HELD
        concluded(meeting.items.get())
        words = f"还有{len(rest)}个参会单位、人员没有登记到会情况，不能印发会议纪要，请在“登记到会情况”里逐页登记。"
        with refused(words):
            issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(fresh(meeting)))
        page = officer.press("保存", **{f"presence_{one.pk}": Presence.ABSENT.value for one in rest})
        assert "签收和到会" in page
        stands = Invitation.objects.of_meeting(meeting).order_by("pk").values_list("presence", "presided")
        assert [each for each, _ in stands[3:]] == ["on_leave"] * (MAX_INVITED - 3) + ["absent"] * len(rest)
        assert [presided for _, presided in stands] == [True] + [False] * (len(rows) - 1)
        issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(fresh(meeting)))


def test_who_presided_on_another_page_goes_on_doing_so(towns):
    meeting = convened_to(towns)
    rows = invited(meeting)
    with time_machine.travel(AFTER, tick=False):
        record(meeting, rows[:MAX_INVITED], presided=rows[1].pk)
        officer = Visitor(cast.person("officer"))
        officer.open(f"/meetings/{meeting.pk}/attendance/?last=1")
        officer.press("保存", **{f"presence_{one.pk}": Presence.ABSENT.value for one in rows[-13:]})
        assert Invitation.objects.get(meeting=meeting, presided=True) == rows[1]


def test_a_later_page_is_registered_before_the_one_of_the_chair(towns):
    """Of who did not come it is said that nobody presided once everybody was written down, and not before."""
    meeting = convened_to(towns)
    rows = invited(meeting)
    first, rest = rows[:MAX_INVITED], rows[MAX_INVITED:]
    with time_machine.travel(AFTER, tick=False):
        record(meeting, rest)
        assert fresh(meeting).state == MeetingState.HELD
        away = came_by(first) | {first[0].pk: Came(Presence.ABSENT)}
        with refused(f"主持人{meeting.chair}没有到会，请在“实际主持人”里选由谁主持了会议。"):
            record(meeting, first, came=away)
        record(meeting, first, came=away, presided=rest[0].pk)
        assert Invitation.objects.get(meeting=meeting, presided=True) == rest[0]


def test_who_presided_stands_on_another_page_than_the_chair_who_did_not_come(towns):
    meeting = convened_to(towns)
    rows = invited(meeting)
    with time_machine.travel(AFTER, tick=False):
        officer = Visitor(cast.person("officer"))
        officer.open(f"/meetings/{meeting.pk}/attendance/")
        away = {f"presence_{one.pk}": Presence.ABSENT.value for one in rows[:MAX_INVITED]}
        came = {f"presence_{rows[1].pk}": Presence.ATTENDED.value}
        page = officer.press("保存", **away | came)
        assert rows[-1].label in page
        last = {f"presence_{one.pk}": Presence.ABSENT.value for one in rows[MAX_INVITED:]}
        assert "请在“实际主持人”里选由谁主持了会议" in officer.press("保存", 422, **last).words
        officer.press("保存", **last, presided=str(rows[1].pk))
        assert Invitation.objects.get(meeting=meeting, presided=True) == rows[1]


def test_nobody_of_a_first_page_came_but_somebody_of_the_next(towns):
    meeting = convened_to(towns)
    rows = invited(meeting)
    absent = {one.pk: Came(Presence.ABSENT) for one in rows}
    first, rest = rows[:MAX_INVITED], rows[MAX_INVITED:]
    with time_machine.travel(AFTER, tick=False):
        record(meeting, first, came={one.pk: absent[one.pk] for one in first})
        assert fresh(meeting).state == MeetingState.CONVENED
        assert list(check_meetings()) == []
        with refused("没有一人到会，会议没有开成；请核对到会情况，或者取消会议另行召集。"):
            record(meeting, rest, came={one.pk: absent[one.pk] for one in rest})
        record(meeting, rest, presided=rest[0].pk)
        assert fresh(meeting).state == MeetingState.HELD
        assert list(check_meetings()) == []


def test_two_pages_are_registered_by_two_at_once(towns):
    """What another wrote on another page is not in the way; on the same page it is."""
    meeting = convened_to(towns)
    rows = invited(meeting)
    with time_machine.travel(AFTER, tick=False):
        record(meeting, rows[:MAX_INVITED])
        second, seen = rows[MAX_INVITED:], attendance_shown(meeting, [one.pk for one in rows[MAX_INVITED:]])
        changed = {one.pk: Came(Presence.ABSENT) for one in rows[3:MAX_INVITED]} | came_by(rows[:3])
        record(meeting, rows[:MAX_INVITED], came=changed, seen=attendance_shown(meeting, changed))
        record(meeting, second, seen=seen)
        with refused_among("到会情况"):
            record(meeting, second, seen=seen)


def test_a_correction_of_one_page_leaves_the_others_as_they_are(towns):
    meeting = convened_to(towns)
    rows = invited(meeting)
    with time_machine.travel(AFTER, tick=False):
        record(meeting, rows[:MAX_INVITED])
        record(meeting, rows[MAX_INVITED:])
        concluded(meeting.items.get())
        issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(fresh(meeting)))
        officer = Visitor(cast.person("officer"))
        officer.open(f"/meetings/{meeting.pk}/correction/?last=1")
        last = rows[-1]
        absent = {f"presence_{last.pk}": "absent", f"name_{last.pk}": "", f"title_{last.pk}": ""}
        officer.press("保存更正稿", reason="到会人员记录有误", **absent)
        issued(meeting)
    assert [one.pk for one in invited(meeting) if not one.was_there] == [last.pk]
