"""Sent, taken back, sent again, closed, made known: what it asks of the database does not grow with the units."""

import re
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.actions.assessment.test_assessment import alerts_of
from tests.actions.assessment.test_rounds_of_sheets import revised
from tests.assessment import (
    INDICATORS,
    LETTERS,
    MEMBERS,
    RESULTS,
    TOWNS,
    assessment_of,
    correction_decided,
    correction_proposed,
    decided,
    objected,
    presented,
    scored,
    sheet_of,
)
from tests.factories import later
from tests.refusals import appoint
from yuetan.actions.assessment.closing import close_assessment, publish_assessment
from yuetan.actions.assessment.sheets import present_assessment, withdraw_assessment_sheets
from yuetan.models import Assessment, Unit
from yuetan.vocabulary import PostKind

FEW, MANY = 5, 60
OBJECTING = {cast.TOWN: [LETTERS], cast.DIVISION_TOWN: [RESULTS], cast.MEMBER_UNIT: [LETTERS, RESULTS]}
RENAMED = [replace(one, name=f"{one.name}情况") for one in INDICATORS]


@contextmanager
def counted(counts: dict[str, int], name: str):
    with CaptureQueriesContext(connection) as asked:
        yield
    counts[name] = len(asked)


def statements_of_a_year(number: int) -> dict[str, int]:
    """Of each step the number of its statements, with so many towns and what hangs on each of them."""
    counts: dict[str, int] = {}
    towns = list(Unit.objects.filter(kind="town", retired_on=None).order_by("code")[:number])
    named = replace(TOWNS, kind="", units=tuple(one.pk for one in towns))
    assessment = assessment_of(groups=[named, MEMBERS])
    for place, unit in enumerate(towns):
        scored(assessment, unit.code, points=Decimal(39) - Decimal(place) / 10)
    officer, director = cast.person("officer"), cast.person("director")
    with counted(counts, "present"):
        assessment = present_assessment(assessment, by=officer)
    for unit in towns:
        objection = objected(sheet_of(assessment, unit.code), by="officer", indicator=RESULTS)
        decided(objection, points=Decimal(2))
    with counted(counts, "withdraw"):
        assessment = withdraw_assessment_sheets(assessment, by=director, reason="方案有误。")
    with counted(counts, "present again"):
        assessment = present_assessment(assessment, by=officer)
    with later(days=10):
        with counted(counts, "close"):
            assessment = close_assessment(assessment, by=director)
        with counted(counts, "publish"):
            publish_assessment(assessment, by=director)
        proposed = correction_proposed(sheet_of(assessment, towns[0].code))
        with counted(counts, "correct"):
            correction_decided(proposed)
    return counts


def rolled_back(play, *args):
    with transaction.atomic():
        made = play(*args)
        transaction.set_rollback(True)
    return made


def test_every_step_on_a_year_costs_the_same_for_five_units_and_for_sixty(office):
    rolled_back(statements_of_a_year, FEW)  # the first time keeps what all later ones use
    few, many = (rolled_back(statements_of_a_year, number) for number in (FEW, MANY))
    assert set(few) == {"present", "withdraw", "present again", "close", "publish", "correct"}
    assert few == many


def sent_again_without_lines(objecting: dict[str, list[str]]) -> tuple[int, list[list[str]]]:
    """Of sending again, where these units objected to lines that are no more: statements, and who reads what."""
    assessment, counts = presented(assessment_of()), {}
    for code, lines in objecting.items():
        for indicator in lines:
            objected(sheet_of(assessment, code), by="officer", indicator=indicator)
    withdraw_assessment_sheets(assessment, by=cast.person("director"), reason="方案有误。")
    revised(Assessment.objects.get(), indicators=RENAMED)
    with counted(counts, "present"):
        present_assessment(Assessment.objects.get(), by=cast.person("officer"))
    heads = [cast.head(code).username for code in objecting]
    return counts["present"], [[words for words in alerts_of(head) if "没有沿用" in words] for head in heads]


def test_each_unit_reads_its_own_in_the_same_statements(office):
    one = {cast.TOWN: OBJECTING[cast.TOWN]}
    rolled_back(sent_again_without_lines, one)  # the first time keeps what all later ones use
    (for_one, _), (for_three, read) = (rolled_back(sent_again_without_lines, units) for units in (one, OBJECTING))
    assert for_one == for_three
    assert [len(words) for words in read] == [1, 1, 1]
    for (words,), lines in zip(read, ("“来函办理”", "“工作实绩”", "“来函办理”、“工作实绩”"), strict=True):
        assert f"2026年度考核重新送核，原来对{lines}的异议因" in words


@pytest.mark.parametrize(("second", "parts"), [(RESULTS, ["来函办理", "工作实绩"]), (LETTERS, ["来函办理"])])
def test_who_is_of_two_units_reads_of_both_and_the_same_once(office, second, parts):
    appoint(cast.head(cast.TOWN), cast.unit(cast.DIVISION_TOWN), PostKind.LIAISON, "联络员")
    _, ((words,), _) = sent_again_without_lines({cast.TOWN: [LETTERS], cast.DIVISION_TOWN: [second]})
    assert re.findall("来函办理|工作实绩", words) == parts
