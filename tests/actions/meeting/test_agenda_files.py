"""议题材料: read by whoever sees the item; a unit that attends for one item reads its papers and no other."""

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from tests import cast
from tests.agenda_files import HEARD, heard_item, heard_meeting, with_file
from tests.factories import case_in, pdf
from tests.meetings import AFTER, attended, called, concluded, convened, fresh, with_item
from tests.refusals import appoint, by_the_office, not_theirs, refused
from yuetan.actions.meeting.agenda import add_agenda_item, remove_agenda_item
from yuetan.actions.meeting.agenda_files import add_agenda_files, remove_agenda_file
from yuetan.actions.meeting.meetings import cancel_meeting
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.models import AgendaFile, AgendaItem, Alert, Event, Invitation
from yuetan.vocabulary import CaseState, PostKind

pytestmark = pytest.mark.usefixtures("office")
TITLE = "领导小组2026年第1次会议"
HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"


def officer():
    return cast.person("officer")


def files_seen(username):
    return {file.item.title for file in AgendaFile.objects.visible_to(cast.person(username)).select_related("item")}


def test_a_unit_that_attends_for_one_item_reads_its_papers_and_no_other():
    item = heard_meeting()
    with_file(with_item(item.meeting))
    heard_item(item.meeting, title="另一个议题")
    assert files_seen(HEAD) == files_seen(LIAISON) == {HEARD}
    assert {one.title for one in AgendaItem.objects.visible_to(cast.head(cast.TOWN))} == {HEARD, "另一个议题"}
    assert files_seen(f"head_{cast.COUNTY}") == set()
    assert files_seen("group_leader") == files_seen("supervisor") == {HEARD, "研究年度工作安排"}


def test_nothing_is_seen_by_the_unit_before_the_notice():
    with_file(heard_item(called()))
    assert files_seen(HEAD) == set()
    assert files_seen("director") == {HEARD}


def test_a_unit_convened_for_the_whole_meeting_reads_no_item():
    with_file(convened().items.get())
    assert files_seen(HEAD) == set()


def test_who_attends_for_an_item_is_convened_with_the_rest():
    item = heard_meeting()
    assert "蓬江区棠下镇" in {str(one) for one in Invitation.objects.of_meeting(item.meeting)}


def test_papers_of_a_proposal_are_hidden_from_who_is_of_its_unit():
    case = case_in(CaseState.PROPOSED)
    item = with_file(with_item(called(), case))
    second = cast.person("second_officer")
    appoint(second, case.unit, PostKind.LEADER_IN_CHARGE, "副镇长")
    assert files_seen("second_officer") == set()
    with not_theirs():
        with_file(item, by="second_officer")
    with not_theirs():
        remove_agenda_file(item.files.get(), by=cast.person("second_officer"))


def test_no_unit_attends_where_a_proposal_is_decided_nor_without_a_notice():
    case, meeting = case_in(CaseState.PROPOSED), called()
    with refused(by_the_office("待审定的事项不请单位列席，请只为其他议题填写列席单位。"), field="units"):
        add_agenda_item(
            meeting, by=officer(), title="", case=case, measure=None, presenter="", units=[cast.unit(cast.COUNTY)]
        )
    sent = convened()
    sentence = "没有收到这次会议的通知，不能列席这一议题；请不填这个单位，或者取消会议另行召集。"
    with refused(by_the_office(f"{cast.unit(cast.COUNTY).full_name}{sentence}"), field="units"):
        heard_item(sent, code=cast.COUNTY)
    assert heard_item(sent).attending.count() == 1


@pytest.mark.parametrize("username", ["supervisor", "group_leader", HEAD, "sysadmin"])
def test_the_office_alone_brings_and_removes_papers(username):
    item = heard_meeting()
    with not_theirs():
        with_file(item, by=username)
    with not_theirs():
        remove_agenda_file(item.files.get(), by=cast.person(username))


def test_papers_come_until_the_minutes_and_go_until_the_meeting():
    item = heard_meeting()
    with refused("尚未选择议题材料的文件。", field="papers"):
        add_agenda_files(item, by=officer(), papers=[])
    with_file(item, name="补充材料.pdf")
    words = f"{TITLE}第1项议题有新的材料，请在“会议”中查阅。"
    assert set(Alert.objects.filter(text=words).values_list("recipient__username", flat=True)) == {HEAD, LIAISON}
    remove_agenda_file(item.files.last(), by=officer())
    assert Event.objects.get(verb="remove_agenda_file").data["file"] == "补充材料.pdf"
    meeting = fresh(item.meeting)
    with time_machine.travel(AFTER, tick=False):
        attended(meeting)
        with refused(f"{TITLE}现在是“已召开，待印发纪要”，不能再撤下议题材料。"):
            remove_agenda_file(item.files.get(), by=officer())
        with_file(item, name="会上补充.pdf")
        concluded(item)
        issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(fresh(meeting)))
        with refused(f"{TITLE}现在是“已印发纪要”，不能再上传议题材料。"):
            with_file(item)
        assert files_seen(HEAD) == {HEARD}
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM yuetan_agendafile")


def test_a_paper_that_is_gone_is_nobodys_to_remove():
    item = heard_meeting()
    stale, file = item.files.get(), item.files.get()
    remove_agenda_file(file, by=officer())
    with not_theirs():
        remove_agenda_file(stale, by=officer())
    assert Event.objects.filter(verb="remove_agenda_file").count() == 1


def test_an_item_is_removed_with_its_papers_and_nothing_is_added_to_what_is_cancelled():
    meeting = called()
    remove_agenda_item(with_file(heard_item(meeting)), by=officer())
    assert not AgendaFile.objects.exists()
    item = heard_meeting()
    cancel_meeting(item.meeting, by=officer(), reason="领导另有安排。")
    with refused(f"{item.meeting.title}现在是“已取消”，不能再上传议题材料。"):
        add_agenda_files(item, by=officer(), papers=[pdf()])
