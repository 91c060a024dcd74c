"""已办事项 of the rooms of the year: whatever is done there stands in the list of who did it, and in nobody else's."""

import importlib
import pkgutil
from datetime import timedelta

import pytest

import yuetan.actions
from tests import cast
from tests.exports import exported_rows
from tests.factories import case_in, letter_in, pdf
from tests.meetings import called
from tests.past_triggers import past_triggers
from tests.received import closed, received, replied
from tests.refusals import appoint
from tests.reporting import accepted, report_of, scheme_of
from tests.restrictions import inquired, of_unit, restricting
from tests.rounds import announced, concluded, covert_round, found, informed_visit, signed_for, visit_of
from tests.test_log_of_rooms import LEFT
from tests.views.queries import queries_of
from tests.web import browser
from yuetan.actions.follow_ups import link_follow_up
from yuetan.actions.ladder.inquiries import digest_of_answer, reply_to_inquiry
from yuetan.actions.ladder.restrictions import add_restricted_leader, end_restriction
from yuetan.actions.received.letter import withdraw_received_letter
from yuetan.actions.room_step import RoomStep
from yuetan.actions.rounds.reschedule import move_visit
from yuetan.ledgers.case.done import DoneLedger
from yuetan.models import Event, Meeting, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, LetterState, RestrictedSubject
from yuetan.vocabulary.restriction import RestrictionEnd

pytestmark = pytest.mark.usefixtures("office")
HEAD, LIAISON, OTHER = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"
# Taken beside the stories that test_log_of_rooms.py tells.
ELSEWHERE = {
    *("link_follow_up", "add_restricted_leader", "end_restriction", "ask_restrictions"),
    *("order_agenda", "revise_agenda_item"),
    "reply_restrictions",
}


def done(user, **asked):
    """The keys of the events in the list of a person."""
    return set(DoneLedger().filtered(user, asked).qs.values_list("pk", flat=True))


def lines(username, **asked):
    """Verb, title, unit, state and address of each line, the newest first."""
    user = cast.person(username)
    shown = DoneLedger().lines(list(DoneLedger().filtered(user, asked).qs), user)
    return [(one["event"].label, one["title"], one["unit"], one["state"], one["url"]) for one in shown]


@pytest.mark.parametrize("story", LEFT, ids=lambda story: story.__name__)
def test_what_is_done_is_in_the_list_of_who_did_it_and_in_no_other(story):
    story()
    taken = Event.objects.exclude(room="")
    assert not Event.objects.filter(verb__in=logged_verbs(), room="").exclude(actor=None).exists()
    of_rooms = set(taken.values_list("pk", flat=True))
    for user in User.objects.exclude(username=None):
        own = set(taken.filter(actor=user).values_list("pk", flat=True))
        assert done(user) & of_rooms == own, user.username


def test_the_stories_take_every_step_that_is_logged():
    said = {line.split()[0] for logged, _ in LEFT.values() for line in logged.splitlines() if line.strip()}
    assert logged_verbs() - said == ELSEWHERE


def logged_verbs():
    """The lines of the log that steps of the rooms leave; those on people and the office name no row of a room."""
    named = [one.name for one in pkgutil.walk_packages(yuetan.actions.__path__, "yuetan.actions.")]
    rows = [row for name in named for row in vars(importlib.import_module(name)).values()]
    return {str(row.verb) for row in rows if isinstance(row, RoomStep) and row.is_logged and row.rows.about}


def test_what_is_done_in_the_register_of_restrictions():
    measure = restricting()
    inquiry, one = inquired(measure), of_unit(measure)
    reply_to_inquiry(inquiry, by=cast.person("director"), seen=digest_of_answer(inquiry))
    stated = {"post": None, "subject": RestrictedSubject.LEADER_IN_CHARGE, "name": "吕二三", "title": "副镇长"}
    stated |= {"reason": "任职没有登记，见任职文件。", "proof": pdf("任职文件.pdf")}
    added = add_restricted_leader(measure, by=cast.person("officer"), **stated)[0]
    decided = {"kind": RestrictionEnd.MISLISTED, "paper": "复核意见", "reason": "列入有误。"}
    end_restriction(one, by=cast.person("director"), decided_on=clock.today(), **decided)
    mine, unit = {line for line in lines("officer") if line[4].startswith("/restrictions/")}, "蓬江区棠下镇"
    assert mine == {
        ("登记资格限制查询", str(inquiry), unit, "已复函", f"/restrictions/inquiries/{inquiry.pk}/"),
        ("补列受限制的领导", f"资格限制：{added}", unit, "限制中", f"/restrictions/{added.pk}/"),
    }
    assert {line[0] for line in lines("director") if line[4].startswith("/restrictions/")} == {
        "印发资格限制查询复函",
        "提前解除资格限制",
    }
    assert not [line for line in lines(HEAD) if line[4].startswith("/restrictions/")]


