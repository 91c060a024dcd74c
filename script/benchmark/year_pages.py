"""Pages of the other rooms of the year (会议, 三书一函, 考核, 督导), each with the same rows by hand."""

from __future__ import annotations

from collections.abc import Iterator

from benchmark.measured_page import MeasuredPage
from yuetan.models import AssessmentSheet, Meeting, ReceivedLetter, SupervisionRound, User

LETTERS = "SELECT unit, kind, organ, number, matter, received_on, due_on, closed, id FROM by_hand.letters"
LAST_CAME = " ORDER BY received_on DESC, id DESC LIMIT 20"
ROUNDS = (
    "SELECT kind, title, begins_on, ends_on, ended_at, id FROM by_hand.rounds ORDER BY begins_on DESC, id DESC LIMIT 20"
)
VISITS = "SELECT unit, day, points, finding_count, problem_count FROM by_hand.visits WHERE round_id = %s"
MEETINGS = (
    "SELECT kind, year, serial, topic, begins_at, place FROM yuetan_meeting ORDER BY begins_at DESC, id DESC LIMIT 20"
)
SHEETS = (
    "SELECT unit_name, group_name, total, rank, grade FROM yuetan_assessmentsheet"
    " ORDER BY year DESC, group_place, rank, id LIMIT 20"
)


def year_lists() -> Iterator[MeasuredPage]:
    """The lists of the office, which are at one address whatever the data."""
    for who in ("officer", "supervisor"):
        yield MeasuredPage("received letters", who, "/received/", (LETTERS + LAST_CAME,))
        yield MeasuredPage("rounds", who, "/rounds/", (ROUNDS,))
    unreplied = (LETTERS + " WHERE NOT replied ORDER BY due_on LIMIT 20",)
    yield MeasuredPage("received letters, open", "officer", "/received/?standing=open", unreplied)
    yield MeasuredPage("received letters, statistics", "officer", "/received/statistics/", (LETTERS + LAST_CAME,))
    yield MeasuredPage("meetings", "officer", "/meetings/", (MEETINGS,))
    yield MeasuredPage("assessments", "officer", "/assessment/", (SHEETS,))
    yield MeasuredPage("ranking", "officer", "/assessment/ranking/", (SHEETS,))


def pages_of_the_year(users: dict[str, User]) -> Iterator[MeasuredPage]:
    """The same, what units read, and one of each."""
    yield from year_lists()
    for who in ("busy unit", "quiet unit"):
        unit = users[who].current_posts[0].unit_id
        own = (LETTERS + " WHERE unit_id = %s" + LAST_CAME,)
        yield MeasuredPage("received letters", who, "/received/", own, (unit,))
        yield MeasuredPage("rounds", who, "/rounds/", (ROUNDS,))
    yield from _one_of_each()


def _one_of_each() -> Iterator[MeasuredPage]:
    letter = ReceivedLetter.objects.exclude(closing=None).order_by("-received_on", "-pk").first()
    if letter is not None:
        one = (LETTERS + " WHERE id = %s",)
        yield MeasuredPage("received letter", "officer", f"/received/letters/{letter.pk}/", one, (letter.pk,))
    of_round = SupervisionRound.objects.exclude(ended_at=None).order_by("-begins_on", "-pk").first()
    if of_round is not None:
        yield MeasuredPage("round", "officer", f"/rounds/{of_round.pk}/", (VISITS,), (of_round.pk,))
    meeting = Meeting.objects.order_by("-begins_at", "-pk").first()
    if meeting is not None:
        yield MeasuredPage("meeting", "officer", f"/meetings/{meeting.pk}/", (MEETINGS,))
    sheet = AssessmentSheet.objects.standing().in_rank().first()
    if sheet is not None:
        yield MeasuredPage("sheet", "officer", f"/assessment/sheets/{sheet.pk}/", (SHEETS,))
