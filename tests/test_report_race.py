"""Reports that are accepted at once, and a unit that is moved meanwhile: each is added to the sums of 汇总, once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests import cast
from tests.reporting import scheme_of
from tests.test_race import MANY, at_once
from yuetan import report_sums
from yuetan.actions.people.unit import change_unit
from yuetan.actions.reporting.acceptance import accept_report
from yuetan.actions.reporting.report_rows import settle
from yuetan.models import PeriodicReport, ReportSum, ReportVersion, Unit
from yuetan.models.reporting.summary import summarise
from yuetan.rules.dates import clock
from yuetan.vocabulary import UnitKind

pytestmark = pytest.mark.django_db(transaction=True)


def handed_in(reports: Sequence[PeriodicReport]) -> list[ReportVersion]:
    """A version of each, as its head stands for it."""
    head = cast.head(cast.TOWN)
    facts = {"version": 1, "values": {"f1": 5, "f2": 3, "f3": 2, "f4": 1, "f5": ""}, "entered_by": head}
    confirmed = {"confirmed_by": head, "confirmed_at": clock.now()}
    versions = [ReportVersion.objects.create(report=report, **facts, **confirmed) for report in reports]
    for version in versions:
        settle(version)
    return versions


def test_sixteen_reports_accepted_at_once_are_each_added_to_what_is_kept(office: object) -> None:
    scheme = scheme_of()
    versions = handed_in(PeriodicReport.objects.with_relations().filter(period__scheme=scheme)[:MANY])
    assert len({version.report.unit.parent_id for version in versions}) < MANY / 2  # several of one 市（区）
    at_once(lambda number: accept_report(versions[number], by=cast.person("officer")))
    assert list(report_sums.different()) == []
    assert summarise(scheme.periods.get()).total.standing.accepted == MANY


def test_who_accepts_waits_for_nobody_below_the_same_unit_and_whoever_moves_one_does(office: object) -> None:
    scheme = scheme_of()
    parent = cast.unit(cast.TOWN).parent
    below = PeriodicReport.objects.with_relations().filter(period__scheme=scheme, unit__parent=parent)
    first, second, third = handed_in(below[:3])
    by, town = cast.person("officer"), first.report.unit
    other = Unit.objects.filter(kind=UnitKind.COUNTY).exclude(pk=parent.pk)[0]
    move = {"by": cast.person("sysadmin"), "code": town.code, "name": town.name, "parent": other}
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            accept_report(first, by=by)
            assert pool.submit(is_done, lambda: accept_report(second, by=by)).result(timeout=30)
            moving = pool.submit(is_done, lambda: change_unit(town, **move))
            while not somebody_waits():
                assert not moving.done()
        assert moving.result(timeout=30)
    assert list(report_sums.different()) == []
    accept_report(third, by=by)
    assert list(report_sums.different()) == []
    assert ReportSum.objects.filter(above=parent).count() == 1  # the two that the first two left are one again
    assert ReportSum.objects.get(above=other).accepted == 1


def is_done(operation: Callable[[], object]) -> bool:
    """Do it on a connection that is closed behind it."""
    try:
        operation()
    finally:
        connection.close()
    return True


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
