"""Which papers a 跟踪督查 may follow: what the unit itself was served, and nothing else of the same matter."""

from typing import Any

import pytest
import time_machine

from tests import cast
from tests.factories import case_after
from tests.followed_rounds import FOLLOWING
from tests.ladder import listed_in, take
from tests.pleas import answered
from tests.refusals import refused_among
from tests.rounds import planned, there, visit_of
from tests.vetoes import AFTER, veto_in
from yuetan.actions.rounds.planning import PlannedVisit, plan_round
from yuetan.models import AccountabilityMeasure, Document, RoundVisit
from yuetan.vocabulary import DocumentKind, MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")


def following(number: str, code: str = cast.TOWN) -> RoundVisit:
    """A plan from today on that follows this paper."""
    today = there().date()
    visits = [PlannedVisit(cast.unit(code), today, "整改情况。", number)]
    ahead: dict[str, Any] = {"visits": visits, "begins_on": today, "ends_on": today}
    return visit_of(plan_round(by=cast.person("officer"), planned=planned(**FOLLOWING, **ahead)), code)


def paper_of(measure: AccountabilityMeasure, kind: DocumentKind) -> Document:
    return Document.objects.get(measure_laid=measure, kind=kind)


def nothing_found(paper: Document) -> None:
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
        nothing_found(asked)
        assert following(served.issued_paper.number).points_followed


def test_the_answer_to_a_plea_is_not_followed() -> None:
    upheld = take(Verb.UPHOLD_MEASURE, answered())
    others = Document.objects.filter(measure_laid=upheld).exclude(pk=upheld.paper_id)
    assert others
    for one in others:
        nothing_found(one)


def test_what_else_a_case_issued_is_not_followed() -> None:
    case = case_after(Verb.ASSIGN)
    others = Document.objects.filter(case=case).exclude(kind=DocumentKind.MINUTES)
    assert others
    for one in others:
        with refused_among("没有找到发给"):
            following(one.number, case.unit.code)
