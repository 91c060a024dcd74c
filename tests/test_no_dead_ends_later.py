"""No dead end beside the main line and after it: requests, pauses, corrections, ended cases, 补录, letters.

As in `test_no_dead_ends`: every post vacant and everybody barred in turn. Each moment names steps of which somebody
must be able to take one; where nobody is, a post must be vacant, and the page must name it and who fills it.
"""

from typing import Any

import pytest

from tests import cast
from tests.factories import case_after, case_in, later, letter_in, take
from tests.test_no_dead_ends import BARRED, VACANCIES, bar, empty, undone
from yuetan.actions.letter.letter import acknowledge_letter
from yuetan.models import Case, Letter
from yuetan.scenarios.earlier import begin
from yuetan.views.case.whose_turn import able, nobody, posts_of
from yuetan.vocabulary import HEAD_POSTS, CaseState, InspectionConclusion, LetterState, PostKind, Verb

UNSIGNED = (Verb.CONCLUDE_INSPECTION, {"scan": None})
NOT_DONE = {"conclusion": InspectionConclusion.NOT_RECTIFIED}
# Where the usual history stops, the days since, what is done then, and of what somebody must be able to take one.
MOMENTS: tuple[tuple[str, Verb, int, list[Any], set[str]], ...] = (
    ("registered decision", Verb.ENDORSE, 0, [Verb.REGISTER_DECISION], {"confirm_approval", "return_registration"}),
    ("leave asked", Verb.SERVE_NOTICE, 0, [Verb.ASK_LEAVE], {"decide_leave"}),
    ("nobody came", Verb.SERVE_NOTICE, 9, [Verb.RECORD_ABSENCE], {"reschedule"}),
    ("unit without login", Verb.SERVE_NOTICE, 0, [], {"acknowledge_receipt", "register_receipt"}),
    ("paper at the counter", Verb.SERVE_NOTICE, 0, [], {"hand_in_submission", "register_submission"}),
    ("correction", Verb.ISSUE_MINUTES, 0, [Verb.CORRECT_MINUTES], {"confirm_correction"}),
    ("correction overtaken", Verb.ISSUE_MINUTES, 0, [Verb.CORRECT_MINUTES], {"drop_correction"}),
    ("extension", Verb.ASSIGN, 0, [Verb.ASK_EXTENSION], {"decide_extension"}),
    ("pause", Verb.ASSIGN, 0, [Verb.PAUSE_TASK], {"resume_task"}),
    ("overdue report", Verb.ASSIGN, 60, [], {"hand_in_report", "register_report"}),
    ("chase", Verb.ASSIGN, 0, [Verb.CHASE], {"answer_chase", "register_chase_answer"}),
    ("report", Verb.HAND_IN_REPORT, 0, [], {"return_task"}),
    (
        "unsigned inspection",
        Verb.BEGIN_INSPECTION,
        0,
        [(Verb.CONCLUDE_INSPECTION, {"scan": None})],
        {"sign_inspection"},
    ),
    (
        "work to be done again",
        Verb.HAND_IN_REPORT,
        0,
        [Verb.BEGIN_INSPECTION, (Verb.CONCLUDE_INSPECTION, NOT_DONE), Verb.REQUEST_SEND_BACK],
        {"send_back"},
    ),
    ("end", Verb.CLOSE, 0, [], {"record_consequence"}),
    ("correction after the end", Verb.CLOSE, 0, [], {"correct_minutes"}),
    ("consequence after the end", Verb.CLOSE, 0, [Verb.RECORD_CONSEQUENCE], {"confirm_consequence"}),
    ("revisit", Verb.CLOSE, 80, [], {"record_revisit"}),
    ("relapse", Verb.CLOSE, 80, [Verb.RECORD_REVISIT], {"request_reopening"}),
    ("reopening", Verb.CLOSE, 80, [Verb.RECORD_REVISIT, Verb.REQUEST_REOPENING], {"reopen"}),
    ("mistaken receipt", Verb.SERVE_NOTICE, 0, [Verb.REGISTER_RECEIPT], {"correct_receipt"}),
    ("mistaken paper", Verb.SERVE_NOTICE, 0, [], {"void_document"}),
)


