"""三书一函: registered by the office or the unit, replied to in versions, returned, closed; what stands stays."""

from datetime import date, timedelta

import pytest

from tests import cast
from tests.assignments import given, take
from tests.factories import later, pdf
from tests.received import DONE, MATTER, closed, recalled, received, replied
from tests.refusals import appoint, not_theirs, nothing_stored, refused
from yuetan.actions.messages.received_reminders import remind_of_received
from yuetan.actions.received.closing import close_received_letter, withdraw_received_closing
from yuetan.actions.received.letter import withdraw_received_letter
from yuetan.actions.received.reply import return_received_reply
from yuetan.actions.record.checks.check_received import check_received
from yuetan.errors import Refused
from yuetan.models import Alert, Event, OfficeSetting, ReceivedLetter, ReceivedPaper
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind, ReceivedStanding, Verb

HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
PAPER = "检察建议书（江门市人民检察院江检建〔2026〕3号）"


def alerts_of(username):
    return list(Alert.objects.filter(recipient=cast.person(username)).order_by("pk").values_list("text", flat=True))


def returned(reply, *, by="officer", again_by=date(2026, 12, 10)):
    return return_received_reply(reply, by=cast.person(by), reason="没有写明责任人。", again_by=again_by)


def test_the_office_registers_and_the_unit_is_alerted(office):
    letter = received()
    assert (str(letter), letter.standing, letter.due_on) == (PAPER, ReceivedStanding.OPEN, date(2026, 12, 4))
    asked = f"办公室登记了本单位收到的{PAPER}：{MATTER}，回复期限为2026年12月4日。"
    assert alerts_of(HEAD) == alerts_of(LIAISON) == [asked]
    facts = {"unit": "蓬江区棠下镇", "words": PAPER}
    assert list(Event.objects.filter(verb="register_received_letter").values_list("data", flat=True)) == [facts]


def test_the_unit_registers_its_own_and_no_other(office):
    assert received(by=LIAISON).registered_by == cast.person(LIAISON)
    assert alerts_of(HEAD) == []
    for who in (f"liaison_{cast.TOWN}", "group_leader", "sysadmin", "auditor"):
        with not_theirs():
            received(cast.DIVISION_TOWN, by=who)


def test_without_a_day_in_the_letter_the_office_sets_one_or_none(office):
    assert received(reply_due=None).due_on == date(2026, 12, 2)  # 20 working days after the 4th of November
    OfficeSetting.objects.filter(key="received_reply_days").update(value=0)
    assert received(reply_due=None, number="江检建〔2026〕4号").due_on is None


@pytest.mark.parametrize(
    ("changed", "sentences"),
    [
        ({"unit": None, "kind": "", "scan": []}, ["来函登记还缺：收到的单位、种类、来函扫描件。"]),
        ({"matter": "无"}, ["所填的“无”看不出内容"]),
        ({"dated_on": date(2026, 11, 5)}, ["收到日期不得早于来函的成文日期"]),
        ({"received_on": date(2026, 11, 24)}, ["收到日期不得晚于今天"]),
        ({"reply_due": date(2026, 11, 1)}, ["来函写明的回复期限不得早于来函的成文日期"]),
        ({"asked": "请告知证人 11010519491231002X。"}, ["建议、提示的内容"]),
        ({"scan": [pdf("小.pdf", width=50, height=50)]}, ["小.pdf"]),
    ],
)
def test_what_is_not_right_is_not_stored(office, changed, sentences):
    with nothing_stored(), pytest.raises(Refused) as error:
        received(**changed)
    assert len(error.value.reasons) == len(sentences)
    assert all(part in reason.text for part, reason in zip(sentences, error.value.reasons, strict=True))


def test_the_same_paper_is_registered_once_for_a_unit_however_its_number_is_written(office):
    letter = received()
    again = "2026年11月23日已登记过蓬江区棠下镇收到的同一来函（江门市人民检察院江检建〔2026〕3号），请在原登记上办理"
    with refused(f"{again}；确系重复的，不必再登记。"):
        received(number="江检建[2026]3号")
    assert received(cast.DIVISION_TOWN).number == letter.number
    withdraw_received_letter(letter, by=cast.person("officer"), reason="登记错了单位。")
    assert received().standing == ReceivedStanding.OPEN


def test_what_was_withdrawn_the_office_alone_sees_and_nothing_more_is_done(office):
    letter = received()
    for who in (LIAISON, HEAD, "group_leader"):
        with not_theirs():
            withdraw_received_letter(letter, by=cast.person(who), reason="登记错了单位。")
    with refused("尚未写明撤销的原因。"):
        withdraw_received_letter(letter, by=cast.person("officer"), reason="")
    withdraw_received_letter(letter, by=cast.person("officer"), reason="登记错了单位。")
    assert ReceivedLetter.objects.visible_to(cast.person("supervisor")).exists()
    assert ReceivedPaper.objects.visible_to(cast.person("supervisor")).exists()
    assert not ReceivedLetter.objects.visible_to(cast.person(HEAD)).exists()
    assert not ReceivedPaper.objects.visible_to(cast.person(HEAD)).exists()
    with refused("这件来函的登记已由办公室撤销，不能再办。"):
        replied(letter)


