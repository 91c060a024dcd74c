"""The stories of the demonstration: which steps each case has taken, and when; told in the order of time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from yuetan.actions.letter.letter import (
    acknowledge_letter,
    approve_letter,
    cancel_letter,
    draft_letter,
    return_letter,
)
from yuetan.actions.people.delegation import delegate_approval
from yuetan.models import CalendarDay, Case, Letter, OfficeSetting, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import Calendar, add_working_days
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios.demo import words
from yuetan.scenarios.demo.matters import LetterWords, Matter
from yuetan.vocabulary import Verb

V = Verb
Path = tuple[tuple[Verb, int], ...]  # each step, and the number of the task it is about

PROPOSED: Path = ((V.DRAFT, 0), (V.SUBMIT, 0), (V.ENDORSE, 0))
NOTIFIED: Path = (*PROPOSED, (V.APPROVE, 0), (V.SERVE_NOTICE, 0))
PREPARED: Path = ((V.ACKNOWLEDGE_RECEIPT, 0), (V.PREPARE_SUBMISSION, 0), (V.HAND_IN_SUBMISSION, 0))
LATE = 1  # as the number of a hand-in: on the very day of the interview
HELD_LATE: Path = ((V.ACKNOWLEDGE_RECEIPT, 0), (V.PREPARE_SUBMISSION, 0), (V.HAND_IN_SUBMISSION, LATE))
AGAIN: Path = ((V.PREPARE_SUBMISSION, 0), (V.HAND_IN_SUBMISSION, 0))
SENT: Path = (*NOTIFIED, *PREPARED, (V.HOLD_INTERVIEW, 0), (V.CONFIRM_MINUTES, 0), (V.SEND_MINUTES, 0))
MINUTED: Path = (*SENT, (V.ANSWER_MINUTES, 0), (V.ISSUE_MINUTES, 0))
ASSIGNED: Path = (*MINUTED, (V.ASSIGN, 0))


def _reported(number: int) -> Path:
    return ((V.PREPARE_REPORT, number), (V.HAND_IN_REPORT, number))


def _interim_report(number: int) -> Path:
    return ((V.PREPARE_PROGRESS, number), (V.HAND_IN_PROGRESS, number))


BOTH_REPORTED: Path = (*ASSIGNED, *_reported(1), *_reported(2))
SUPERVISED: Path = ((V.ISSUE_SUPERVISION_LETTER, 2), (V.ACKNOWLEDGE_SUPERVISION, 2))
BEGUN = (V.BEGIN_INSPECTION, 0)
INSPECTED: Path = (BEGUN, (V.CONCLUDE_INSPECTION, 0), (V.SIGN_INSPECTION, 0))
DAYS_BEYOND_LEAD = 3

# By the key of the matter: the steps taken, and how many working days ago the last of them was.
STORIES: dict[str, tuple[Path, int]] = {
    "closed": ((*BOTH_REPORTED, (V.ACCEPT_TASK, 1), (V.ACCEPT_TASK, 2), *INSPECTED, (V.CLOSE, 0)), 12),
    "inspecting": (
        (
            *BOTH_REPORTED,
            (V.ACCEPT_TASK, 1),
            *INSPECTED,
            (V.REQUEST_SEND_BACK, 2),
            (V.SEND_BACK, 2),
            *_reported(2),
            BEGUN,
        ),
        1,
    ),
    "rectifying_overdue": ((*ASSIGNED, *_reported(1), *_interim_report(3), (V.ACCEPT_TASK, 1), *SUPERVISED), 1),
    "rectifying_extension": ((*ASSIGNED, *_reported(1), (V.RETURN_TASK, 1), (V.ASK_EXTENSION, 2)), 1),
    "minuted": ((*NOTIFIED, *HELD_LATE, *MINUTED[len(NOTIFIED) + len(PREPARED) :]), 1),
    "interviewed": (
        (*NOTIFIED, PREPARED[0], (V.HOLD_INTERVIEW, 0), (V.CONFIRM_MINUTES, 0), *AGAIN, (V.SEND_MINUTES, 0)),
        1,
    ),
    "notified_signed": (
        (*NOTIFIED, PREPARED[0], (V.RESCHEDULE, 0), *PREPARED, *AGAIN, (V.ASK_LEAVE, 0)),
        1,
    ),
    "absent": ((*NOTIFIED, PREPARED[0], (V.RECORD_ABSENCE, 0), (V.RESCHEDULE, 0)), 1),
    "acting": (NOTIFIED, 2),
    "interview_being_recorded": ((*NOTIFIED, *PREPARED), DAYS_BEYOND_LEAD + 1),  # the interview was yesterday
    "objected": ((*SENT, (V.ANSWER_MINUTES, 0)), 1),
    "notified_unsigned": (NOTIFIED, 4),
    "approved": ((*PROPOSED, (V.REGISTER_DECISION, 0), (V.CONFIRM_APPROVAL, 0)), 1),
    "proposed": (PROPOSED, 1),
    "proposed_county": (PROPOSED, 3),
    "proposed_town": (PROPOSED, 6),
    "in_review": (
        ((V.DRAFT, 0), (V.SUBMIT, 0), (V.RETURN_FOR_CHANGES, 0), (V.REVISE_DRAFT, 0), (V.SUBMIT, 0)),
        1,
    ),
    "drafted": (((V.DRAFT, 0),), 1),
    "declined": ((*PROPOSED, (V.DECLINE, 0)), 18),
    "withdrawn_draft": (((V.DRAFT, 0), (V.SUBMIT, 0), (V.WITHDRAW, 0)), 25),
    "withdrawn_notice": ((*NOTIFIED, (V.ACKNOWLEDGE_RECEIPT, 0), (V.WITHDRAW, 0)), 14),
}
# Steps taken on the day of the one before; every other one a working day later.
SAME_DAY = {
    *(V.SUBMIT, V.CONFIRM_APPROVAL, V.SEND_MINUTES, V.HAND_IN_REPORT, V.HAND_IN_PROGRESS),
    *(V.ASSIGN, V.ASK_EXTENSION, V.ASK_LEAVE, V.SEND_BACK, V.SIGN_INSPECTION),
}
DAYS_FOR_A_REPORT = {1: 4, 2: 2}  # by the number of the task
DAYS_UNTIL_SUPERVISED = 7
FIRST_HOUR, INTERVIEW_HOUR, RECORD_HOUR = time(9, 10), time(15, 0), time(16, 30)
LETTER_DAYS = {"drafted": (1, 1), "issued": (3, 2), "returned": (2, 1), "cancelled": (2, 1)}
MINUTES_CITED = "{纪要}"
AWAY_SINCE, AWAY_FOR = 6, 9  # working days ago; days from today


@dataclass
class Story:
    """One case on its way through its steps."""

    text: Matter
    case: Case | None = None


@dataclass(order=True)
class Moment:
    """One step of one story, at its time."""

    at: datetime
    order: int
    verb: Verb = field(compare=False)
    number: int = field(compare=False)
    interview_at: datetime | None = field(compare=False)
    story: Story = field(compare=False)

    def play(self) -> None:
        """Take the step as if it were that time."""
        with clock.at(self.at):
            if self.story.case is None:
                self.story.case = words.draft(self.story.text)
                return
            case = Case.objects.get(pk=self.story.case.pk)
            words.take(self.verb, words.StepContext(case, self.story.text, self.number, self.interview_at))


def play_cases(matters: Sequence[Matter]) -> dict[str, Case]:
    """Tell every story, all steps of all cases in the order of time; returns the cases by their keys."""
    stories = {text["key"]: Story(text) for text in matters}
    calendar, lead = CalendarDay.objects.calendar(), OfficeSetting.objects.number("notice_lead_days")
    moments = [moment for story in stories.values() for moment in _moments(story, calendar, lead + DAYS_BEYOND_LEAD)]
    for moment in sorted(moments):
        moment.play()
    return {key: Case.objects.get(pk=story.case.pk) for key, story in stories.items() if story.case}


def _moments(story: Story, calendar: Calendar, days_of_notice: int) -> Iterator[Moment]:
    path, ended = STORIES[story.text["key"]]
    offsets = _offsets(path, days_of_notice)
    first = add_working_days(clock.today(), -(offsets[-1] + ended), calendar)
    at = _at(first, FIRST_HOUR)
    for order, ((verb, number), offset) in enumerate(zip(path, offsets, strict=True)):
        day = add_working_days(first, offset, calendar)
        at = _at(day, FIRST_HOUR) + timedelta(minutes=23 * (order % 7)) if at.date() != day else at
        at = _at(day, RECORD_HOUR) if verb in (V.HOLD_INTERVIEW, V.RECORD_ABSENCE) else at + timedelta(minutes=47)
        interview_at = _at(add_working_days(day, days_of_notice, calendar), INTERVIEW_HOUR)
        yield Moment(at, order, verb, number, interview_at, story)


def _offsets(path: Path, days_of_notice: int) -> list[int]:
    offsets, offset, interview = [], 0, 0
    for order, (verb, number) in enumerate(path):
        if verb in (V.HOLD_INTERVIEW, V.RECORD_ABSENCE) or (verb == V.HAND_IN_SUBMISSION and number == LATE):
            offset = interview
        elif verb == V.PREPARE_REPORT:
            offset += DAYS_FOR_A_REPORT[number]
        elif verb == V.ISSUE_SUPERVISION_LETTER:
            offset += DAYS_UNTIL_SUPERVISED
        elif order and verb not in SAME_DAY:
            offset += 1
        if verb in (V.SERVE_NOTICE, V.RESCHEDULE):
            interview = offset + days_of_notice
        offsets.append(offset)
    return offsets


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, CHINA_STANDARD_TIME)


def play_delegation() -> None:
    """The group leader has been away for some days: the deputy leader decides in their stead."""
    until = clock.today() + timedelta(days=AWAY_FOR)
    since = add_working_days(clock.today(), -AWAY_SINCE, CalendarDay.objects.calendar())
    leader, deputy = (User.objects.get(username=username) for username in ("group_leader", "deputy"))
    with clock.at(_at(since, FIRST_HOUR)):
        delegate_approval(by=leader, delegate=deputy, begins_on=since, ends_on=until, reason="外出学习")


def play_letters(letters: Sequence[LetterWords], cases: Mapping[str, Case]) -> None:
    """One letter waiting for its signature, one issued and signed for, one returned, one set aside."""
    calendar = CalendarDay.objects.calendar()
    for text in letters:
        drafted, signed = (
            _at(add_working_days(clock.today(), -days, calendar), FIRST_HOUR) for days in LETTER_DAYS[text["key"]]
        )
        with clock.at(drafted):
            letter = _draft_letter(text, cases)
        if text["key"] == "returned":
            with clock.at(signed):
                return_letter(letter, by=User.objects.get(username="first_deputy"), reason=text["reason"])
        if text["key"] == "cancelled":
            with clock.at(signed):
                cancel_letter(letter, by=User.objects.get(username="supervisor"), reason=text["reason"])
        if text["key"] == "issued":
            with clock.at(signed):
                letter = approve_letter(letter, by=User.objects.get(username="group_leader"), seen=letter.digest)
            with clock.at(signed + timedelta(hours=5)):
                acknowledge_letter(letter, by=User.objects.get(username=f"liaison_{text['unit']}"))


def _draft_letter(text: LetterWords, cases: Mapping[str, Case]) -> Letter:
    case = cases[text["case"]]
    return draft_letter(
        by=User.objects.get(username="supervisor"),
        unit=Unit.objects.get(code=text["unit"]),
        case=case,
        capacity=text["capacity"],
        lead_matter=text["lead_matter"],
        matter=text["matter"],
        problems=_citing_minutes(text["problems"], case),
        requirements=text["requirements"],
    )


def _citing_minutes(text: str, case: Case) -> str:
    """What is typed names the minutes as papers do, by title and number."""
    if MINUTES_CITED not in text:
        return text
    paper = case.current_minutes
    return text.replace(MINUTES_CITED, f"《{paper.title}》（{paper.number}）")
