"""三书一函 of units that have ended, letters that an organ took back, and letters whose number comes again or lacks."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.assignments import given, put_right, stated, take
from tests.consistency import check_all
from tests.mergers import OPINION, merge
from tests.past_triggers import past_triggers
from tests.received import MATTER, closed, recalled, received, replied
from tests.refusals import appoint, not_theirs, refused, refused_among
from yuetan.actions.messages.received_reminders import remind_of_received
from yuetan.actions.people.succession import carry_over, matters_of
from yuetan.actions.received.closing import close_unanswered, withdraw_received_closing
from yuetan.actions.received.letter import withdraw_received_letter
from yuetan.actions.record.check_records import disagreements
from yuetan.actions.record.checks.check_received import check_received
from yuetan.models import Alert, Assignment, Event, ReceivedLetter, ReceivedPaper, Unit
from yuetan.models.assessment.sources import SOURCES
from yuetan.models.dossier.year_facts import Days
from yuetan.models.people.unit_change import former_units
from yuetan.models.received.offered import earlier_of, offered_by_letter
from yuetan.rules.dates import clock
from yuetan.vocabulary import AssignmentState, PostKind, ReceivedStanding, RecordSource, UnitChangeKind, Verb

HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
NEIGHBOUR_HEAD = f"head_{cast.DIVISION_TOWN}"
NUMBER = "江检建〔2026〕3号"
REASON = "单位已撤销，来函事项由办公室另行处理。"


def texts_of(username):
    return list(Alert.objects.filter(recipient=cast.person(username)).order_by("pk").values_list("text", flat=True))


def gone(code=cast.TOWN):
    Unit.objects.filter(code=code).update(retired_on=date(2026, 11, 20))


def test_letters_go_over_to_the_successor_with_the_rest(office):
    town, neighbour = cast.unit(cast.TOWN), cast.unit(cast.DIVISION_TOWN)
    letter = received(reply_due=date(2026, 11, 20))
    wrong = received(number="江检建〔2026〕4号")
    withdraw_received_letter(wrong, by=cast.person("officer"), reason="误登。")
    done = closed(replied(received(number="江检建〔2026〕5号"))).letter
    assignment = given(letter)
    same_paper, waiting = received(cast.DIVISION_TOWN), received(number="江检建〔2026〕6号")
    change = merge(town, neighbour)
    with refused_among("棠下镇已撤并，须先由办公室主任将其事项转由承接单位"):
        given(waiting)
    with refused_among("仍有人办理，应当回复以后办结；已经撤并的，请办公室主任先决定转由承接单位办理"):
        close_unanswered(waiting, by=cast.person("officer"), reason=REASON)
    mine = [letter, wrong, done, waiting]
    assert matters_of(town).received == sorted(mine, key=lambda each: each.pk)
    carry_over(change, by=cast.person("director"), opinion=OPINION)
    over = {each.pk: each for each in ReceivedLetter.objects.with_relations()}
    for each in mine:
        assert (over[each.pk].unit, over[each.pk].first_unit) == (neighbour, town)
    assert over[letter.pk].unit_label == f"{neighbour.full_name}（原{town.name}）"
    assert over[same_paper.pk].first_unit is None
    seen = ReceivedLetter.objects.visible_to(cast.person(NEIGHBOUR_HEAD))
    assert {each.pk for each in seen} == {letter.pk, done.pk, waiting.pk, same_paper.pk}
    heard = [f"{town.full_name}收到的{each}转由本单位办理：{MATTER}" for each in (letter, waiting)]
    assert sorted(text for text in texts_of(NEIGHBOUR_HEAD) if "转由本单位办理" in text) == sorted(heard)
    facts = Event.objects.filter(verb="carry_over_received").values_list("data__words", flat=True)
    assert sorted(facts) == sorted(str(each) for each in mine)
    assert Assignment.objects.get(pk=assignment.pk).unit == neighbour
    assert remind_of_received(clock.today())["提醒"] >= 1
    assert any(NUMBER in text and "逾期" in text for text in texts_of(NEIGHBOUR_HEAD))
    assert list(disagreements()) == []


def test_what_came_late_before_the_merger_counts_for_the_unit_that_had_it(office):
    town, neighbour = cast.unit(cast.TOWN), cast.unit(cast.DIVISION_TOWN)
    received(reply_due=date(2026, 11, 20))
    replied(received(number="江检建〔2026〕4号", reply_due=date(2026, 11, 20)))
    carry_over(merge(town, neighbour), by=cast.person("director"), opinion=OPINION)
    days, former = Days.of_year(2026), former_units(date(2026, 1, 1))
    assert SOURCES[RecordSource.LATE_REPLIES].counts(days, former) == {town.pk: 2}


def test_recusal_follows_the_letter(office):
    reply = replied(received())
    appoint(cast.person("supervisor"), cast.unit(cast.DIVISION_TOWN), PostKind.LIAISON, "联络员")
    change = merge(cast.unit(cast.TOWN), cast.unit(cast.DIVISION_TOWN))
    carry_over(change, by=cast.person("director"), opinion=OPINION)
    reply.letter.refresh_from_db()
    with not_theirs():
        closed(reply, by="supervisor")
    assert closed(reply, by="officer").letter.standing == ReceivedStanding.CLOSED


def test_a_unit_with_an_open_letter_does_not_end_without_a_successor(office):
    letter, town = received(), cast.unit(cast.TOWN)
    with refused_among("棠下镇还有未了结的事务，不能没有承接单位"):
        merge(town, None, kind=UnitChangeKind.DISSOLVED)
    closed(replied(letter))
    merge(town, None, kind=UnitChangeKind.DISSOLVED)


def test_a_reply_that_stands_is_read_though_the_unit_has_ended(office):
    letter = replied(received()).letter
    gone()
    with refused("第1版回复已经填报，不能不经回复办结；请审阅以后办结或者退回。"):
        close_unanswered(letter, by=cast.person("officer"), reason=REASON)


def test_what_nobody_is_left_to_reply_to_the_office_closes_with_a_reason(office):
    letter = received(reply_due=date(2026, 11, 20))
    with refused_among("仍有人办理，应当回复以后办结"):
        close_unanswered(letter, by=cast.person("officer"), reason=REASON)
    gone()
    with refused_among("已经停用、没有承接单位，不能交办整改；请由办公室写明原因办结这件来函"):
        given(letter)
    for who in (HEAD, "group_leader"):
        with not_theirs():
            close_unanswered(letter, by=cast.person(who), reason=REASON)
    with refused("尚未写明办结的原因。"):
        close_unanswered(letter, by=cast.person("officer"), reason="")
    closing = close_unanswered(letter, by=cast.person("officer"), reason=REASON)
    letter.refresh_from_db()
    assert (letter.standing, letter.closing, letter.late_words) == (ReceivedStanding.CLOSED, closing, "")
    assert not ReceivedLetter.objects.unreplied().exists()
    withdraw_received_closing(closing, by=cast.person("director"), reason="误办。")
    letter.refresh_from_db()
    assert letter.standing == ReceivedStanding.OPEN


def test_an_organ_takes_its_letter_back(office):
    letter = received(reply_due=date(2026, 11, 20))
    with refused("登记来函机关撤回还缺：撤回的情况、来函机关的文书。"):
        recalled(letter, reason="", scan=[])
    with not_theirs():
        recalled(letter, by=LIAISON)
    assignment = given(letter)
    with refused_among("项整改任务还没有销号"):
        recalled(letter)
    take(Verb.REVOKE_ASSIGNMENT, assignment)
    closing = recalled(letter)
    letter = ReceivedLetter.objects.with_relations().get()
    assert (letter.standing, letter.days_overdue) == (ReceivedStanding.RECALLED, 0)
    assert texts_of(LIAISON)[-1].endswith("不必再办：检察机关以江检函〔2026〕1号撤回。")
    assert Event.objects.filter(verb="record_received_recall").exists()
    paper = ReceivedPaper.objects.get(closing=closing)
    assert paper.of_letter == letter
    assert paper in ReceivedPaper.objects.visible_to(cast.person(HEAD))
    assert paper not in ReceivedPaper.objects.visible_to(cast.person(NEIGHBOUR_HEAD))
    with refused_among("这件来函已经办结，不能再办"):
        replied(letter)
    with refused_among("这件来函已经办结，不能再办"):
        recalled(letter)
    Alert.objects.all().delete()
    assert remind_of_received(clock.today())["提醒"] == 0


def test_what_an_organ_took_back_is_repeated_by_nothing_until_that_is_withdrawn(office):
    first = received()
    second = received(number="江检建〔2026〕9号", received_on=date(2026, 11, 20), dated_on=date(2026, 11, 18))
    repeats = lambda: ReceivedLetter.objects.get(pk=second.pk).repeats_on  # noqa: E731
    assert repeats() == first.received_on
    closing = recalled(first)
    assert repeats() is None
    assert offered_by_letter(ReceivedLetter.objects.with_relations().get(pk=second.pk)) is None
    assert offered_by_letter(ReceivedLetter.objects.with_relations().get(pk=first.pk)) is None
    check_all()
    withdraw_received_closing(closing, by=cast.person("director"), reason="检察机关没有撤回。")
    assert repeats() == first.received_on
    assert "问题重复发生" in offered_by_letter(ReceivedLetter.objects.with_relations().get(pk=second.pk)).facts


def test_after_a_wrong_closing_further_tasks_are_handed_out(office):
    letter = received()
    reply = replied(letter)
    first = take(Verb.CONCLUDE_ASSIGNMENT, put_right(given(letter)))
    closing = closed(reply)
    withdraw_received_closing(closing, by=cast.person("director"), reason="有反复。")
    second = given(letter, tasks=[stated("再查一次货运市场。")])
    assert (first.state, second.state) == (AssignmentState.CONCLUDED, AssignmentState.RUNNING)
    with refused_among("这件来函的整改已经交办、还在办理，不能另行交办"):
        given(letter)


def test_a_letter_without_a_number_is_known_by_organ_matter_and_day(office):
    letter = received(number="", kind="police")
    assert str(letter) == "公安提示函（江门市人民检察院2026年11月2日来函）"
    with refused_among("2026年11月23日已登记过蓬江区棠下镇收到的同一来函（江门市人民检察院2026年11月2日来函）"):
        received(number="")
    assert received(number="", matter="砂石堆场扬尘").pk
    assert received(number="", dated_on=date(2026, 11, 3)).pk


def test_a_number_that_comes_again_on_another_day_is_another_letter(office):
    received()
    assert received(dated_on=date(2026, 11, 3)).pk
    with refused_among("已登记过蓬江区棠下镇收到的同一来函"):
        received(dated_on=date(2026, 11, 3), number="江检建[2026]3号")


@pytest.mark.parametrize("sign", ["⑩", "㍿", "ﷺ"])
def test_signs_that_stand_for_several_fit(office, sign):
    letter = received(matter=f"货运{sign * 190}", organ=f"江门{sign * 90}", number=sign * 90)
    assert len(letter.matter_key) == 200
    assert ReceivedLetter.objects.get() == letter


def test_a_row_that_says_otherwise_than_its_replies_is_found(office):
    letter = received()
    reply = replied(letter)
    row = ReceivedLetter.objects.filter(pk=letter.pk)
    assert list(check_received()) == []
    days = ({"due_on": date(2026, 12, 24)}, {"due_on": None})
    for changes in ({"reply_count": 2}, {"late_days": 3}, *days, {"reply": None}):
        as_it_was = row.values(*changes).get()
        row.update(**changes)
        assert [found.words for found in check_received()] == ["回复、期限、办结情况与各版回复、办结不一致"], changes
        row.update(**as_it_was)
    closing = closed(reply)
    assert list(check_received()) == []
    with past_triggers():
        row.update(closing=None)
    assert len(list(check_received())) == 1
    with past_triggers():
        row.update(closing=closing)
    for without in ({"closing": None}, {"closing": closing.pk + 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**{f"{name}_id": key for name, key in without.items()})


def test_what_came_to_the_former_unit_is_repeated_at_the_successor(office):
    town, neighbour = cast.unit(cast.TOWN), cast.unit(cast.DIVISION_TOWN)
    received(number="江检建〔2026〕1号", received_on=date(2026, 11, 3))
    own = received(cast.DIVISION_TOWN)
    assert not ReceivedLetter.objects.repeating().exists()
    carry_over(merge(town, neighbour), by=cast.person("director"), opinion=OPINION)
    assert ReceivedLetter.objects.repeating().get() == own


def test_of_two_letters_of_one_day_the_second_to_be_registered_repeats_the_first(office):
    for code in (cast.TOWN, cast.DIVISION_TOWN):
        first, *others = (received(code, number=f"江检建〔2026〕{number}号") for number in range(1, 9))
        repeating = ReceivedLetter.objects.repeating().filter(unit=cast.unit(code))
        assert set(repeating) == set(others)  # whatever their keys are, which say no order
        assert (earlier_of(first), earlier_of(others[1])) == ([], [others[0], first])
    assert list(disagreements()) == []
