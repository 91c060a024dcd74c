"""The agenda once the notice is out: what is removed or changed is said, and nobody comes for nothing or hears more."""

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.agenda_files import HEARD, heard_item, two_items, with_file
from tests.factories import case_in
from tests.meeting_corrections import BETTER, drafted, issued
from tests.meetings import (
    AFTER,
    attended,
    called,
    concluded,
    convened,
    fresh,
    invitation_of,
    post_of,
    recorded,
    with_item,
)
from tests.refusals import appoint, by_the_office, not_theirs, refused
from tests.room_receipts import notice_on_paper
from yuetan.actions.meeting.agenda import remove_agenda_item
from yuetan.actions.meeting.agenda_changes import order_agenda, order_shown, revise_agenda_item, wording_shown
from yuetan.actions.meeting.attendance import Came
from yuetan.actions.meeting.convening import convene_meeting, receipts_to_register, receive_meeting_notice
from yuetan.actions.meeting.meetings import cancel_meeting
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes, lacking_of
from yuetan.documents.case_file import meeting_pieces
from yuetan.documents.content.meeting import units_copied_to
from yuetan.ledgers.meeting.meetings import MeetingLedger
from yuetan.models import AgendaItem, Alert, Event, Invitation, Meeting, Unit
from yuetan.vocabulary import CaseState, PostKind, Presence, UnitKind

pytestmark = pytest.mark.usefixtures("office")
TITLE, WHEN = "领导小组2026年第1次会议", "2026年11月25日（星期三）上午9:00"
HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
OTHER_HEAD, OTHER_LIAISON = f"head_{cast.COUNTY}", f"liaison_{cast.COUNTY}"


def officer():
    return cast.person("officer")


def alerted(words):
    return set(Alert.objects.filter(text=words).values_list("recipient__username", flat=True))


def of_town(meeting):
    return Invitation.objects.get(meeting=meeting, unit__code=cast.TOWN)


def test_a_unit_whose_only_item_leaves_the_agenda_is_not_to_come_and_hears_of_nothing_more():
    item = two_items()
    meeting = item.meeting
    remove_agenda_item(item, by=officer())
    words = f"{TITLE}（{WHEN}）移出议题：{HEARD}。"
    released = f"{words}原列席这一议题的单位不用再参加会议。"
    assert alerted(released) == {HEAD, LIAISON}
    assert alerted(words) == {"group_leader", "director", OTHER_HEAD, OTHER_LIAISON}
    assert of_town(meeting).withdrawn_at is not None
    later = with_item(meeting, title="研究冬季整治工作")
    assert alerted(f"{TITLE}（{WHEN}）增加议题：{later.title}。") == {
        "group_leader",
        "director",
        OTHER_HEAD,
        OTHER_LIAISON,
    }
    assert units_copied_to(fresh(meeting)) == [cast.unit(cast.COUNTY).full_name]
    assert Event.objects.get(verb="remove_agenda_item").data["withdrawn"] == cast.unit(cast.TOWN).full_name
    assert not AgendaItem.objects.visible_to(cast.head(cast.TOWN)).exists()


def test_who_is_not_to_come_is_asked_for_no_receipt_and_no_attendance():
    item = two_items()
    meeting, invitation = item.meeting, invitation_of(item.meeting, HEAD)
    assert invitation.pk in receipts_to_register(meeting, officer())
    remove_agenda_item(item, by=officer())
    assert invitation.pk not in receipts_to_register(fresh(meeting), officer())
    assert not Invitation.objects.of_person(cast.head(cast.TOWN)).unsigned().exists()
    sentence = "原列席的议题已移出议程，不用再参加会议，不必签收会议通知。"
    sentence = by_the_office(f"{cast.unit(cast.TOWN).full_name}{sentence}")
    with refused(sentence):
        receive_meeting_notice(invitation, by=cast.head(cast.TOWN))
    with refused(sentence):
        notice_on_paper(meeting, HEAD, by=officer())
    ledger = MeetingLedger()
    assert ledger.with_relations(Meeting.objects.all()).get(pk=meeting.pk).invited == 3
    with time_machine.travel(AFTER, tick=False):
        meeting = attended(fresh(meeting), **{f"unit_{cast.COUNTY}": Came(Presence.SAT_IN, "冯十", "副区长")})
        assert of_town(meeting).presence == ""
        concluded(meeting.items.get())
        issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(fresh(meeting)))


