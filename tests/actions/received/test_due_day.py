"""改定回复期限: the organ that wrote a letter grants another day; what follows the day follows it."""

from datetime import date

import pytest
import time_machine

from tests import cast
from tests.factories import pdf
from tests.received import GRANTED, MATTER, closed, due_moved, received, replied
from tests.refusals import appoint, not_theirs, refused, refused_among
from yuetan.actions.messages.received_reminders import remind_of_received
from yuetan.actions.received.due_day import due_shown
from yuetan.actions.received.letter import withdraw_received_letter
from yuetan.actions.received.reply import return_received_reply
from yuetan.actions.record.check_records import disagreements
from yuetan.actions.record.checks.check_received import check_received
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import Alert, Event, OfficeSetting, ReceivedDueChange, ReceivedLetter, ReceivedPaper
from yuetan.models.assessment.sources import SOURCES
from yuetan.models.dossier.year_facts import Days
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind, RecordSource

LIAISON = f"liaison_{cast.TOWN}"
PAST, NEW = date(2026, 11, 20), date(2026, 12, 15)


def anew(letter):
    return ReceivedLetter.objects.with_relations().get(pk=letter.pk)


def texts_of(username):
    return list(Alert.objects.filter(recipient=cast.person(username)).order_by("pk").values_list("text", flat=True))


def late_in(year=2026):
    return SOURCES[RecordSource.LATE_REPLIES].counts(Days.of_year(year), ())


def lit(letter, light):
    return DeadlineLights.now().replies_showing(ReceivedLetter.objects.unreplied(), light).contains(letter)


def test_light_lateness_and_figures_follow_the_new_day(office):
    letter = received(reply_due=PAST)
    assert (anew(letter).days_overdue, lit(letter, "red"), late_in()) == (3, True, {letter.unit_id: 1})
    change = due_moved(letter)
    letter = anew(letter)
    assert (change.former_due, change.due_on, change.ground, change.set_by) == (
        *(PAST, NEW, GRANTED, cast.person("officer")),
    )
    assert (letter.reply_due, letter.due_on, letter.days_overdue, letter.late_words) == (PAST, NEW, 0, "")
    assert (lit(letter, "red"), lit(letter, "green"), late_in()) == (False, True, {})
    assert texts_of(LIAISON)[-1] == (f"来函机关改定了{letter}的回复期限，由2026年11月20日改为2026年12月15日：{GRANTED}")
    assert cast.person("officer").name not in texts_of(LIAISON)[-1]
    data = Event.objects.get(verb="set_received_due").data
    assert (data["day"], data["reason"], data["words"]) == ("2026-12-15", GRANTED, str(letter))
    assert list(disagreements()) == []


@pytest.mark.parametrize(("day", "late"), [(date(2026, 11, 21), 2), (date(2026, 11, 23), 0)])
def test_a_reply_is_late_by_the_day_that_the_organ_granted(office, day, late):
    letter = received(reply_due=date(2026, 11, 16))
    due_moved(letter, due_on=day)
    reply = replied(anew(letter))
    assert (reply.due_on, reply.late_days, anew(letter).late_days) == (day, late, late)
    assert late_in() == ({letter.unit_id: 1} if late else {})
    assert list(check_received()) == []


def test_reminders_come_on_the_new_day_alone(office):
    letter = received(reply_due=date(2026, 11, 24))
    due_moved(letter)
    Alert.objects.all().delete()
    assert remind_of_received(clock.today())["提醒"] == 0
    with time_machine.travel("2026-12-15 09:00 +08:00", tick=False):
        assert remind_of_received(clock.today())["提醒"] >= 1
    assert any(MATTER in text for text in texts_of(LIAISON))


def test_a_letter_without_a_day_gets_one(office):
    OfficeSetting.objects.filter(key="received_reply_days").update(value=0)
    letter = received(reply_due=None)
    if letter.due_on is not None:
        ReceivedLetter.objects.filter(pk=letter.pk).update(due_on=None)
        letter = anew(letter)
    assert due_moved(letter).former_due is None
    assert f"{letter}的回复期限，改为2026年12月15日" in texts_of(LIAISON)[-1]


def test_what_is_missing_or_unfit_is_refused(office):
    letter = received()
    with refused("改定回复期限还缺：改定的回复期限、依据、来函机关的文书。"):
        due_moved(letter, due_on=None, ground="", scan=[])
    with refused_among("所填的“无”看不出内容"):
        due_moved(letter, ground="无")
    for day in (letter.received_on, date(2026, 11, 3)):
        with refused_among("改定的回复期限应当在收到来函的日期（2026年11月4日）以后"):
            due_moved(letter, due_on=day)
    with refused("回复期限已经是2026年12月4日，没有改动，不必登记。"):
        due_moved(letter, due_on=letter.due_on)
    with refused_among("手机"):
        due_moved(letter, ground="经办人手机13812345678同意。")
    assert not ReceivedDueChange.objects.exists()
    assert due_moved(letter, due_on=date(2026, 11, 5)).due_on == date(2026, 11, 5)


def test_who_looked_at_another_day_reads_so(office):
    letter = received()
    seen = due_shown(letter)
    due_moved(letter)
    with refused_among("张一已于"):
        due_moved(anew(letter), due_on=date(2026, 12, 20), seen=seen)
    assert anew(letter).due_on == NEW
    assert due_moved(anew(letter), due_on=date(2026, 12, 20)).former_due == NEW


def test_after_the_reply_or_the_end_nothing_is_moved(office):
    letter = received()
    reply = replied(letter)
    with refused_among("第1版回复已经填报，按当时的期限计算是否逾期，不再改定"):
        due_moved(anew(letter))
    closed(reply)
    with refused_among("这件来函已经办结"):
        due_moved(anew(letter))
    gone = received(number="江检建〔2026〕4号")
    withdraw_received_letter(gone, by=cast.person("officer"), reason="误登。")
    with refused_among("登记已由办公室撤销"):
        due_moved(gone)
    assert not ReceivedDueChange.objects.exists()


def test_the_last_of_return_and_change_counts(office):
    letter = received()
    due_moved(letter)
    reply = replied(anew(letter))
    return_received_reply(reply, by=cast.person("supervisor"), reason="没有责任人。", again_by=date(2026, 12, 1))
    assert (anew(letter).due_on, list(check_received())) == (date(2026, 12, 1), [])
    due_moved(anew(letter), due_on=date(2026, 12, 8))
    assert (anew(letter).due_on, list(check_received())) == (date(2026, 12, 8), [])
    for wrong in (date(2026, 12, 1), NEW):
        ReceivedLetter.objects.filter(pk=letter.pk).update(due_on=wrong)
        assert len(list(check_received())) == 1, wrong


def test_the_office_alone_and_nobody_of_the_unit(office):
    letter = received()
    for who in (LIAISON, f"head_{cast.TOWN}", "group_leader"):
        with not_theirs():
            due_moved(letter, by=who)
    appoint(cast.person("supervisor"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    with not_theirs():
        due_moved(letter, by="supervisor")


def test_the_paper_is_seen_with_the_letter(office):
    change = due_moved(received(), scan=[pdf("复函.pdf")])
    paper = ReceivedPaper.objects.get(due_change=change)
    assert paper.of_letter == change.letter
    assert ReceivedPaper.objects.visible_to(cast.person(LIAISON)).contains(paper)
    assert not ReceivedPaper.objects.visible_to(cast.person(f"head_{cast.DIVISION_TOWN}")).contains(paper)
