"""What of an assessment waits: for a unit to look at its sheet, for the office objections, closing and publishing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.urls import reverse

from yuetan import permissions
from yuetan.actions.assessment.assessment_rows import DECIDE, DECIDE_CORRECTION
from yuetan.actions.assessment.closing import CLOSING, PUBLISHING
from yuetan.actions.assessment.sheets import PRESENTING
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import Assessment, AssessmentCorrection, AssessmentObjection, AssessmentSheet, User
from yuetan.models.assessment.assessment import AssessmentQuerySet
from yuetan.models.assessment.correction import AssessmentCorrectionQuerySet
from yuetan.models.assessment.sheet import AssessmentObjectionQuerySet, AssessmentSheetQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.views.frame.pagination import capped_count, capped_words, shown_of
from yuetan.views.home.obligation import EITHER, Obligation
from yuetan.views.home.rooms import Room
from yuetan.views.home.todos import Todo

MAX_SHEETS = 10
NEXT = ((CLOSING, "异议期满，关闭考核"), (PUBLISHING, "名次和等次已确定，印发考核结果通报"))


def sheets_to_check(user: User, lights: DeadlineLights) -> Iterator[Room[Obligation]]:
    """The sheets that the person's units may object to."""
    units = [post.unit_id for post in user.current_posts if post.party]
    open_now = Assessment.objects.open_to_objections()
    sheets = AssessmentSheet.objects.standing().filter(assessment__in=open_now, unit__in=units)
    yield Room(sheets, partial(_of_sheets, sheets, lights))


def _of_sheets(sheets: AssessmentSheetQuerySet, lights: DeadlineLights) -> Iterator[Obligation]:
    shown, others = shown_of(sheets.select_related("assessment").order_by("pk"), MAX_SHEETS)
    for sheet in shown:
        url, until = reverse("assessment_sheet", args=[sheet.pk]), sheet.assessment.object_until
        ask = Obligation("核对考核得分", str(sheet.assessment), url, EITHER, until, url=url)
        ask.standing, ask.deadline = f"{sheet.points} 分；有异议的在期限内提出", lights.of(until)
        yield ask
    if others:
        yield Obligation("核对考核得分", others, reverse("assessment_list"), EITHER, url=reverse("assessment_list"))


def assessment_todos(user: User) -> Iterator[Room[Todo]]:
    """A line for the objections that wait, without those of one's own unit; for the corrections, without those of a
    year in which it is ranked; and for what comes next in each year."""
    if user.has_perm(permissions.name(DECIDE)):
        waiting = AssessmentObjection.objects.undecided().exclude(sheet__unit__in=user.interviewed_units)
        yield Room(waiting, partial(_objections, waiting))
    if user.has_perm(permissions.name(DECIDE_CORRECTION)):
        own = AssessmentSheet.objects.standing().filter(unit__in=user.interviewed_units)
        proposed = AssessmentCorrection.objects.undecided().exclude(proposed_by=user)
        to_decide = proposed.exclude(sheet__assessment__in=own.order_by().values("assessment"))
        yield Room(to_decide, partial(_corrections_to_decide, to_decide))
    if any(user.has_perm(permissions.name(step.permission)) for step in (CLOSING, PUBLISHING, PRESENTING)):
        unpublished = Assessment.objects.filter(published_at=None)
        yield Room(unpublished, partial(_next_of_each, unpublished, user))


def _objections(waiting: AssessmentObjectionQuerySet) -> Iterator[Todo]:
    for one in Assessment.objects.filter(pk__in=waiting.order_by().values("sheet__assessment")):
        number = capped_count(waiting.filter(sheet__assessment=one))
        yield Todo(reverse("assessment", args=[one.pk]), str(one), "", f"处理 {capped_words(number)} 件异议")


def _corrections_to_decide(waiting: AssessmentCorrectionQuerySet) -> Iterator[Todo]:
    shown, others = shown_of(waiting.select_related("sheet__assessment").order_by("pk"), MAX_SHEETS)
    for one in shown:
        yield Todo(reverse("assessment_sheet", args=[one.sheet_id]), str(one), "", "审定更正")
    if others:
        yield Todo(reverse("assessment_list"), others, "", "审定更正")


def _next_of_each(unpublished: AssessmentQuerySet, user: User) -> Iterator[Todo]:
    for one in unpublished.select_related("scheme"):
        yield from _next_of(one, user)


def _next_of(assessment: Assessment, user: User) -> Iterator[Todo]:
    url = reverse("assessment", args=[assessment.pk])
    for step, words in NEXT:
        if step.is_offered(assessment, user):
            yield Todo(url, str(assessment), "", words)
    if PRESENTING.is_offered(assessment, user):
        last = assessment.newest_scheme().last_day
        if clock.today() > last:
            yield Todo(url, str(assessment), "", f"统计已于{chinese_date(last)}截止，送单位核对")
