"""考核 is of the units that stood on the last day of the year, and a record is of the unit that had it on its day."""

from datetime import date
from decimal import Decimal

import pytest

from tests import cast
from tests.actions.assessment.test_figures import FIRST, LAST, hand_in_late, indicators, records_of_a_year
from tests.assessment import assessment_of, closed_assessment, counted, presented, scored, sheet_of
from tests.factories import later, take
from tests.ladder import carry_out
from tests.mergers import merge, merged_and_decided
from tests.refusals import refused
from tests.reporting import filled, report_of, scheme_of
from tests.web import Visitor
from yuetan.actions.people.unit import add_unit, change_unit
from yuetan.actions.reporting.acceptance import return_report
from yuetan.actions.reporting.confirmation import confirm_report
from yuetan.models import AssessmentSheet, Case, Unit
from yuetan.models.assessment.counting import Counting
from yuetan.models.people.unit_change import FormerUnit, former_units, mergers_of, units_on
from yuetan.rules.dates import clock
from yuetan.vocabulary import RecordSource, UnitKind, Verb


def counts_of(assessment):
    return Counting(assessment, assessment.newest_scheme()).counts


def a_year_of_the_town():
    """Records of nearly every source against the town, the last of them a day after Christmas."""
    records_of_a_year()
    assessment = assessment_of(first_day=FIRST, last_day=LAST, indicators=indicators())
    with later(days=32):
        case = Case.objects.get(unit=cast.unit(cast.TOWN))
        take(Verb.ISSUE_SUPERVISION_LETTER, case)
        hand_in_late(case)
    return assessment


def numbers_of(counts, unit):
    return {source: number[unit.pk] for source, number in counts.items() if unit.pk in number}


def test_after_the_year_a_merger_moves_no_record_and_takes_no_sheet(office, town):
    assessment, other = a_year_of_the_town(), cast.unit(cast.DIVISION_TOWN)
    with later(days=42):
        before = counts_of(assessment)
        assert len(numbers_of(before, town)) >= 9
        merged_and_decided(town, other)
        assert Case.objects.filter(unit=town).count() == 0  # all of it has gone over
        assert counts_of(assessment) == before
        sheets = {sheet.unit_id: sheet for sheet in presented(assessment).sheets.all()}
        assert {line["count"] for line in sheets[town.pk].lines} - {0}
        assert sum(line["count"] for line in sheets[other.pk].lines) == sum(numbers_of(before, other).values())
        page = Visitor(cast.person("officer"))
        page.open(f"/assessment/sheets/{sheets[town.pk].pk}/")
        assert f"本单位已于2027年1月4日并入{other.full_name}" in page.page
        page.open(f"/assessment/sheets/{sheets[other.pk].pk}/")
        assert f"{town.full_name}于2027年1月4日并入{other.full_name}" in page.page


def test_inside_the_year_what_came_before_a_merger_is_not_the_successors(office, town):
    assessment, other = a_year_of_the_town(), cast.unit(cast.DIVISION_TOWN)
    with later(days=34):
        before = counts_of(assessment)
        merged_and_decided(town, other)
        assert counts_of(assessment) == before
        case = Case.objects.get(first_unit=town)
        take(Verb.RETURN_TASK, case)
        after = numbers_of(counts_of(assessment), other)
        assert after == {**numbers_of(before, other), RecordSource.RETURNED_REPORTS: 1}  # of the day of the merger
        records = Counting(assessment, assessment.newest_scheme(), [town.pk]).records
        assert len(records[RecordSource.INTERVIEWS][town.pk]) == 1
    with later(days=42):
        sheets = presented(assessment).sheets
        assert not sheets.filter(unit=town).exists()
        assert sheets.filter(unit=other).exists()


def test_a_unit_that_ended_after_the_year_may_still_be_scored(office, town):
    with later(days=42):
        assessment = assessment_of(last_day=LAST)
        merge(town, cast.unit(cast.DIVISION_TOWN))
        page = Visitor(cast.person("supervisor"))
        page.open(f"/assessment/{assessment.pk}/score/")
        assert "评分还缺" in page.press("人工评分", expect=422, unit=town.full_name, points="3", indicator="i5")
        scored(assessment, points=Decimal(30))
        assert sheet_of(presented(assessment)).points == Decimal(90)


def founded(day):
    county = Unit.objects.get(code=cast.COUNTY)
    facts = {"code": "440703999", "name": "新设镇", "kind": UnitKind.TOWN, "parent": county}
    return add_unit(by=cast.person("sysadmin"), **facts, began_on=day)


@pytest.mark.parametrize(("day", "is_assessed"), [(None, True), (date(2026, 12, 31), True), (date(2027, 1, 1), False)])
def test_a_town_is_assessed_for_the_years_in_which_it_stood(office, day, is_assessed):
    with later(days=42):
        unit = founded(day)
        assessment = presented(assessment_of(last_day=LAST))
        assert AssessmentSheet.objects.filter(assessment=assessment, unit=unit).exists() == is_assessed