def test_minutes_of_a_meeting_to_which_a_unit_was_not_to_come_are_corrected():
    item = two_items()
    remove_agenda_item(item, by=officer())
    with time_machine.travel(AFTER, tick=False):
        meeting = attended(fresh(item.meeting), **{f"unit_{cast.COUNTY}": Came(Presence.SAT_IN, "冯十", "副区长")})
        concluded(meeting.items.get())
        issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(fresh(meeting)))
        drafted(fresh(meeting))
        issued(meeting)
    assert meeting.items.get().conclusion == BETTER
    assert of_town(meeting).withdrawn_at is not None


def test_what_a_withdrawn_unit_signed_stays_in_the_file(monkeypatch):
    item, rows = two_items(), []
    receive_meeting_notice(invitation_of(item.meeting, HEAD), by=cast.head(cast.TOWN))
    remove_agenda_item(item, by=officer())
    cancel_meeting(fresh(item.meeting), by=officer(), reason="领导另有安排。")
    unit, made = cast.unit(cast.TOWN).full_name, meeting_pieces.text_part
    monkeypatch.setattr(meeting_pieces, "text_part", lambda *of, **more: rows.extend(of[2]) or made(*of, **more))
    meeting_pieces.pieces_of_meeting(fresh(item.meeting), officer())
    signed = next(words for label, words in rows if label == unit)
    assert signed.endswith("签收；原列席的议题已移出议程，不用再参加")


def test_a_unit_convened_for_all_of_it_comes_whatever_leaves_the_agenda():
    meeting = convened()
    remove_agenda_item(heard_item(meeting), by=officer())
    assert of_town(meeting).withdrawn_at is None
    assert units_copied_to(fresh(meeting)) == [cast.unit(cast.TOWN).full_name]


def test_a_unit_of_two_items_comes_for_the_one_that_stays():
    meeting = called()
    first, second = heard_item(meeting), heard_item(meeting, title="另一个议题")
    with_item(meeting)
    convene_meeting(meeting, by=officer(), units=[], posts=[post_of("director")])
    remove_agenda_item(AgendaItem.objects.select_related("meeting").get(pk=first.pk), by=officer())
    assert of_town(meeting).withdrawn_at is None
    assert units_copied_to(fresh(meeting)) == []
    remove_agenda_item(AgendaItem.objects.select_related("meeting").get(pk=second.pk), by=officer())
    assert of_town(meeting).withdrawn_at is not None


def test_who_was_not_to_come_is_convened_again_by_an_item_of_theirs():
    item = two_items()
    remove_agenda_item(item, by=officer())
    heard_item(item.meeting, title="听取补充汇报")
    assert of_town(item.meeting).withdrawn_at is None
    again = f"{TITLE}（{WHEN}）增加议题：听取补充汇报。"
    assert alerted(f"{again}请参加会议，会议通知继续有效。") == {HEAD, LIAISON}
    assert alerted(again) == {"group_leader", "director", OTHER_HEAD, OTHER_LIAISON}
    heard_item(item.meeting, title="再听取一次")
    assert {HEAD, LIAISON} <= alerted(f"{TITLE}（{WHEN}）增加议题：再听取一次。")


def test_units_of_other_items_do_not_hear_what_was_removed():
    item = two_items()
    later = with_item(item.meeting, title="研究冬季整治工作")
    remove_agenda_item(later, by=officer())
    assert HEAD not in alerted(f"{TITLE}（{WHEN}）移出议题：研究冬季整治工作。")
    assert OTHER_HEAD in alerted(f"{TITLE}（{WHEN}）移出议题：研究冬季整治工作。")