def stuck(subject: Case | Letter, wanted: set[str], vacant: tuple[PostKind, ...], barred: str) -> str:
    """What is wrong with it; empty if somebody may take one of the steps, or a vacancy that is named keeps them."""
    steps = [step for step in subject.steps_now() if step.verb in wanted]
    if any(step.is_met(subject) and able(subject, step) for step in steps):
        return ""
    against = [reason.text for step in steps for one in step.requirements for reason in one.reasons(subject)]
    words = "".join([*against, *(nobody(subject, step) for step in steps if not able(subject, step))])
    names = [subject.unit.heads_name if kind in HEAD_POSTS else kind.label for kind in vacant]
    if any(name in words for name in names):
        return ""
    return f"{sorted(wanted)}, {'、'.join(names)}暂缺, {barred}回避: {words!r}"


def all_stuck(subject: Case | Letter, wanted: set[str]) -> list[str]:
    """Every post emptied and everybody barred whom the wanted steps may concern."""
    steps = [step for step in subject.steps_now() if step.verb in wanted]
    assert any(step.is_met(subject) for step in steps), wanted
    concerned = {kind for step in steps for kind in posts_of(step)}
    found, model = [], type(subject)
    for vacant in (each for each in VACANCIES if not each or concerned.intersection(each)):
        with undone():
            empty(subject.unit, vacant)
            for barred, kind in BARRED.items():
                if kind in vacant or (kind and kind not in concerned):
                    continue
                with undone():
                    if barred:
                        bar(barred, subject.unit)
                    now = model.objects.select_related("unit", "regulation").get(pk=subject.pk)
                    found.append(stuck(now, wanted, vacant, barred))
    return [each for each in found if each]


@pytest.mark.parametrize(("moment", "verb", "days", "then", "wanted"), MOMENTS, ids=[each[0] for each in MOMENTS])
def test_somebody_takes_what_waits_beside_the_main_line_and_after_it(office, moment, verb, days, then, wanted):
    case = case_after(verb)
    with later(days=days):
        for each in then:
            name, changed = each if isinstance(each, tuple) else (each, {})
            case = take(name, case, **changed)
        assert all_stuck(case, wanted) == []


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        (LetterState.DRAFTED, {"approve_letter", "return_letter"}),
        (LetterState.DRAFTED, {"take_back_letter", "cancel_letter"}),
        (LetterState.RETURNED, {"revise_letter", "cancel_letter"}),
        (LetterState.ISSUED, {"acknowledge_letter", "register_letter_receipt"}),
        (LetterState.ISSUED, {"void_document"}),
    ],
)
def test_no_letter_stands_still(office, state, wanted):
    assert all_stuck(letter_in(state, to=cast.unit(cast.TOWN)), wanted) == []


def test_a_letter_signed_for_is_answered_here_or_on_paper(office, liaison):
    letter = acknowledge_letter(letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN)), by=liaison)
    assert all_stuck(letter, {"answer_letter", "register_letter_answer"}) == []


def test_what_is_entered_later_is_handed_in_confirmed_or_discarded(office, town):
    case = begin(town, cast.MONDAY.date().replace(month=9, day=1))
    assert all_stuck(case, {"hand_in_earlier_case", "discard_earlier_case"}) == []


@pytest.mark.parametrize("state", [CaseState.DECLINED, CaseState.WITHDRAWN])
def test_of_a_case_that_ended_early_nothing_waits(office, state):
    case = case_in(state)
    assert [step.verb for step in case.steps_now() if step.is_awaited(case)] == []


def test_the_search_sees_what_is_stuck(office, town):
    letter = letter_in(LetterState.RETURNED, to=town)
    with undone():
        for who in ("officer", "second_officer", "director", "supervisor"):
            bar(who, town)
        now = Letter.objects.select_related("unit", "regulation").get(pk=letter.pk)
        assert stuck(now, {"revise_letter", "cancel_letter"}, (), "督查员").startswith("['cancel_letter'")
