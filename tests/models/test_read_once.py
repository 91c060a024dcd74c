"""What was read once is read anew as soon as it could be otherwise."""

from contextlib import nullcontext
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from tests.factories import case_in, set_office, take
from tests.past_triggers import past_triggers
from yuetan.models import CalendarDay, Case, OfficeSetting, Task, Unit
from yuetan.models.case.relations import read_for_all, relations_read_once
from yuetan.models.office import kept_rules
from yuetan.models.office.read_once import keep_what_was_written, once, reading_once, was_written
from yuetan.vocabulary import CaseState, Verb

OF_TASK = ("chases", "reports", "pauses", "extensions", "site_checks", "supervisions")


def units() -> int:
    return once("units", (Unit,), Unit.objects.count)


def statements(ask: object) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


@pytest.fixture
def case(office):
    return case_in(CaseState.RECTIFYING)


@pytest.fixture
def tasks_read(case):
    """The case as a step reads it, in a scope that is open."""
    with reading_once():
        read = Case.objects.for_step().get(pk=case.pk)
        read.read_relations_once()
        yield read


def test_the_same_question_is_asked_once_in_a_scope_and_each_time_without_one(office):
    with reading_once():
        assert (statements(units), statements(units)) == (1, 0)
    assert (statements(units), statements(units)) == (1, 1)


def test_a_scope_inside_another_begins_anew_and_leaves_the_other_as_it_was(office):
    with reading_once():
        units()
        with reading_once():
            assert statements(units) == 1
        assert statements(units) == 0


def test_what_is_written_is_read_anew_and_nothing_of_it_is_kept_that_a_rollback_undoes(office, town):
    with reading_once():
        before = units()
        with transaction.atomic():
            Unit.objects.create(code="999", name="新设镇", kind=town.kind, parent=town.parent)
            assert units() == before + 1
            transaction.set_rollback(True)
        assert units() == before


def test_what_other_tables_are_written_does_not_matter(office):
    with reading_once():
        units()
        OfficeSetting.objects.filter(key="clash_hours").update(note="另记")
        assert statements(units) == 0


def test_a_statement_of_which_nobody_knows_what_it_writes_forgets_everything(office):
    with reading_once():
        units()
        with connection.cursor() as cursor:
            cursor.execute("WITH renamed AS (UPDATE yuetan_unit SET name = name RETURNING 1) SELECT 1 FROM renamed")
        assert statements(units) == 1


def test_relations_are_read_once_for_all_rows_that_were_read_together(case):
    take(Verb.CHASE, case)
    with reading_once():
        read = Case.objects.for_step().get(pk=case.pk)
        read.read_relations_once()
        tasks = list(read.tasks.all())
        assert len(tasks) > 1
        assert statements(lambda: [list(task.chases.all()) for task in tasks]) == 1
        assert statements(lambda: [list(task.chases.all()) for task in read.tasks.all()]) == 0


def test_a_relation_without_rows_is_known_from_the_query_that_reads_the_case(tasks_read):
    assert statements(lambda: [list(tasks_read.rework_requests.all()), list(tasks_read.consequences.all())]) == 0


def test_what_no_task_has_is_known_from_the_query_that_reads_the_tasks(case):
    first = take(Verb.CHASE, case).tasks.all()[0]
    with reading_once():
        read = Case.objects.for_step().get(pk=case.pk)
        read.read_relations_once()
        tasks = list(read.tasks.all())
        for name in ("pauses", "extensions", "site_checks", "supervisions"):
            assert statements(lambda name=name: [list(getattr(task, name).all()) for task in tasks]) == 0, name
        assert statements(lambda: [list(task.chases.all()) for task in tasks]) == 1
        assert [task.pk for task in tasks if task.chases.all()] == [first.pk]
        take(Verb.PAUSE_TASK, case)
        keep_what_was_written()
        assert sum(len(task.pauses.all()) for task in read.tasks.all()) == 1


@pytest.mark.parametrize("is_read_once", [True, False])
def test_what_was_read_for_all_rows_is_not_read_again_for_one_in_a_scope_or_outside(case, is_read_once):
    take(Verb.CHASE, case)
    with reading_once() if is_read_once else nullcontext():
        read = Case.objects.for_step().get(pk=case.pk)
        read.read_relations_once()
        tasks = list(read.tasks.all())
        read_for_all(tasks)
        first = statements(lambda: [list(task.chases.all()) for task in tasks])
        assert first == (1 if is_read_once else 0)
        assert statements(lambda: [list(getattr(each, name).all()) for each in tasks for name in OF_TASK]) == 0