def test_what_follows_from_a_visit_is_done_too():
    of_visit = informed_visit()
    letter = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    link_follow_up(of_visit, by=cast.person("officer"), subject=letter)
    url = f"/rounds/visits/{of_visit.pk}/"
    assert ("记下据以办理的事项", of_visit.round.title, "蓬江区棠下镇", "已反馈", url) in lines("officer")


def test_a_line_says_what_became_of_it_and_leads_there():
    reply = replied(received())
    letter = reply.letter
    expected = (
        "登记收到的三书一函",
        str(letter),
        "蓬江区棠下镇",
        "已回复，待办公室审阅",
        f"/received/letters/{letter.pk}/",
    )
    assert lines("officer") == [expected]
    assert lines(LIAISON) == [("填报三书一函的回复", *expected[1:])]
    assert browser("officer").get("/done/").context["rows"][0]["url"] == expected[-1]
    assert browser("officer").get(expected[-1]).status_code == 200
    assert (lines(HEAD), lines(OTHER), lines("auditor")) == ([], [], [])
    rows = exported_rows("officer", "done")
    assert [row[1:5] for row in rows[1:]] == [expected[:4]]


def test_what_one_may_see_no_more_is_in_no_list_and_no_file():
    letter = received(by=LIAISON)
    assert len(lines(LIAISON)) == 1
    withdraw_received_letter(letter, by=cast.person("officer"), reason="误登。")
    assert lines(LIAISON) == []
    assert len(exported_rows(LIAISON, "done")) == 1
    assert len(lines("officer")) == 1


def test_who_comes_to_hold_a_post_in_the_unit_reads_no_covert_visit_they_planned():
    """回避: what they did of it is gone from their list until the unit knows of it."""
    of_visit = visit_of(covert_round())
    day = of_visit.day + timedelta(days=1)
    move_visit(of_visit, by=cast.person("second_officer"), day=day)
    assert [line[0] for line in lines("second_officer")] == ["改定督导日期"]
    appoint(cast.person("second_officer"), cast.unit(cast.TOWN), "liaison", "联络员")
    assert lines("second_officer") == []


def test_a_unit_reads_of_its_visit_what_its_page_says():
    of_visit = visit_of(announced())
    signed_for(of_visit, by=cast.person(LIAISON))
    found(of_visit)
    concluded(visit_of(of_visit.round))
    ((_, _, _, state, _),) = lines(LIAISON)
    assert state == "督导中，待反馈"
    assert {line[3] for line in lines("officer") if "visits" in line[4]} == {"已有结论，待反馈"}


def test_one_asks_for_what_has_come_to_its_end():
    closed(replied(received()))
    received(number="江检建〔2026〕9号")
    accepted(report_of(scheme_of()))
    case_in(CaseState.NOTIFIED)
    ended, running = lines("officer", standing="ended"), lines("officer", standing="running")
    assert {line[0] for line in ended} == {"登记收到的三书一函", "办结三书一函", "收下报表"}
    assert ("登记收到的三书一函", "待回复") in {(line[0], line[3]) for line in running}
    assert len(ended) + len(running) == len(lines("officer"))


def test_what_was_destroyed_leads_nowhere():
    meeting = called()
    assert [line[0] for line in lines("officer")] == ["召集会议"]
    with past_triggers():
        Meeting.objects.filter(pk=meeting.pk).delete()
    assert lines("officer") == []


def test_more_of_a_room_cost_the_queries_of_one():
    received()
    called()
    client = browser("officer")
    client.get("/done/")
    one = queries_of(client, "/done/")
    for number in (7, 8, 9):
        received(number=f"江检建〔2026〕{number}号")
        called(topic=f"专题{number}")
    assert queries_of(client, "/done/") == one