def test_a_reply_is_returned_entered_anew_and_closed(office):
    letter = received()
    first = replied(letter)
    with refused("办公室设定：第1版回复正在等办公室审阅，不能另填；要更正的，请办公室退回以后再填。"):
        replied(letter)
    returned(first)
    letter.refresh_from_db()
    assert (letter.standing, letter.due_on) == (ReceivedStanding.RETURNED, date(2026, 12, 10))
    assert alerts_of(LIAISON)[-1] == f"办公室退回了本单位对{PAPER}的回复，回复期限为2026年12月10日：没有写明责任人。"
    second = replied(letter, words=f"{DONE}责任人为镇综合行政执法办主任。")
    with refused("第1版回复已由张一退回，请在新的版本上办理。"):
        closed(first)
    with refused("尚未填写意见。"):
        close_received_letter(second, by=cast.person("director"), opinion="")
    closing = closed(second, by="director")
    letter.refresh_from_db()
    assert (letter.standing, letter.closing, letter.reply.version) == (ReceivedStanding.CLOSED, closing, 2)
    assert alerts_of(HEAD)[-1] == f"{PAPER}已办结：整改到位，同意办结。"


def test_after_closing_nothing_changes_unless_the_director_withdraws_it(office):
    letter = received()
    reply = replied(letter)
    closing = closed(reply)
    over = "办公室设定：这件来函已经办结，不能再办；办结有误的，请办公室主任先撤回办结。"
    for again in (lambda: replied(letter), lambda: returned(reply), lambda: closed(reply)):
        with refused(over):
            again()
    with refused(over):
        withdraw_received_letter(letter, by=cast.person("officer"), reason="登记错了单位。")
    for who in ("officer", "supervisor", HEAD):
        with not_theirs():
            withdraw_received_closing(closing, by=cast.person(who), reason="整改没有到位。")
    withdraw_received_closing(closing, by=cast.person("director"), reason="整改没有到位。")
    with refused("这次办结已由王三撤回，不能再办。"):
        withdraw_received_closing(closing, by=cast.person("director"), reason="整改没有到位。")
    letter.refresh_from_db()
    assert letter.standing == ReceivedStanding.REPLIED
    returned(reply)
    assert closed(replied(letter)).letter.closings.count() == 2


def test_late_is_counted_in_days_and_stays(office):
    letter = received(reply_due=date(2026, 11, 20))
    assert letter.late_words == "逾期 3 天未回复"
    first = replied(letter, replied_on=date(2026, 11, 22))
    assert (first.late_days, first.late_words) == (2, "逾期 2 天")
    returned(first)
    replied(letter)  # in time for the day that was set anew
    letter.refresh_from_db()
    assert (letter.late_days, letter.late_words) == (2, "逾期 2 天回复")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"words": " ", "scan": []}, "回复还缺：办理和整改情况、回复扫描件。"),
        ({"replied_on": date(2026, 11, 24)}, "回复日期不得晚于今天：回复在发出以后填报。"),
        ({"replied_on": date(2026, 11, 3)}, "回复日期不得早于收到来函的日期（2026年11月4日），请核对。"),
    ],
)
def test_a_reply_that_is_not_right_is_not_stored(office, changed, sentence):
    letter = received()
    with refused(sentence):
        replied(letter, **changed)


def test_a_return_names_a_day_that_is_not_past(office):
    reply = replied(received())
    with refused("尚未填写重新回复的期限。"):
        returned(reply, again_by=None)
    with refused("重新回复的期限不得早于今天，请另定。"):
        returned(reply, again_by=date(2026, 11, 22))


