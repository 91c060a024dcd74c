"""Which papers a 跟踪督查 may follow: what the unit itself was served, and nothing else of the same matter."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.factories import case_after
from tests.followed_rounds import FOLLOWING, ahead, following
from tests.ladder import listed_in, take
from tests.pleas import answered
from tests.refusals import refused_among
from tests.rounds import informed_visit, planned
from tests.vetoes import AFTER, veto_in
from yuetan.actions.rounds.planning import plan_round
from yuetan.models import AccountabilityMeasure, Document
from yuetan.vocabulary import DocumentKind, MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")


def paper_of(measure: AccountabilityMeasure, kind: DocumentKind) -> Document:
    return Document.objects.get(measure_laid=measure, kind=kind)


def not_followed(paper: Document) -> None:
    with refused_among(f"没有找到发给{cast.unit(cast.TOWN).full_name}、文号为“{paper.number}”"):
        following(paper.number)


def test_it_follows_the_paper_by_which_a_measure_was_served() -> None:
    served = listed_in(MeasureState.SERVED)
    after = following(served.issued_paper.number)
    assert after.followed["paper"] == str(served.issued_paper.pk)
    tasks = [str(one.pk) for one in served.tasks.all()]
    assert tasks
    assert [one["task"] for one in after.points_followed if one["task"]] == tasks
    assert all(one["words"] in served.facts for one in after.points_followed if not one["task"])


def test_what_departments_were_asked_of_a_measure_is_not_followed() -> None:
    served = veto_in(MeasureState.SERVED)
    with time_machine.travel(AFTER, tick=False):
        asked = Document.objects.filter(measure_laid=served, kind=DocumentKind.CONSULTATION_LETTER).first()
        assert asked is not None
        not_followed(asked)
        assert following(served.issued_paper.number).points_followed


def test_the_answer_to_a_plea_is_not_followed() -> None:
    upheld = take(Verb.UPHOLD_MEASURE, answered())
    others = Document.objects.filter(measure_laid=upheld).exclude(pk=upheld.paper_id)
    assert others
    for one in others:
        not_followed(one)


def test_what_else_a_case_issued_is_not_followed() -> None:
    case = case_after(Verb.ASSIGN)
    others = Document.objects.filter(case=case).exclude(kind=DocumentKind.MINUTES)
    assert others
    for one in others:
        with refused_among("没有找到发给"):
            following(one.number, case.unit.code)


@pytest.mark.parametrize("form", ["{0.prefix}[{0.year}]{0.serial}号", " {0.prefix}（{0.year}） 第{0.serial}号 "])
def test_its_number_is_known_in_whatever_brackets(form: str) -> None:
    paper = listed_in(MeasureState.SERVED).issued_paper
    assert following(form.format(paper)).followed["number"] == paper.number


@pytest.mark.parametrize("others", [0, 3])
def test_one_paper_is_read_however_many_the_unit_has(others: int, monkeypatch: pytest.MonkeyPatch) -> None:
    paper, rows = listed_in(MeasureState.SERVED).issued_paper, []
    for _ in range(others):
        informed_visit()
    read = Document.from_db
    monkeypatch.setattr(Document, "from_db", lambda *row: rows.append(row) or read(*row))
    plan = planned(**FOLLOWING, **ahead(paper.number))
    with CaptureQueriesContext(connection) as asked:
        plan_round(by=cast.person("officer"), planned=plan)
    assert len(rows) == 1
    assert sum('FROM "yuetan_document"' in one["sql"] for one in asked) == 1
