"""THE table of what a 卷宗 can be taken of: when, by whom, and what goes into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from django.db.models import Model, QuerySet

from yuetan import permissions
from yuetan.actions.record.case_record import events_of
from yuetan.documents.case_file.case_pieces import pieces_of
from yuetan.documents.case_file.matter import (
    Matter,
    matter_of_case,
    matter_of_measure,
    matter_of_meeting,
    matter_of_round,
)
from yuetan.documents.case_file.measure_pieces import pieces_of_measure
from yuetan.documents.case_file.meeting_pieces import pieces_of_meeting
from yuetan.documents.case_file.piece import Piece
from yuetan.documents.case_file.round_pieces import pieces_of_round
from yuetan.models import (
    AccountabilityMeasure,
    AgendaItem,
    Case,
    Meeting,
    MeetingCorrection,
    RoundVisit,
    SupervisionRound,
    User,
)
from yuetan.models.meeting.meeting import SEE_MEETINGS
from yuetan.models.rounds.supervision_round import SEE_ROUNDS
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.vocabulary import CaseState, MeetingState, RoundState, Verb

TAKE = "take_case_file"
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Archive(Generic[Row]):
    """One kind of subject of which there are 卷宗; its functions take a subject of that kind.

    `visible` is what the person may see of them, `may_take` whether they may take one, `problems` why there is none.
    `events` are the steps taken on it, each in the form that was sealed; none where it has no steps.
    """

    model: type[Row]
    visible: Callable[[User], QuerySet[Row]]
    may_take: Callable[[Row, User], bool]
    problems: Callable[[Row], Iterator[Finding]]
    matter: Callable[[Row], Matter]
    pieces: Callable[[Row, User], Sequence[Piece]]
    events: Callable[[Row], Iterable[dict[str, object]]]


def may_take_case_file(case: Case, user: User) -> bool:
    """Whether this person may take the 卷宗 of this case, once it is closed; nobody of the unit concerned
    may, and nobody without whom it was narrowed (知悉范围)."""
    return user.has_perm(permissions.name(TAKE)) and not (user.is_recused_from(case.unit_id) or case.leaves_out(user))


def not_closed(case: Case) -> Iterator[Finding]:
    """That a case which goes on has no 卷宗 yet."""
    if case.state != CaseState.CLOSED:
        yield finding("case_file_not_closed", state=case.get_state_display())


def may_take_meeting_file(meeting: Meeting, user: User) -> bool:
    """Whether this person may take the 卷宗 of this meeting, once it is over: who takes those of cases, and from whom
    no item of it is hidden (回避, 知悉范围)."""
    may = all(user.has_perm(permissions.name(codename)) for codename in (TAKE, SEE_MEETINGS))
    hidden = AgendaItem.objects.filter(meeting=meeting).meetings_not_whole_to(user)
    return may and not hidden.exists()


def not_over(meeting: Meeting) -> Iterator[Finding]:
    """That a meeting which is ahead, or of which something is yet to be written, has no 卷宗."""
    if meeting.state not in (MeetingState.MINUTED, MeetingState.CANCELLED):
        yield finding("meeting_file_not_over", meeting=meeting.title, state=meeting.state.label)
    elif MeetingCorrection.objects.not_issued().filter(meeting=meeting).exists():
        yield finding("meeting_file_corrected", meeting=meeting.title)


def may_take_round_file(of_round: SupervisionRound, user: User) -> bool:
    """Whether this person may take the 卷宗 of this round, once it is over: who takes those of cases, and who has no
    post in a unit of it (回避)."""
    may = all(user.has_perm(permissions.name(codename)) for codename in (TAKE, SEE_ROUNDS))
    posts = [post.unit_id for post in user.current_posts]
    return may and not RoundVisit.objects.filter(round=of_round, unit__in=posts).exists()


def round_not_over(of_round: SupervisionRound) -> Iterator[Finding]:
    """That a round which is planned or runs has no 卷宗 yet."""
    if of_round.state not in (RoundState.ENDED, RoundState.CANCELLED):
        yield finding("round_file_not_over", title=of_round.title, state=of_round.state.label)


def may_take_measure_file(measure: AccountabilityMeasure, user: User) -> bool:
    """Whether this person may take the 卷宗 of this measure once it is over: who takes those of cases, and from whom
    nothing of how it came about is kept (回避 for each unit that its text names, 知悉范围)."""
    return user.has_perm(permissions.name(TAKE)) and measure.is_inner_to(user)


def measure_not_over(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """That a measure which goes on, closes something still, or waits for somebody has no 卷宗 yet."""
    if not measure.is_over:
        yield finding("measure_file_not_over", title=measure.title, state=measure.get_state_display())
        return
    if (last := measure.closes_until) is not None and last >= clock.today():
        yield finding("measure_file_restricts", title=measure.title, day=chinese_date(last))
    awaited = measure.pending_steps.now().order_by("pk").values_list("verb", flat=True)
    if labels := [Verb(verb).label for verb in dict.fromkeys(awaited)]:
        yield finding("measure_file_waits", title=measure.title, steps=joined(labels))


# By the word under which a file that is asked for keeps the key of its subject; pages are named alike.
ARCHIVES: Mapping[
    str, Archive[Case] | Archive[Meeting] | Archive[SupervisionRound] | Archive[AccountabilityMeasure]
] = {
    "case": Archive(
        Case, Case.objects.visible_to, may_take_case_file, not_closed, matter_of_case, pieces_of, events_of
    ),
    "meeting": Archive(
        Meeting,
        lambda user: Meeting.objects.visible_to(user).with_people(),
        may_take_meeting_file,
        not_over,
        matter_of_meeting,
        pieces_of_meeting,
        lambda meeting: (),
    ),
    "supervision_round": Archive(
        SupervisionRound,
        lambda user: SupervisionRound.objects.visible_to(user).with_people(),
        may_take_round_file,
        round_not_over,
        matter_of_round,
        pieces_of_round,
        lambda of_round: (),
    ),
    "measure_laid": Archive(
        AccountabilityMeasure,
        AccountabilityMeasure.objects.visible_to,
        may_take_measure_file,
        measure_not_over,
        matter_of_measure,
        pieces_of_measure,
        events_of,
    ),
}


def archive_of(subject: Model) -> tuple[str, Archive[Model]]:
    """The line of a subject, with its word."""
    return next((key, cast("Archive[Model]", one)) for key, one in ARCHIVES.items() if isinstance(subject, one.model))


def archive_in(arguments: Mapping[str, object]) -> tuple[str, Archive[Model]]:
    """The line of the subject whose key stands among the arguments of a file, with its word."""
    return next((key, cast("Archive[Model]", one)) for key, one in ARCHIVES.items() if key in arguments)
