"""Two persons at once: the second hears who was first, still has what they wrote, and overwrites nothing."""

from functools import partial

import pytest
import time_machine

from tests import cast
from tests.meetings import AFTER, agreed, attended, called, concluded, convened, held, planned, recorded
from tests.rounds import announced, found, there, visit_of
from tests.rounds import concluded as concluded_there
from tests.rounds import planned as planned_plan
from tests.web import Visitor
from yuetan.actions.meeting.attendance import Came
from yuetan.actions.meeting.meetings import plan_shown, revise_meeting
from yuetan.actions.rounds.planning import plan_round, revise_round, round_shown
from yuetan.models import AgendaItem, Invitation, Meeting, Resolution, RoundVisit, SupervisionRound
from yuetan.vocabulary import Presence

pytestmark = pytest.mark.usefixtures("office")
FIRST = "张一已于"
AFTERWARDS = "与您打开本页时的不同；您写的仍在本页"


def opened(url):
    """The form as the second officer opened it."""
    second = Visitor(cast.person("second_officer"))
    second.open(url)
    return second


def refused_then_saved(second, kept, **sent):
    """Refused with the name of who was first and what was written still there; then saved knowingly."""
    page = second.press("保存", expect=422, **sent)
    assert FIRST in page
    assert AFTERWARDS in page
    assert [kept] in page.forms[-1].values.values()
    second.press("保存", **sent)


def test_the_second_to_write_down_who_came_overwrites_nothing():
    meeting = convened()
    with time_machine.travel(AFTER, tick=False):
        second = opened(f"/meetings/{meeting.pk}/attendance/")
        attended(meeting, deputy=Came(Presence.ABSENT))
        rows = {one.pk: one for one in Invitation.objects.of_meeting(meeting)}
        came = {f"presence_{key}": "attended" for key in rows}
        came |= {f"name_{key}": "冯十" for key, one in rows.items() if one.unit is not None}
        page = second.press("保存", expect=422, observers="市委政法委张二", **came)
        assert FIRST in page
        assert page.forms[-1].values["observers"] == ["市委政法委张二"]
        assert meeting.invitations.filter(presence=Presence.ABSENT).count() == 1
        second.press("保存", observers="市委政法委张二", **came)
    assert not meeting.invitations.filter(presence=Presence.ABSENT).exists()


def test_the_second_to_write_a_conclusion_or_what_was_agreed_overwrites_nothing():
    meeting = held()
    item = meeting.items.get()
    with time_machine.travel(AFTER, tick=False):
        second = opened(f"/meetings/items/{item.pk}/conclusion/")
        concluded(item)
        refused_then_saved(second, "另一个结论。", conclusion="另一个结论。")
        assert AgendaItem.objects.get(pk=item.pk).conclusion == "另一个结论。"
        second = opened(f"/meetings/{meeting.pk}/resolutions/")
        recorded(meeting, agreed("先写下的一项。"))
        row = {"agreed-0-text": "后写的一项。", "agreed-0-unit": "蓬江区棠下镇", "agreed-0-due_on": "2026-12-20"}
        page = second.press("增加一项", **row)
        assert AFTERWARDS not in page
        refused_then_saved(second, "后写的一项。", **row)
    assert [one.text for one in Resolution.objects.all()] == ["后写的一项。"]


def test_the_second_to_change_a_plan_overwrites_nothing():
    meeting = called()
    second = opened(f"/meetings/{meeting.pk}/revise/")
    changed = planned(place="302会议室")
    revise_meeting(meeting, by=cast.person("officer"), planned=changed, seen=plan_shown(meeting))
    refused_then_saved(second, "九楼会议室", place="九楼会议室")
    assert Meeting.objects.get(pk=meeting.pk).place == "九楼会议室"
    of_round = plan_round(by=cast.person("officer"), planned=planned_plan())
    second = opened(f"/rounds/{of_round.pk}/revise/")
    change = partial(revise_round, of_round, by=cast.person("officer"), seen=round_shown(of_round))
    change(planned=planned_plan(title="先改的督导"))
    refused_then_saved(second, "后改的督导", title="后改的督导")
    assert SupervisionRound.objects.get().title == "后改的督导"


def test_the_second_to_write_the_conclusion_of_a_visit_overwrites_nothing():
    of_visit = visit_of(announced())
    found(of_visit)
    with time_machine.travel(there(), tick=False):
        second = opened(f"/rounds/visits/{of_visit.pk}/conclude/")
        concluded_there(of_visit)
        second.press("登记集体结论", expect=422, conclusion="后写的结论。", concluded_on=there().date().isoformat())
    assert FIRST in second.page
    assert second.page.forms[-1].values["conclusion"] == ["后写的结论。"]
    assert RoundVisit.objects.get(pk=of_visit.pk).conclusion != "后写的结论。"
