"""集体结论 of a meeting: never without how they came to it and the sheet that they signed; both kept."""

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from tests import cast
from tests.agenda_files import heard_meeting, signed_item
from tests.factories import case_in, pdf, picture, png
from tests.meetings import AFTER, DISCUSSION, SHEET, concluded, fresh, held, printed, signed
from tests.refusals import appoint, not_theirs, nothing_stored, refused, too_small
from tests.vetoes import conclude, held_on, veto_in
from yuetan.actions.meeting.agenda_files import add_agenda_files, remove_agenda_file
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.errors import Refused
from yuetan.models import AgendaFile, AgendaItem, Invitation
from yuetan.vocabulary import CaseState, MeasureState, PostKind

pytestmark = pytest.mark.usefixtures("office")
LACKS = "集体结论还缺：{}；请写明讨论过程，上传参加讨论人员签名的扫描件，再登记。"
NEEDLESS = "没有勾选“集体结论”，不收签名页扫描件；是集体结论的，请勾选后再登记，不是的，请不要上传签名页。"
HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"


@pytest.fixture
def item():
    """Of a meeting that was held, in words alone."""
    return held().items.get()


def sheets_seen(username):
    return set(
        AgendaFile.objects.visible_to(cast.person(username)).filter(is_signed=True).values_list("name", flat=True)
    )


def test_none_without_the_discussion_nor_without_the_sheet(item):
    with time_machine.travel(AFTER, tick=False):
        with refused(LACKS.format("讨论过程"), field="discussion"):
            signed(item, discussion=" ")
        with refused(LACKS.format("签名页扫描件"), field="scan"):
            signed(item, scan=[])
        with refused(LACKS.format("讨论过程、签名页扫描件"), field="discussion"):
            signed(item, discussion="", scan=[])
        kept = signed(item)
    assert (kept.discussion, kept.files.get().name, kept.files.get().is_signed) == (DISCUSSION, SHEET, True)


def test_what_says_nothing_cannot_be_read_or_names_a_person_is_refused(item):
    with time_machine.travel(AFTER, tick=False):
        with pytest.raises(Refused, match="看不出"):
            signed(item, discussion="无")
        with refused(too_small("签名页.png"), field="scan"):
            signed(item, scan=[picture("签名页.png", 8, 8)])
        with pytest.raises(Refused, match="公民身份号码"):
            signed(item, discussion="身份证号11010519491231002X的人发言。")
        assert signed(item, scan=[png("签名页.png")]).files.get().kind == "png"


def test_a_veto_asks_for_them_by_itself_and_words_alone_do_not(item):
    of_veto = held_on(veto_in(MeasureState.PROPOSED))
    with refused(LACKS.format("讨论过程、签名页扫描件")):
        conclude(of_veto, discussion="", scan=[])
    assert conclude(of_veto).files.get().is_signed
    with time_machine.travel(AFTER, tick=False):
        assert not concluded(item).files.exists()


def test_written_anew_it_is_signed_anew_and_the_former_sheet_stays(item):
    with time_machine.travel(AFTER, tick=False) as clock:
        signed(item)
        clock.shift(60)
        with refused(LACKS.format("签名页扫描件")):
            signed(item, conclusion="另一个结论。", scan=[])
        signed(item, conclusion="另一个结论。", scan=[pdf("另一签名页.pdf")])
    files = AgendaFile.objects.filter(item=item).select_related("item")
    assert {file.name: file.is_of_earlier_draft for file in files} == {SHEET: True, "另一签名页.pdf": False}


def test_what_is_collective_no_more_bears_no_names_and_its_sheet_is_a_former_one(item):
    with time_machine.travel(AFTER, tick=False) as clock:
        signed(item)
        people = list(Invitation.objects.of_meeting(item.meeting))
        clock.shift(60)
        plain = concluded(item, people=people, discussion=DISCUSSION)
        meeting = fresh(item.meeting)
        words = printed(issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(meeting)))
    assert (plain.is_collective, plain.concluded_by, plain.discussion) == (False, [], DISCUSSION)
    materials, sheets, former = AgendaItem.objects.get(pk=item.pk).sorted_files()
    assert (materials, sheets, [file.name for file in former]) == ([], [], [SHEET])
    assert "参加集体讨论" not in words