def test_the_office_enters_a_reply_from_paper_and_nobody_of_the_unit_decides(office):
    reply = replied(received(), by="supervisor")
    assert reply.from_paper
    assert alerts_of(LIAISON)[-1] == f"办公室代录了本单位对{PAPER}的回复。"
    appoint(cast.person("supervisor"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    for who in ("supervisor", HEAD, LIAISON, "group_leader", f"head_{cast.DIVISION_TOWN}"):
        with not_theirs():
            returned(reply, by=who)
        with not_theirs():
            closed(reply, by=who)


def test_who_entered_a_reply_from_paper_decides_nothing_on_it(office):
    reply = replied(received(), by="supervisor")
    own = f"办公室设定：{cast.person('supervisor').name}代录了这份纸质材料，不得再由本人办理，请另一人办理。"
    for decide in (returned, closed):
        with refused(own):
            decide(reply, by="supervisor")
    with refused(own):
        recalled(reply.letter, by="supervisor")
    closed(reply, by="officer")
    by_the_unit = replied(received(number="江检建〔2026〕4号"))
    assert not by_the_unit.is_registered_by(cast.person(LIAISON))


def test_while_its_tasks_run_a_reply_waits_for_nobody(office):
    letter = received()
    replied(letter)
    assert list(ReceivedLetter.objects.to_read()) == [letter]
    assignment = given(letter)
    assert not ReceivedLetter.objects.to_read().exists()
    fresh = [ReceivedLetter.objects.with_relations().get(), ReceivedLetter.objects.get()]
    assert [one.standing for one in fresh] == [ReceivedStanding.RECTIFYING] * 2
    take(Verb.REVOKE_ASSIGNMENT, assignment)
    assert list(ReceivedLetter.objects.to_read()) == [letter]
    assert ReceivedLetter.objects.with_relations().get().standing == ReceivedStanding.REPLIED


def test_a_unit_sees_its_own_and_no_other(office):
    letter = received()
    visible = ReceivedLetter.objects.visible_to
    assert [*visible(cast.person(HEAD)), *visible(cast.person("group_leader"))] == [letter, letter]
    for who in (f"head_{cast.DIVISION_TOWN}", "auditor", "sysadmin"):
        assert not visible(cast.person(who)).exists()


REPEATS = [
    (MATTER, True),
    (f"{MATTER}，仍未整改", True),
    ("货运市场", True),
    ("货运", False),  # inside the other, but it says too little
    ("砂石堆场扬尘", False),
]


@pytest.mark.parametrize(("matter", "is_repeated"), REPEATS)
def test_a_matter_repeats_that_is_the_same_or_lies_within_the_other(office, matter, is_repeated):
    long_ago = {"dated_on": date(2023, 11, 4), "received_on": date(2023, 11, 4), "reply_due": None}
    received(matter=matter, number="江检建〔2023〕1号", **long_ago)
    received(cast.DIVISION_TOWN, number="江检建〔2026〕1号", received_on=date(2026, 11, 2))
    letter = received()
    assert list(ReceivedLetter.objects.repeating()) == ([letter] if is_repeated else [])


def test_a_matter_of_more_than_the_years_ago_or_withdrawn_does_not_repeat(office):
    long_ago = {"dated_on": date(2023, 11, 3), "received_on": date(2023, 11, 3), "reply_due": None}
    received(number="江检建〔2023〕1号", **long_ago)
    letter = received()
    assert not ReceivedLetter.objects.repeating().exists()
    OfficeSetting.objects.filter(key="received_repeat_years").update(value=4)
    assert ReceivedLetter.objects.repeating().get() == letter
    withdraw_received_letter(ReceivedLetter.objects.earliest("received_on"), by=cast.person("officer"), reason="误登。")
    assert not ReceivedLetter.objects.repeating().exists()


def test_what_is_registered_late_or_withdrawn_changes_what_repeats_it_and_a_closed_letter_follows(office):
    letter = received()
    closed(replied(letter))
    assert not ReceivedLetter.objects.repeating().exists()
    earlier = [
        received(number=f"江检建〔2025〕{serial}号", dated_on=day, received_on=day, reply_due=None)
        for serial, day in enumerate((date(2025, 6, 2), date(2025, 9, 1)), 1)
    ]
    assert _repeats_on(letter) == date(2025, 9, 1)
    assert _repeats_on(earlier[1]) == date(2025, 6, 2)
    assert set(ReceivedLetter.objects.repeating()) == {letter, earlier[1]}
    withdraw_received_letter(earlier[1], by=cast.person("officer"), reason="误登。")
    assert _repeats_on(letter) == date(2025, 6, 2)
    withdraw_received_letter(earlier[0], by=cast.person("officer"), reason="误登。")
    assert _repeats_on(letter) is None
    assert not ReceivedLetter.objects.repeating().exists()
    assert list(check_received()) == []


def test_what_is_kept_of_repeats_otherwise_than_the_letters_say_is_found(office):
    letter = received()
    for day in (date(2026, 1, 5), None):
        ReceivedLetter.objects.filter(pk=letter.pk).update(repeats_on=day)
        found = [f"{one.kind.label}　{one.words}" for one in check_received()]
        assert found == ([] if day is None else ["统计与记录不一致　所计的重复事项与登记的来函不一致"])


def _repeats_on(letter):
    return ReceivedLetter.objects.get(pk=letter.pk).repeats_on


def test_the_unit_is_reminded_before_the_day_and_once_it_is_past_until_it_replies(office):
    letter = received(reply_due=date(2026, 11, 24))
    Alert.objects.all().delete()
    remind_of_received(clock.today())
    tomorrow = "江门市人民检察院江检建〔2026〕3号将于2026年11月24日到期，请抓紧回复：货运市场巡查不到位"
    assert alerts_of(LIAISON) == alerts_of(HEAD) == [tomorrow]
    assert remind_of_received(clock.today()) == {"提醒": 0, "消息": 0}
    with later(days=2):
        assert remind_of_received(clock.today())["提醒"] == 1
        replied(letter)
    with later(days=2 + timedelta(days=7).days):
        assert remind_of_received(clock.today())["提醒"] == 0