def test_of_a_decision_no_more_is_said_than_in_the_notice():
    case = case_in(CaseState.PROPOSED)
    meeting = convened()
    item = with_item(meeting, case)
    remove_agenda_item(item, by=officer())
    assert alerted(f"{TITLE}（{WHEN}）移出议题：审定有关事项。")
    assert not Alert.objects.filter(text__contains=case.matter, key__contains=str(meeting.pk)).exists()


def test_the_only_item_stays_once_the_notice_is_out():
    meeting = called()
    remove_agenda_item(with_item(meeting), by=officer())
    assert not meeting.items.exists()
    assert not Alert.objects.filter(text__contains="移出议题").exists()
    meeting = convened()
    said = f"{meeting.title}已经通知，议程只剩这一项议题，不能移出；请先列入别的议题，或者取消会议。"
    with refused(by_the_office(said)):
        remove_agenda_item(meeting.items.get(), by=officer())
    with_item(meeting, title="研究冬季整治工作")
    remove_agenda_item(meeting.items.order_by("number")[0], by=officer())
    assert meeting.items.get().title == "研究冬季整治工作"


def test_no_minutes_of_a_meeting_without_an_item_until_it_is_written_down_what_it_was_about():
    meeting = convened()
    with time_machine.travel(AFTER, tick=False):
        meeting = attended(meeting)
        meeting.items.all().delete()  # as it could be before the only item had to stay
        said = by_the_office(f"{TITLE}没有议题，不能印发会议纪要，请先列入会上研究的议题，登记结论。")
        with refused(said):
            issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(meeting))
        words = "请只填写议题和汇报人，不选待审定的事项，不填列席单位。"
        late = f"{TITLE}已经召开，只能补列会上研究的文字议题；{words}"
        case = case_in(CaseState.PROPOSED)
        with refused(late):
            heard_item(meeting, title="", case=case, units=[])
        with refused(late):
            heard_item(meeting)
        concluded(with_item(meeting))
        assert not Alert.objects.filter(text__contains="增加议题").exists()
        recorded(meeting)
        assert lacking_of(fresh(meeting)) == []
        with refused(f"{TITLE}现在是“已召开，待印发纪要”，不能再列入议题。"):
            with_item(meeting, title="再列一项")


