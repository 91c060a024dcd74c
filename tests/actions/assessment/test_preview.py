"""The preview of a year is ranked by the database, page by page, and is what counting every unit here comes to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.actions.assessment.test_figures import FIRST, LAST, indicators, records_of_a_year
from tests.assessment import INDICATORS, MEMBERS, RESULTS, TOWNS, assessment_of, counted, scored
from tests.factories import later
from tests.received import received
from yuetan.models import Unit
from yuetan.models.assessment.counting import Counting
from yuetan.models.assessment.preview import Near, ranked_page
from yuetan.rules.assessment.scoring import grade_of, ranks
from yuetan.vocabulary import RecordSource

FEW = 4


def by_hand(assessment, group):
    """Every unit counted here, the best first."""
    scheme = assessment.newest_scheme()
    units = Counting(assessment, scheme).of_group(group)
    rows = [
        (rank, one.unit, one.total, grade_of(one.total, fails=one.fails, **scheme.thresholds))
        for one, rank in zip(units, ranks([one.total for one in units]), strict=True)
    ]
    return sorted(rows)


def page_of(assessment, group, most=FEW, **near):
    return ranked_page(assessment, assessment.newest_scheme(), group, Near(**near), most)


def rows_of(page):
    return [(one.rank, one.counted.unit, one.counted.total, one.grade) for one in page.units]


def leafed_through(assessment, group):
    """All pages, from the first to the last."""
    pages = [page_of(assessment, group)]
    while pages[-1].has_later:
        pages.append(page_of(assessment, group, after=pages[-1].units[-1].counted.unit))
    return pages


def test_whatever_is_counted_the_database_ranks_as_the_rules_do(office):
    records_of_a_year()
    assessment = assessment_of(first_day=FIRST, last_day=LAST, indicators=indicators())
    with later(days=42):
        for group in assessment.newest_scheme().group_list:
            expected, pages = by_hand(assessment, group), leafed_through(assessment, group)
            assert [row for page in pages for row in rows_of(page)] == expected
            assert len({total for *_, total, _ in expected}) > 1
            assert {page.number for page in pages} == {len(expected)}
            assert [page.has_earlier for page in pages] == [False, *[True] * (len(pages) - 1)]


@pytest.mark.parametrize(
    ("place", "changed"),
    [
        (1, {"cap": Decimal(7)}),
        (1, {"floor": Decimal(16)}),
        (1, {"each": Decimal(25)}),
        (1, {"fails": True}),
        (3, {"cap": Decimal(2)}),
        (4, {"unscored": "none"}),
        (4, {"group": "成员单位"}),
    ],
    ids=str,
)
def test_a_cap_a_floor_and_a_missing_score_cost_in_the_database_what_they_cost_here(office, place, changed):
    for number in range(1, 4):
        received(
            number=f"江检建〔2026〕{number}号",
            dated_on=date(2026, 10, 1),
            received_on=date(2026, 10, 2),
            reply_due=date(2026, 10, 20),
        )
    scheme = [*INDICATORS[:place], replace(INDICATORS[place], **changed), *INDICATORS[place + 1 :]]
    if "group" in changed:
        scheme.append(counted("三书一函", RecordSource.LATE_REPLIES, 40, 9, group="镇（街）"))
    assessment = assessment_of(indicators=scheme)
    scored(assessment, cast.MEMBER_UNIT)
    if "group" not in changed:
        scored(assessment, cast.DIVISION_TOWN, points=Decimal("12.5"))
    towns, members = assessment.newest_scheme().group_list
    assert (towns.name, members.name) == (TOWNS.name, MEMBERS.name)
    for group in (towns, members):
        expected = by_hand(assessment, group)
        assert [row for page in leafed_through(assessment, group) for row in rows_of(page)] == expected
        assert len({total for *_, total, _ in expected}) > 1


def test_a_page_is_found_beside_a_unit_also_backwards_and_beside_none_of_the_group(office):
    assessment = assessment_of()
    scored(assessment, points=Decimal(3))
    group = assessment.newest_scheme().group_list[0]
    whole = by_hand(assessment, group)
    keys = [unit for _, unit, *_ in whole]

    def asked(**near):
        page = page_of(assessment, group, **near)
        return [one.counted.unit for one in page.units], page.has_earlier, page.has_later

    assert len(keys) > 3 * FEW
    assert asked(after=keys[FEW - 1]) == (keys[FEW : 2 * FEW], True, True)
    assert asked(before=keys[2 * FEW]) == (keys[FEW : 2 * FEW], True, True)
    assert asked(before=keys[1]) == (keys[:FEW], False, True)
    assert asked(after=keys[-1]) == (keys[-1:], True, False)
    stranger = cast.unit(cast.MEMBER_UNIT).pk
    assert asked(after=stranger) == asked(before=stranger) == asked() == (keys[:FEW], False, True)
    left_out = [keys[0], keys[2]]
    assert asked(without=left_out)[0] == [key for key in keys if key not in left_out][:FEW]


def test_no_more_units_are_read_than_are_shown(office):
    assessment = assessment_of(indicators=[*INDICATORS[:4], replace(INDICATORS[4], unscored="none")])
    for unit in Unit.objects.filter(kind="town").order_by("pk")[: 2 * FEW]:
        scored(assessment, unit.code, indicator=RESULTS)
    group = assessment.newest_scheme().group_list[0]
    with CaptureQueriesContext(connection) as asked:
        page_of(assessment, group)
    for one in asked:
        with connection.cursor() as cursor:
            cursor.execute(one["sql"])
            assert len(cursor.fetchall()) <= FEW + 1, one["sql"]