def test_a_sheet_of_what_is_not_collective_is_refused_and_not_kept(item):
    with time_machine.travel(AFTER, tick=False):
        for sheet in (pdf(SHEET), picture("签名页.png", 8, 8)):
            with nothing_stored(), refused(NEEDLESS, field="scan"):
                concluded(item, scan=[sheet])
        assert not concluded(item).files.exists()


def test_what_was_concluded_before_they_were_asked_for_stays_and_is_minuted(item):
    with time_machine.travel(AFTER, tick=False):
        concluded(item)
        AgendaItem.objects.filter(pk=item.pk).update(is_collective=True)
        with refused(LACKS.format("讨论过程、签名页扫描件")):
            signed(item, discussion="", scan=[])
        issue_meeting_minutes(item.meeting, by=cast.person("director"), seen=digest_of_meeting(fresh(item.meeting)))
    item = AgendaItem.objects.get(pk=item.pk)
    assert (item.is_collective, item.discussion, item.files.exists()) == (True, "", False)


def test_a_unit_that_attends_for_the_item_never_sees_the_sheet():
    item = signed_item()
    assert sheets_seen("officer") == sheets_seen("group_leader") == sheets_seen("supervisor") == {SHEET}
    for who in (HEAD, LIAISON, f"head_{cast.COUNTY}", "sysadmin", "auditor"):
        assert sheets_seen(who) == set()
    assert item.files.filter(is_signed=False).exists()
    assert set(AgendaFile.objects.visible_to(cast.head(cast.TOWN))) == set(item.files.filter(is_signed=False))


def test_nor_does_who_keeps_away_from_its_unit():
    case = case_in(CaseState.PROPOSED)
    meeting = held(case)
    people = [one for one in Invitation.objects.of_meeting(meeting) if one.post]
    with time_machine.travel(AFTER, tick=False):
        signed(meeting.items.get(), people=people)
    assert sheets_seen("second_officer") == {SHEET}
    appoint(cast.person("second_officer"), case.unit, PostKind.LEADER_IN_CHARGE, "副镇长")
    assert sheets_seen("second_officer") == set()


def test_the_sheet_is_no_material_and_nobody_removes_it():
    item = signed_item()
    sheet = item.files.get(is_signed=True)
    with time_machine.travel(AFTER, tick=False):
        with refused(f"{item.meeting.title}现在是“已召开，待印发纪要”，不能再撤下议题材料。"):
            remove_agenda_file(sheet, by=cast.person("officer"))
        for who in (HEAD, "group_leader"):
            with not_theirs():
                remove_agenda_file(sheet, by=cast.person(who))
        assert not add_agenda_files(item, by=cast.person("officer"), papers=[pdf("补充.pdf")])[0].is_signed
    assert sheet.used_for == f"{item.meeting}第{item.number}项议题的集体结论签名页"


def test_both_are_final_with_the_minutes_which_say_nothing_of_them():
    item = signed_item()
    with time_machine.travel(AFTER, tick=False):
        seen = digest_of_meeting(fresh(item.meeting))
        paper = issue_meeting_minutes(item.meeting, by=cast.person("director"), seen=seen)
    assert DISCUSSION.rstrip("。") not in printed(paper)
    for statement in (
        "UPDATE yuetan_agendaitem SET discussion = '另一个过程。'",
        "UPDATE yuetan_agendafile SET is_signed = NOT is_signed",
        "DELETE FROM yuetan_agendafile",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_paper_of_a_veto_rests_on_a_signed_conclusion_only():
    measure = veto_in(MeasureState.DECIDED)
    item = measure.decision_item
    assert (item.discussion, [file.is_signed for file in item.files.all()]) == (DISCUSSION, [True])


def test_heard_materials_stay_what_they_were():
    assert not heard_meeting().files.get().is_signed
