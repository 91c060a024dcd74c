"""进展报告: owed at the rhythm agreed, prepared by the liaison, handed in by the head, read by the supervisor."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.consistency import check
from tests.factories import case_in, later, pdf, take
from tests.refusals import not_theirs, refused
from tests.steps import agreed, task_words
from yuetan.actions.rectification.report import prepare_progress
from yuetan.models import Attachment, Case, Task, TaskReport
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, ReportKind, TaskState, Verb


@pytest.fixture
def case(office):
    """One task handed over on Monday the 23rd of November, with a report a week."""
    return case_in(CaseState.RECTIFYING, hold_interview=agreed("weekly", 60))


def on(day):
    """Go to a day of the story, at the hour it has."""
    return later(days=(day - clock.today()).days)


def awaited(case):
    return Task.objects.get(case=case).progress_due_on


def reported(case, **changed):
    take(Verb.PREPARE_PROGRESS, case, **task_words(case, **changed))
    return take(Verb.HAND_IN_PROGRESS, case)


def test_a_report_a_week_and_the_task_stays_as_it_is(case, head, liaison, supervisor):
    assert awaited(case) == date(2026, 11, 30)
    with refused("第 1 项整改任务尚未填写进展情况，不能报送。"):
        take(Verb.HAND_IN_PROGRESS, case)
    take(Verb.PREPARE_PROGRESS, case, **task_words(case, text="已走访三个村。", files=[pdf("走访表.pdf")]))
    with not_theirs():
        take(Verb.HAND_IN_PROGRESS, case, by=liaison)
    assert not Attachment.objects.visible_to(supervisor).filter(name="走访表.pdf").exists()
    with on(date(2026, 11, 25)):
        take(Verb.HAND_IN_PROGRESS, case)
        assert Attachment.objects.visible_to(supervisor).filter(name="走访表.pdf").exists()
        reported(case, text="又走访一个村。")  # in the turn that is answered already
    with on(date(2026, 12, 9)):
        assert awaited(case) == date(2026, 12, 7)
        reported(case, text="已走访八个村。")
    first, second, third = TaskReport.objects.filter(kind=ReportKind.PROGRESS).order_by("version")
    assert [(each.due_on, each.is_late) for each in (first, second, third)] == [
        (date(2026, 11, 30), False),
        (None, False),
        (date(2026, 12, 7), True),
    ]
    assert (first.prepared_by, first.handed_in_by) == (liaison, head)
    assert awaited(case) == date(2026, 12, 14)
    assert Task.objects.get(case=case).state == TaskState.ASSIGNED
    assert case.events.newest_first()[0].data == {"tasks": [1], "versions": [3], "late": [1]}
    with on(date(2026, 12, 9)):
        check(Case.objects.get(pk=case.pk))


def test_a_pause_takes_its_days_out_and_leaves_what_was_missed_before(case):
    with on(date(2026, 12, 2)):
        take(Verb.PAUSE_TASK, case)
        assert Task.objects.get(case=case).next_progress_due_on is None
    with on(date(2026, 12, 8)):
        take(Verb.RESUME_TASK, case)
        assert awaited(case) == date(2026, 11, 30)  # missed before the pause
        reported(case)
        assert awaited(case) == date(2026, 12, 14)
    with on(date(2026, 12, 10)):
        take(Verb.PAUSE_TASK, case)
        reported(case, text="中止期间也报一次。")  # free: no day of the pause is asked for
        assert TaskReport.objects.latest("version").due_on is None
    with on(date(2026, 12, 14)):
        take(Verb.RESUME_TASK, case)
        assert awaited(case) == date(2026, 12, 21)
    check(Case.objects.get(pk=case.pk))


def test_none_is_owed_once_the_limit_is_near_or_the_whole_is_reported_and_an_extension_goes_on(case, liaison):
    short = case_in(CaseState.RECTIFYING, hold_interview=agreed("weekly", 6))
    task = Task.objects.get(case=short)
    assert task.effective_due_on < task.assigned_on + timedelta(days=7)
    assert awaited(short) is None
    take(Verb.ASK_EXTENSION, short, new_due_on=task.agreed_due_on + timedelta(days=20))
    take(Verb.DECIDE_EXTENSION, short)
    assert awaited(short) == date(2026, 11, 30)

    take(Verb.PREPARE_REPORT, case)
    with on(date(2026, 12, 9)):
        take(Verb.HAND_IN_REPORT, case)
        assert awaited(case) is None
        with refused("没有待报告的整改任务。"):
            prepare_progress(case, by=liaison, **task_words(case, Task.objects.get(case=case)))
    with on(date(2026, 12, 16)):
        take(Verb.RETURN_TASK, case)
        assert awaited(case) == date(2026, 12, 21)  # nothing is asked for the days it lay with the supervisor
        check(Case.objects.get(pk=case.pk))


def test_nothing_is_asked_where_nothing_was_agreed_and_a_report_is_free(office):
    case = case_in(CaseState.RECTIFYING)
    assert set(case.tasks.values_list("progress_due_on", flat=True)) == {None}
    reported(case)
    assert TaskReport.objects.get().due_on is None


def test_the_supervisor_reads_it_once(case, supervisor, director, head):
    case = reported(case, text="已走访三个村。")
    report = TaskReport.objects.get()
    for somebody in (director, head):
        with not_theirs():
            take(Verb.NOTE_PROGRESS, case, by=somebody)
    take(Verb.NOTE_PROGRESS, case, note="")
    report.refresh_from_db()
    assert (report.outcome, report.decided_by) == (TaskReport.Outcome.NOTED, supervisor)
    with refused("没有待批阅的进展报告。"):
        take(Verb.NOTE_PROGRESS, case, report=report)
    reported(case, text="已走访五个村。")
    with refused("这份进展报告已由周七批阅，不必再次批阅。", field="report"):
        take(Verb.NOTE_PROGRESS, case, report=report)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda task, report: TaskReport.objects.filter(pk=report.pk).update(outcome="accepted"),
        lambda task, report: TaskReport.objects.create(
            task=task, kind=report.kind, version=1, prepared_by=report.prepared_by
        ),
        lambda task, report: Task.objects.filter(pk=task.pk).update(report_rhythm=""),
        lambda task, report: Task.objects.filter(pk=task.pk).update(state=TaskState.ACCEPTED),
    ],
)
def test_what_must_never_be_the_tables_refuse(case, spoil):
    reported(case)
    with pytest.raises(IntegrityError), transaction.atomic():
        spoil(Task.objects.get(case=case), TaskReport.objects.get())