def test_a_relation_is_read_anew_once_a_row_of_it_was_written(tasks_read):
    numbers = [task.number for task in tasks_read.tasks.all()]
    with past_triggers():
        Task.objects.filter(case=tasks_read, number=numbers[0]).update(number=90)
    assert sorted(task.number for task in tasks_read.tasks.all()) == sorted([*numbers[1:], 90])
    assert statements(lambda: list(tasks_read.tasks.all())) == 1


def test_the_end_of_a_step_reads_what_it_has_written_once_more_and_not_each_time(tasks_read):
    consequences = list(tasks_read.consequences.all())
    take(Verb.RECORD_CONSEQUENCE, tasks_read)
    Task.objects.filter(case=tasks_read).update(effective_due_on=date(2027, 6, 1))
    keep_what_was_written()
    assert statements(lambda: list(tasks_read.tasks.all())) == 1
    assert statements(lambda: list(tasks_read.tasks.all())) == 0
    assert all(task.effective_due_on == date(2027, 6, 1) for task in tasks_read.tasks.all())
    assert (consequences, len(tasks_read.consequences.all())) == ([], 1)  # known to be empty until it was written


def test_what_a_scope_has_written_is_remembered_to_its_end(office):
    assert was_written(["yuetan_unit"])  # outside a scope nobody knows
    with reading_once():
        assert not was_written(["yuetan_unit"])
        Unit.objects.filter(code="000").update(name="另名")
        keep_what_was_written()
        assert was_written(["yuetan_unit"])
        assert not was_written(["yuetan_task"])
        with connection.cursor() as cursor:
            cursor.execute("WITH renamed AS (UPDATE yuetan_unit SET name = name RETURNING 1) SELECT 1 FROM renamed")
        keep_what_was_written()
        assert was_written(["yuetan_task"])


def test_one_row_reads_a_relation_as_several_do(case):
    """By SQL that is made once in a process, whoever reads it later and however many rows that one has."""
    others = [case, case_in(CaseState.RECTIFYING)]
    for name in relations_read_once(Case):
        read = dict[object, list[object]]()
        for one in others:
            with reading_once():
                alone = Case.objects.for_step().get(pk=one.pk)
                alone.read_relations_once()
                read[one.pk] = list(getattr(alone, name).all())
        for together in Case.objects.prefetch_related(name).filter(pk__in=read):
            assert read[together.pk] == list(getattr(together, name).all()), name
            assert all(getattr(each, "case", together) == together for each in read[together.pk])


def test_what_was_asked_for_before_a_row_was_written_and_looked_at_after_it_is_as_it_is_now(tasks_read):
    consequences, tasks = tasks_read.consequences.all(), tasks_read.tasks.all()
    take(Verb.RECORD_CONSEQUENCE, tasks_read)
    with past_triggers():
        Task.objects.filter(case=tasks_read).update(number=F("number") + 50)
    assert len(consequences) == 1
    assert all(task.number > 50 for task in tasks)


def test_who_uses_a_row_after_the_scope_reads_its_relations_anew(case):
    with reading_once():
        read = Case.objects.for_step().get(pk=case.pk)
        read.read_relations_once()
        tasks = list(read.tasks.all())
    assert statements(lambda: [list(read.tasks.all()), list(tasks[0].reports.all())]) == 2


def test_a_changed_setting_holds_at_once_and_an_unchanged_one_is_not_read_again(office):
    before = OfficeSetting.objects.number("clash_hours")
    assert statements(lambda: OfficeSetting.objects.number("notice_lead_days")) == 1  # the version
    set_office("clash_hours", before + 1)
    assert OfficeSetting.objects.number("clash_hours") == before + 1


def test_a_change_that_is_rolled_back_leaves_nothing_behind(office):
    before = OfficeSetting.objects.number("clash_hours")
    with transaction.atomic():
        set_office("clash_hours", before + 1)
        assert OfficeSetting.objects.number("clash_hours") == before + 1
        transaction.set_rollback(True)
    assert OfficeSetting.objects.number("clash_hours") == before


def test_another_process_sees_a_change_of_the_rules(office):
    """Whoever has kept what was read of an earlier version reads it anew, whoever changed it."""
    calendar = CalendarDay.objects.calendar()
    day = min(calendar.holidays)
    with connection.cursor() as cursor:  # as another process would: not through the models of this one
        cursor.execute("UPDATE yuetan_calendarday SET is_working = true WHERE day = %s", [day])
    assert day in CalendarDay.objects.calendar().workdays
    assert len(kept_rules._kept) <= kept_rules.VERSIONS_AT_ONCE
