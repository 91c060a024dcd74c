"""The counters of 统计: what steps keep, how they are added up, and how a change past all steps is found."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django.db.models import Sum

from tests import cast
from tests.factories import case_in, later, take
from tests.figures import assert_each_is_a_list_counted
from tests.views.queries import queries_of
from tests.web import browser
from yuetan import tallies
from yuetan.actions.messages.daily import JOBS
from yuetan.actions.record.check_records import disagreements
from yuetan.ledgers.statistics import Statistics
from yuetan.models import Case, CaseTally, OfficeWait, Tally
from yuetan.rules.dates import clock
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.vocabulary import CaseState, RecordKind, Verb


def _sums():
    columns = "fact", "item", "day", "first_of", "unit", "is_hidden"
    rows = Tally.objects.order_by().values_list(*columns).annotate(sum=Sum("number"))
    return {tuple(row[:-1]): row[-1] for row in rows if row[-1]}


def _hits():
    return [each for each in disagreements() if each.kind == RecordKind.TALLY]


def test_counters_are_added_up_by_the_day_and_say_the_same(office):
    for state in (CaseState.CLOSED, CaseState.RECTIFYING):
        case_in(state, unit=cast.unit(cast.TOWN))
    before, rows = _sums(), Tally.objects.count()
    left = dict(JOBS)["统计归并"](clock.today())["counters"]
    assert left == Tally.objects.count() == len(before) < rows
    assert _sums() == before
    assert _hits() == []


def test_the_page_reads_as_much_however_many_cases_there_are(office):
    """The rows that are read are months and units, not cases."""

    def added_up(cases):
        for _ in range(cases):
            case_in(CaseState.CLOSED, unit=cast.unit(cast.TOWN))
        tallies.add_up()
        return Tally.objects.count()

    client = browser("officer")
    rows = added_up(1)
    client.get("/statistics/")
    queries = queries_of(client, "/statistics/")
    assert queries < 25
    assert (added_up(3), queries_of(client, "/statistics/")) == (rows, queries)


def test_a_task_returned_in_two_months_counts_once_in_the_quarter_and_once_in_each_month(office):
    case = case_in(CaseState.RECTIFYING)
    for days in (0, 20):  # from November into December
        with later(days=days):
            for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.RETURN_TASK):
                take(verb, Case.objects.get(pk=case.pk))
    user, periods = cast.person("officer"), [Period(PeriodKind.MONTH, 2026, month) for month in (11, 12)]
    periods += [Period(PeriodKind.QUARTER, 2026, 4), Period(PeriodKind.YEAR, 2026)]
    counted = []
    for period in periods:
        (tasks,) = (table for table in Statistics(user, period).tables() if table.key == "tasks")
        counted.append(next(line.numbers[0].count for line in tasks.lines if line.label == "退回整改报告"))
        assert_each_is_a_list_counted(user, period)
    assert counted == [1, 1, 1, 1]


def test_what_was_changed_past_all_steps_is_named_and_put_right(office):
    case = case_in(CaseState.CLOSED)
    OfficeWait.objects.filter(case=case, stage="in_review").update(due_on=clock.today() - timedelta(days=99))
    (found,) = _hits()
    assert case.register_number in str(found)
    Tally.objects.filter(fact="closed").update(number=7)
    assert len(_hits()) == 2
    call_command("rebuild_tallies")
    assert _hits() == []
    assert_each_is_a_list_counted(cast.person("officer"), Period.around(PeriodKind.YEAR, clock.today()))


def test_loading_counts_what_was_there_before(office):
    case_in(CaseState.CLOSED)
    before = _sums()
    CaseTally.objects.all().delete()
    Tally.objects.all().delete()
    call_command("load")
    assert _sums() == before
    assert tallies.fill_missing() == 0
