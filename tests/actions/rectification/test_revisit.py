"""回头看: planned at the end; a relapse opens the account again and is counted."""

from datetime import date, timedelta

import pytest

from tests.factories import case_in, later, take
from tests.refusals import by_the_office, not_theirs, refused, too_late
from tests.web import Visitor
from yuetan.models import Alert
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, RevisitOutcome, TaskState, Verb


@pytest.fixture
def closed(office):
    """A case that came to its end."""
    return case_in(CaseState.CLOSED)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(None, "办结时须安排回头看的日期。"), (date(2026, 11, 23), "回头看的日期须在今天以后。")],
)
def test_the_end_plans_a_revisit(office, day, sentence):
    case = case_in(CaseState.INSPECTING)
    take(Verb.CONCLUDE_INSPECTION, case)
    with refused(by_the_office(sentence), field="revisit_on"):
        take(Verb.CLOSE, case, revisit_on=day)


def test_what_holds_stays_closed(closed):
    with later(days=80):
        case = take(Verb.RECORD_REVISIT, closed, outcome=RevisitOutcome.HELD)
        assert (case.state, case.relapses, case.due_on) == (CaseState.CLOSED, 0, None)
        with refused("没有待进行的回头看。"):
            take(Verb.RECORD_REVISIT, closed)
        with refused("办公室设定：没有发现问题复发，不能重启整改；须先记录回头看。"):
            take(Verb.REQUEST_REOPENING, closed)


@pytest.mark.parametrize(("days", "stated"), [(70, False), (83, True)])
def test_a_revisit_is_asked_for_in_the_week_before_it_and_never_once_it_is_made(closed, supervisor, days, stated):
    with later(days=days):
        asked = Visitor(supervisor)
        assert ("记录回头看" in asked.open("/")) is stated
        take(Verb.RECORD_REVISIT, closed)
        assert "记录回头看" not in asked.open("/")
        assert "台账停了更新。" in asked.open(f"/cases/{closed.pk}/")


def test_a_relapse_opens_the_account_again_and_is_counted(closed, head):
    with later(days=80):
        take(Verb.RECORD_REVISIT, closed)
        take(Verb.REQUEST_REOPENING, closed)
        case = take(Verb.REOPEN, closed)
        first, second = case.tasks.order_by("number")
        assert (case.state, case.relapses, case.closed_on) == (CaseState.RECTIFYING, 1, None)
        assert (first.state, second.state) == (TaskState.RETURNED, TaskState.ACCEPTED)
        assert first.agreed_due_on == first.effective_due_on == clock.today() + timedelta(days=20)
        assert "复发" in Alert.objects.filter(recipient=head).first().text
        for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK, Verb.BEGIN_INSPECTION):
            take(verb, case)
        take(Verb.CONCLUDE_INSPECTION, case)
        case = take(Verb.CLOSE, case)
        assert (case.state, case.relapses, case.revisits.count()) == (CaseState.CLOSED, 1, 2)
        with refused("办公室设定：没有发现问题复发，不能重启整改；须先记录回头看。"):
            take(Verb.REQUEST_REOPENING, case)


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"visited_on": None}, "尚未填写回头看的实际日期。", "visited_on"),
        ({"visited_on": date(2026, 11, 24)}, "回头看的实际日期不得晚于今天。", "visited_on"),
        (
            {"inspectors": []},
            "督查、现场核查、回头看须由两人以上进行，请选定至少两人；同一人任两职的只算一人。",
            "inspectors",
        ),
        ({"findings": " "}, "尚未填写回头看情况。", "findings"),
    ],
)
def test_what_a_revisit_lacks(closed, changed, sentence, field):
    with refused(by_the_office(sentence), field=field):
        take(Verb.RECORD_REVISIT, closed, **changed)


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "head"])
def test_nobody_but_a_supervisor_goes_back(closed, request, who):
    with not_theirs():
        take(Verb.RECORD_REVISIT, closed, by=request.getfixturevalue(who))


def test_nothing_is_revisited_before_the_end(office, supervisor):
    case = case_in(CaseState.INSPECTING)
    facts = {"visited_on": clock.today(), "inspectors": [], "findings": "看了。", "scan": None}
    with too_late():
        take(Verb.RECORD_REVISIT, case, **facts, outcome=RevisitOutcome.HELD)
