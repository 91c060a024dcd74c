"""申述: a measure is revoked by what was decided on its plea, and of a revoked one nothing is in force."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import AccountabilityMeasure, Document, Plea
from yuetan.rules.dates import clock
from yuetan.vocabulary import DocumentKind, MeasureState, PleaOutcome, RecordKind, TaskState

CHUNK = 200
CLOSED_TASKS = (TaskState.ACCEPTED, TaskState.REVOKED)


def check_pleas() -> Iterator[Disagreement]:
    """Every measure and every plea that contradict each other, and every answer without its plea."""
    rows = AccountabilityMeasure.objects.select_related("plea", "paper").defer("paper__html", "paper__facts")
    concerned = rows.filter(Q(state=MeasureState.REVOKED) | Q(plea__decided_at__isnull=False)).order_by("pk")
    for measure in concerned.prefetch_related("tasks", "restrictions").iterator(chunk_size=CHUNK):
        yield from _check_measure(measure)
    answers = Document.objects.filter(kind=DocumentKind.PLEA_ANSWER).defer("html", "facts").order_by("pk")
    answered = Plea.objects.filter(document__isnull=False).order_by().values("document")
    for paper in answers.exclude(pk__in=answered).iterator(chunk_size=CHUNK):
        yield Disagreement(RecordKind.STATE, f"申述答复 {paper.number}", "没有据以答复的申述")


def _check_measure(measure: AccountabilityMeasure) -> Iterator[Disagreement]:
    plea, revoked = measure.plea_or_none, measure.state == MeasureState.REVOKED
    decided = plea is not None and plea.decided_at is not None and plea.outcome == PleaOutcome.REVOKED
    if revoked != decided:
        words = "已撤销，而没有据以撤销的申述答复" if revoked else "申述答复为撤销，而该措施没有撤销"
        yield _disagreement(measure, words)
    if not revoked:
        return
    if any(task.state not in CLOSED_TASKS for task in measure.tasks.all()):
        yield _disagreement(measure, "已撤销，而还有没有撤销的整改任务")
    if any(one.until >= clock.today() for one in measure.restrictions.all()):
        yield _disagreement(measure, "已撤销，而还有没有解除的资格限制")


def _disagreement(measure: AccountabilityMeasure, words: str) -> Disagreement:
    number = measure.paper.number if measure.paper else str(measure.pk)[:8]
    return Disagreement(RecordKind.STATE, f"责任措施 {number}", words)
