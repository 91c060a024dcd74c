"""Which units lack a score is asked of the scores: whether the sheets may be sent costs the same for any number."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.actions.assessment.test_assessment import refused, with_one
from tests.assessment import INDICATORS, MEMBERS, TOWNS, assessment_of, presented, scored
from yuetan.actions.assessment import sheets
from yuetan.actions.assessment.sheets import PRESENTING
from yuetan.models import Unit
from yuetan.models.assessment import counting
from yuetan.models.assessment.counting import Counting, Lacking

MUST = with_one(4, replace(INDICATORS[4], unscored="none"))


def towns():
    return list(Unit.objects.filter(kind="town", retired_on=None).order_by("pk"))


def test_whether_a_score_lacks_reads_no_more_units_than_are_named(office):
    assessment = assessment_of(indicators=MUST, groups=[TOWNS, MEMBERS])
    with CaptureQueriesContext(connection) as asked:
        problems = PRESENTING.problems(assessment, cast.person("officer"))
    assert [one.code for one in problems] == ["assessment_score_missing"] * 2
    of_units = [one["sql"] for one in asked if 'FROM "yuetan_unit"' in one["sql"]]
    unbounded = [sql for sql in of_units if "LIMIT" not in sql and "COUNT(*)" not in sql and '"id" IN (' not in sql]
    assert of_units
    assert unbounded == []
    assert not [one for one in asked if one["sql"].startswith('SELECT "yuetan_assessmentscore"')]


def test_no_unit_is_read_where_nothing_must_be_scored(office):
    assessment = assessment_of()
    with CaptureQueriesContext(connection) as asked:
        assert PRESENTING.problems(assessment, cast.person("officer")) == []
    assert not [one for one in asked if 'FROM "yuetan_unit"' in one["sql"]]


def test_beyond_what_is_counted_the_refusal_says_that_there_are_more(office, monkeypatch):
    assessment = assessment_of(indicators=MUST, groups=[TOWNS])
    for module in (counting, sheets):
        monkeypatch.setattr(module, "MAX_LACKING", 6)
    with refused("“镇（街）”还有6多个单位没有评分（"):
        presented(assessment)


@pytest.mark.parametrize("given", [0, 1, 2])
def test_the_database_and_the_counted_units_name_the_same(office, given):
    """The one asks before the step, the other while it is taken."""
    named = replace(TOWNS, kind="", units=tuple(one.pk for one in towns()[:2]))
    halves = [replace(MUST[4], name=name, full=MUST[4].full / 2) for name in ("工作实绩", "协作配合")]
    twice = [*MUST[:4], *halves]
    assessment = assessment_of(indicators=twice, groups=[named])
    for unit in towns()[:given]:
        scored(assessment, unit.code, points=1, indicator="i5")
    figures = Counting(assessment, assessment.newest_scheme())
    (group,) = figures.scheme.group_list
    asked, counted = figures.lacking(group, 6), Lacking.among(figures.of_group(group), 6)
    assert (asked.number, list(asked.units), asked.names) == (counted.number, list(counted.units), counted.names)
    assert asked.names == (("工作实绩", "协作配合") if given < 2 else ("协作配合",))
    assert asked.number == 2
