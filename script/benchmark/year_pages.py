"""Pages of the other rooms of the year (会议, 三书一函, 考核, 督导), each with the same rows by hand."""

from __future__ import annotations

from collections.abc import Iterator

from benchmark.measured_page import MeasuredPage
from yuetan.models import Assessment, AssessmentSheet, Meeting, ReceivedLetter, SupervisionRound, User
from yuetan.vocabulary import MeetingState

LETTERS = "SELECT unit, kind, organ, number, matter, received_on, due_on, closed, id FROM by_hand.letters"
LAST_CAME = " ORDER BY received_on DESC, id DESC LIMIT 20"
ROUNDS = (
    "SELECT kind, title, begins_on, ends_on, ended_at, id FROM by_hand.rounds ORDER BY begins_on DESC, id DESC LIMIT 20"
)
VISITS = "SELECT unit, day, points, finding_count, problem_count FROM by_hand.visits WHERE round_id = %s"
MEETINGS = "SELECT kind, year, serial, topic, begins_at, place FROM yuetan_meeting"
LAST_BEGUN = " ORDER BY begins_at DESC, id DESC LIMIT 20"
OF_A_MEETING = (
    MEETINGS + " WHERE id = %s",
    "SELECT number, title, presenter, conclusion FROM yuetan_agendaitem WHERE meeting_id = %s ORDER BY number",
    "SELECT attended_title, attended_name, received_at FROM yuetan_invitation WHERE meeting_id = %s ORDER BY id",
    "SELECT number, text, due_on FROM yuetan_resolution WHERE meeting_id = %s ORDER BY number",
)
YEARS = "SELECT year, round, object_until, published_at FROM yuetan_assessment ORDER BY year DESC"
SHEETS = "SELECT unit_name, group_name, total, rank, grade FROM yuetan_assessmentsheet"
IN_RANK = " ORDER BY year DESC, group_place, rank, id LIMIT 20"
OF_A_YEAR = SHEETS + " WHERE assessment_id = %s ORDER BY group_place, rank, id"
OF_A_SHEET = (
    "SELECT lines FROM yuetan_assessmentsheet WHERE id = %s",
    "SELECT indicator, words, outcome, decision FROM yuetan_assessmentobjection WHERE sheet_id = %s",
)


def year_lists() -> Iterator[MeasuredPage]:
    """The lists of the office, which are at one address whatever the data."""
    for who in ("officer", "supervisor"):
        yield MeasuredPage("received letters", who, "/received/", (LETTERS + LAST_CAME,))
        yield MeasuredPage("rounds", who, "/rounds/", (ROUNDS,))
    unreplied = (LETTERS + " WHERE NOT replied ORDER BY due_on LIMIT 20",)
    yield MeasuredPage("received letters, open", "officer", "/received/?standing=open", unreplied)
    yield MeasuredPage("received letters, statistics", "officer", "/received/statistics/", (LETTERS + LAST_CAME,))
    newest = (MEETINGS + LAST_BEGUN,)
    for who in ("officer", "group_leader"):
        yield MeasuredPage("meetings", who, "/meetings/", newest)
    yield MeasuredPage("meetings, minuted", "officer", f"/meetings/?state={MeetingState.MINUTED}", newest)
    yield MeasuredPage("assessments", "officer", "/assessment/", (YEARS,))
    for who in ("officer", "director"):
        yield MeasuredPage("ranking", who, "/assessment/ranking/", (SHEETS + IN_RANK,))


def pages_of_the_year(users: dict[str, User]) -> Iterator[MeasuredPage]:
    """The same, what units read, and one of each."""
    yield from year_lists()
    for who in ("busy unit", "quiet unit"):
        unit = users[who].current_posts[0].unit_id
        own = (LETTERS + " WHERE unit_id = %s" + LAST_CAME,)
        yield MeasuredPage("received letters", who, "/received/", own, (unit,))
        yield MeasuredPage("rounds", who, "/rounds/", (ROUNDS,))
        yield MeasuredPage("meetings", who, "/meetings/", (MEETINGS + LAST_BEGUN,))
        yield MeasuredPage("ranking", who, "/assessment/ranking/", (SHEETS + IN_RANK,))
        sheet = AssessmentSheet.objects.standing().filter(unit=unit).in_rank().first()
        if sheet is not None:
            yield MeasuredPage("own sheet", who, f"/assessment/sheets/{sheet.pk}/", OF_A_SHEET, (sheet.pk,))
    yield from _one_of_each()
    yield from pages_of_assessments()


def _one_of_each() -> Iterator[MeasuredPage]:
    letter = ReceivedLetter.objects.exclude(closing=None).order_by("-received_on", "-pk").first()
    if letter is not None:
        one = (LETTERS + " WHERE id = %s",)
        yield MeasuredPage("received letter", "officer", f"/received/letters/{letter.pk}/", one, (letter.pk,))
    of_round = SupervisionRound.objects.exclude(ended_at=None).order_by("-begins_on", "-pk").first()
    if of_round is not None:
        yield MeasuredPage("round", "officer", f"/rounds/{of_round.pk}/", (VISITS,), (of_round.pk,))
    written = Meeting.objects.in_state(MeetingState.MINUTED).order_by("-begins_at", "-pk")
    kinds = {"meeting": {"assignments__isnull": False}, "meeting on a veto": {"items__measure_laid__isnull": False}}
    for name, of_kind in kinds.items():
        meeting = written.filter(**of_kind).first()
        if meeting is not None:
            yield MeasuredPage(name, "officer", f"/meetings/{meeting.pk}/", OF_A_MEETING, (meeting.pk,))


def pages_of_assessments() -> Iterator[MeasuredPage]:
    years = {
        "running": Assessment.objects.filter(closed_at=None),
        "published": Assessment.objects.exclude(closed_at=None),
    }
    for name, of_standing in years.items():
        assessment = of_standing.order_by("-year").first()
        if assessment is None:
            continue
        key = (assessment.pk,)
        yield MeasuredPage(f"assessment, {name}", "officer", f"/assessment/{assessment.pk}/", (OF_A_YEAR,), key)
        sheet = AssessmentSheet.objects.standing_of(assessment).order_by("group_place", "unit__code").first()
        if sheet is not None:
            own = (sheet.pk,)
            yield MeasuredPage(f"sheet, {name}", "officer", f"/assessment/sheets/{sheet.pk}/", OF_A_SHEET, own)