def test_the_day_of_founding_is_not_ahead_and_may_be_put_right(office):
    with refused("设立日期不得晚于今天：新设的单位在批准设立以后登记。"):
        founded(date(2026, 11, 24))
    unit = founded(None)
    facts = {"by": cast.person("sysadmin"), "code": unit.code, "name": unit.name, "parent": unit.parent}
    assert change_unit(unit, **facts, began_on=date(2026, 5, 1)).began_on == date(2026, 5, 1)
    assert not units_on(date(2026, 4, 30)).filter(pk=unit.pk).exists()


def test_what_ended_by_a_paper_of_the_year_ended_in_it(office, town):
    with later(days=42):
        merge(town, cast.unit(cast.DIVISION_TOWN), effective_on=date(2026, 12, 20))
    assert units_on(date(2026, 12, 19)).filter(pk=town.pk).exists()
    assert not units_on(date(2026, 12, 20)).filter(pk=town.pk).exists()


def test_a_successor_that_itself_ends_had_what_came_between(office, town):
    second, third = cast.unit(cast.DIVISION_TOWN), Unit.objects.filter(kind=UnitKind.TOWN).order_by("-pk")[0]
    merge(town, second)
    today = clock.today()
    with later(days=3):
        merge(second, third)
        ended = clock.today()
    chain = [FormerUnit(town.pk, town.pk, today), FormerUnit(town.pk, second.pk, ended)]
    assert former_units(FIRST) == [*chain, FormerUnit(second.pk, second.pk, ended)]
    assert former_units(today) == [chain[1], FormerUnit(second.pk, second.pk, ended)]


def test_a_unit_reads_of_every_unit_that_it_goes_on_for_and_of_nothing_later(office, town):
    second, third = cast.unit(cast.DIVISION_TOWN), Unit.objects.filter(kind=UnitKind.TOWN).order_by("-pk")[0]
    first_end = merge(town, second)
    today = clock.today()
    with later(days=3):
        second_end = merge(second, third)
        ended = clock.today()
    assert mergers_of(third, FIRST, ended) == [first_end, second_end]  # directly, and through the second
    assert mergers_of(second, FIRST, ended) == [first_end, second_end]
    assert mergers_of(town, FIRST, ended) == [first_end]
    assert mergers_of(third, FIRST, today) == []  # the second goes on in it later
    assert mergers_of(third, today, ended) == [second_end]  # what ended that day had nothing on it any more
    with later(days=3):
        page = Visitor(cast.person("officer"))
        page.open(f"/assessment/{assessment_of(last_day=today).pk}/units/{second.pk}/")
        assert f"该单位已于2026年11月26日并入{third.full_name}" in page.page
        assert "本单位" not in page.page


def test_what_became_of_a_unit_after_the_closing_is_not_on_its_sheet(office, town):
    assessment = closed_assessment()
    with later(days=20):
        merge(town, cast.unit(cast.DIVISION_TOWN))
        page = Visitor(cast.person("officer"))
        page.open(f"/assessment/sheets/{sheet_of(assessment).pk}/")
        assert "并入" not in page.page


def test_a_unit_that_has_ended_is_offered_for_nothing(office, town):
    carry_out()
    assessment = closed_assessment()
    sheet = sheet_of(assessment)
    with later(days=11):
        page = Visitor(cast.person("officer"))
        page.open(f"/assessment/sheets/{sheet.pk}/")
        assert "可以据此办理" in page.page
        offered = f"?unit={town.pk}&assessed={sheet.pk}"
        assert "考核不合格" in str([form.values for form in page.open(f"/cases/new/{offered}").forms])
        merge(town, cast.unit(cast.DIVISION_TOWN))
        page.open(f"/assessment/sheets/{sheet.pk}/")
        assert "可以据此办理" not in page.page
        for address in ("/cases/new/", "/measures/new/"):
            assert page.client.get(f"{address}{offered}").status_code == 404, address


@pytest.mark.parametrize("is_returned", [False, True])
def test_what_a_unit_missed_in_the_year_it_missed_though_it_ends_after_it(office, town, is_returned):
    scheme, other = scheme_of(), cast.unit(cast.DIVISION_TOWN)
    missed = counted("信息报送", RecordSource.MISSED_RETURNS, 50, 2), counted("迟报", RecordSource.LATE_RETURNS, 50, 2)
    assessment = assessment_of(first_day=FIRST, last_day=LAST, indicators=missed)
    if is_returned:
        with later(days=4):  # late, returned, and never put right
            report = confirm_report(filled(report_of(scheme)), by=cast.head(cast.TOWN))
            return_report(report, by=cast.person("officer"), reason="请核对场所数。", again_by=date(2026, 12, 2))
    with later(days=42):
        before = counts_of(assessment)
        assert [before[source].get(town.pk, 0) for source in before] == [1, 0]
        merge(town, other)
        assert counts_of(assessment) == before
        assert sheet_of(presented(assessment)).points == Decimal(98)


def test_what_was_not_due_when_a_unit_ended_it_has_not_missed(office, town):
    scheme_of()
    merge(town, cast.unit(cast.DIVISION_TOWN))
    assessment = assessment_of(first_day=FIRST, last_day=LAST, indicators=indicators())
    with later(days=42):
        assert town.pk not in counts_of(assessment)[RecordSource.MISSED_RETURNS]