def test_the_database_withdraws_no_invitation_of_who_was_convened_for_all_or_came():
    meeting = convened()
    for changed in ({"withdrawn_at": AFTER}, {"withdrawn_at": AFTER, "only_for_items": True, "presence": "absent"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Invitation.objects.filter(meeting=meeting, unit__code=cast.TOWN).update(**changed)
    with pytest.raises(DatabaseError), transaction.atomic():
        Invitation.objects.filter(meeting=meeting, unit=None).update(only_for_items=True)


def worded(item, *, by="officer", **changed):
    item = AgendaItem.objects.select_related("meeting").get(pk=item.pk)
    usual = {"title": item.title, "presenter": item.presenter, "seen": wording_shown(item)}
    return revise_agenda_item(item, by=cast.person(by), **usual | changed)


def in_order(meeting, *items, by="officer", seen=None):
    return order_agenda(meeting, by=cast.person(by), items=items, seen=seen or order_shown(meeting))


def test_an_item_is_worded_anew_with_its_files_and_who_knew_of_it_hears_of_it():
    item = with_file(two_items())
    worded(item, title="听取整治情况汇报", presenter="棠下镇")
    item.refresh_from_db()
    assert (item.title, item.presenter, item.files.count(), item.attending.count()) == (
        "听取整治情况汇报",
        "棠下镇",
        1,
        1,
    )
    convened_all = {"group_leader", "director", OTHER_HEAD, OTHER_LIAISON}
    both = f"{TITLE}（{WHEN}）议题“{HEARD}”改为“听取整治情况汇报”，汇报安排也有调整。"
    assert alerted(both) == {*convened_all, HEAD, LIAISON}
    worded(item, presenter="棠下镇党委")
    assert alerted(f"{TITLE}（{WHEN}）议题“听取整治情况汇报”的汇报安排有调整。") == {*convened_all, HEAD, LIAISON}
    worded(item.meeting.items.get(title="研究年度工作安排"), title="研究明年工作安排")
    assert alerted(f"{TITLE}（{WHEN}）议题“研究年度工作安排”改为“研究明年工作安排”。") == convened_all
    logged = Event.objects.filter(verb="revise_agenda_item").order_by("pk").first().data
    assert (logged["before"], logged["item"]) == (HEARD, "听取整治情况汇报")


def test_before_the_notice_the_agenda_changes_without_a_word_to_anybody():
    meeting = called()
    first, second = with_item(meeting, title="甲"), with_item(meeting, title="乙")
    worded(first, title="丙")
    in_order(meeting, second, first)
    assert list(meeting.items.values_list("title", "number")) == [("乙", 1), ("丙", 2)]
    assert not Alert.objects.filter(key__contains=str(meeting.pk)).exists()


def test_what_waits_for_a_decision_is_called_as_it_is_and_named_to_nobody():
    case = case_in(CaseState.PROPOSED)
    meeting = convened()
    item = with_item(meeting, case)
    before = item.title
    worded(item, title="另一个名称", presenter="市扫黑办综合组")
    item.refresh_from_db()
    assert (item.title, item.presenter) == (before, "市扫黑办综合组")
    assert alerted(f"{TITLE}（{WHEN}）议题“审定有关事项”的汇报安排有调整。")
    in_order(meeting, item, meeting.items.exclude(pk=item.pk).get())
    assert alerted(f"{TITLE}（{WHEN}）议程顺序有调整：第1项“审定有关事项”；第2项“研究年度工作安排”。")
    assert not Alert.objects.filter(text__contains=case.matter, key__contains=str(meeting.pk)).exists()


def test_each_hears_of_the_order_of_what_they_knew_of():
    item = two_items()
    other = item.meeting.items.exclude(pk=item.pk).get()
    in_order(item.meeting, other, item)
    whole = f"{TITLE}（{WHEN}）议程顺序有调整：第1项“研究年度工作安排”；第2项“{HEARD}”。"
    assert alerted(whole) == {"group_leader", "director", OTHER_HEAD, OTHER_LIAISON}
    assert alerted(f"{TITLE}（{WHEN}）议程顺序有调整，列席的议题为：第2项“{HEARD}”。") == {HEAD, LIAISON}


def test_who_is_of_two_units_hears_of_the_items_of_both_and_who_is_of_all_hears_it_once():
    item = two_items()
    later = heard_item(item.meeting, code=cast.COUNTY, title="听取江海区汇报")
    other = item.meeting.items.get(title="研究年度工作安排")
    both = cast.head(cast.TOWN)
    appoint(both, cast.unit(cast.COUNTY), PostKind.LEADER_IN_CHARGE, "副区长")
    in_order(item.meeting, later, other, item)
    begins = f"{TITLE}（{WHEN}）议程顺序有调整"
    places = f"{begins}，列席的议题为：第1项“听取江海区汇报”、第3项“{HEARD}”。"
    assert both.username in alerted(places)
    assert LIAISON in alerted(f"{begins}，列席的议题为：第3项“{HEARD}”。")
    assert OTHER_HEAD in alerted(f"{begins}，列席的议题为：第1项“听取江海区汇报”。")
    heard = Alert.objects.filter(text__startswith=begins).values_list("recipient", flat=True)
    assert len(heard) == len(set(heard))


def test_an_order_reaches_many_units_in_as_many_statements_as_few():
    towns, counts = list(Unit.objects.filter(kind=UnitKind.TOWN).select_related("parent").order_by("code")), []
    for units in (towns[:5], towns[5:45]):
        meeting = called()
        items = [heard_item(meeting, code=unit.code, title=f"听取{unit.name}汇报") for unit in units]
        convene_meeting(meeting, by=officer(), units=[], posts=[post_of("director")])
        with CaptureQueriesContext(connection) as sent:
            in_order(fresh(meeting), *reversed(items))
        counts.append(len(sent))
        assert meeting.items.get(number=1) == items[-1]
    assert counts[0] == counts[1]


def test_an_item_that_is_as_it_was_is_not_saved_and_nobody_hears_of_it():
    item = two_items()
    with refused("议题没有改动，不用保存。"):
        worded(item, title=f" {item.title} ")
    decided = with_item(item.meeting, case_in(CaseState.PROPOSED))
    with refused("议题没有改动，不用保存。"):
        worded(decided, title="另一个名称")
    assert not Event.objects.filter(verb="revise_agenda_item").exists()


def test_an_order_has_every_item_once_and_is_another_one():
    item = two_items()
    meeting, other = item.meeting, item.meeting.items.exclude(pk=item.pk).get()
    for wrong in ((item,), (item, item), (item, other, other)):
        with refused("议程有2项议题，每个次序只能有一项议题，请核对各项的次序。"):
            in_order(meeting, *wrong)
    with refused("议程顺序没有变动，不用保存。"):
        in_order(meeting, item, other)
    rest = "与您打开本页时的不同；您写的仍在本页，请另开一页看过现在的内容，合并后再保存。"
    with refused(f"张一已于2026年11月23日 10:00保存了议程顺序，{rest}"):
        in_order(meeting, other, item, seen="before")
    with refused(f"有人刚才保存了这一议题，{rest}"):
        worded(item, seen="before")
    with refused("议题还缺：议题。"):
        worded(item, title=" ")
    single = with_item(called())
    with refused(f"{single.meeting.title}的议题不足两项，没有顺序可调整；请先列入别的议题。"):
        in_order(single.meeting, single)


def test_the_agenda_of_a_meeting_that_was_held_is_as_it_was():
    item = two_items()
    meeting, other = item.meeting, item.meeting.items.exclude(pk=item.pk).get()
    with time_machine.travel(AFTER, tick=False):
        attended(fresh(meeting), **{f"unit_{cast.COUNTY}": Came(Presence.SAT_IN, "冯十", "副区长")})
        held = f"{TITLE}现在是“已召开，待印发纪要”，不能再"
        with refused(f"{held}改写议题。"):
            worded(item, title="另一个名称")
        with refused(f"{held}调整议程顺序。"):
            in_order(meeting, other, item)


def test_who_is_of_the_unit_of_an_item_neither_words_nor_orders_it():
    case = case_in(CaseState.PROPOSED)
    meeting = convened()
    item, other = with_item(meeting, case), meeting.items.exclude(case=case).get()
    second = cast.person("second_officer")
    appoint(second, case.unit, PostKind.LEADER_IN_CHARGE, "副镇长")
    with not_theirs():
        worded(item, by="second_officer", presenter="某人")
    with not_theirs():
        in_order(meeting, item, other, by="second_officer")
    worded(other, by="second_officer", title="研究明年工作安排")
    for username in ("supervisor", "group_leader", HEAD):
        with not_theirs():
            worded(other, by=username, title="另一个名称")
        with not_theirs():
            in_order(meeting, item, other, by=username)


def test_the_items_that_stay_are_numbered_on():
    meeting = called()
    items = [with_item(meeting, title=title) for title in ("甲", "乙", "丙")]
    remove_agenda_item(AgendaItem.objects.select_related("meeting").get(pk=items[0].pk), by=officer())
    assert list(meeting.items.values_list("title", "number")) == [("乙", 1), ("丙", 2)]
