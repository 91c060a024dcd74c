"""What is known of a unit and its heads: counted exactly, each with its link, for who proposes, checks and decides."""

from datetime import timedelta

import pytest

from tests import cast
from tests.factories import case_in, later
from tests.refusals import appoint
from tests.web import Visitor
from yuetan.models import Task, Unit
from yuetan.views.people.unit_history import unit_history
from yuetan.vocabulary import CaseState, PostKind, Rank


@pytest.fixture(autouse=True)
def _everybody(office):
    return office


def other_cases(unit, user, **but):
    return [known.words for known in unit_history(unit, unit.heads(), user, **but)]


def test_nothing_is_known_of_a_unit_never_proposed(officer, town):
    assert other_cases(town, officer) == []
    assert "没有约谈事项、未销号的整改任务。" in Visitor(officer).open(f"/cases/new/?unit={town.pk}")


def test_cases_tasks_and_reports_are_counted_exactly(officer, town):
    ended, open_case = case_in(CaseState.CLOSED), case_in(CaseState.RECTIFYING)
    case_in(CaseState.NOTIFIED, unit=cast.unit(cast.COUNTY))
    assert other_cases(town, officer) == [
        "该单位已有约谈事项 2 件，其中在办 1 件",
        "该单位未销号的整改任务 2 项",
        "冯十曾列为约谈对象 2 件（含在其他职务上）",
    ]
    page = Visitor(officer).open(f"/cases/new/?unit={town.pk}")
    assert {f"/cases/{case.pk}/" for case in (ended, open_case)} <= {url for _, url in page.links}
    first = Task.objects.filter(case=open_case).order_by("effective_due_on").first()
    with later(days=(first.effective_due_on - cast.MONDAY.date() + timedelta(days=1)).days):
        assert "该单位逾期未报告的整改任务 1 项" in other_cases(town, officer)


def test_a_leader_is_known_from_an_earlier_post(officer, town, county):
    case = case_in(CaseState.CLOSED)
    moved = case.interviewees.get().holder
    moved.posts.update(ended_on=cast.MONDAY.date())
    county.posts.filter(kind=PostKind.GOVERNMENT_HEAD).update(ended_on=cast.MONDAY.date())
    appoint(moved, county, PostKind.GOVERNMENT_HEAD, "区长", Rank.DIVISION)
    (known,) = unit_history(county, county.heads(), officer)
    assert known.words == "冯十曾列为约谈对象 1 件（含在其他职务上）"
    assert known.links[0]["meta"] == "时任蓬江区棠下镇党委书记，约谈〔2026〕1号，已办结（销号）"


def test_the_case_at_hand_is_not_its_own_history(officer, town):
    case = case_in(CaseState.IN_REVIEW)
    assert other_cases(town, officer, but=case) == []


def test_what_a_person_must_not_see_is_not_counted(second_officer, town):
    case_in(CaseState.PROPOSED)
    appoint(second_officer, town, PostKind.LIAISON, "联系人")
    assert other_cases(town, cast.person("second_officer")) == []


@pytest.mark.parametrize(
    ("state", "who", "step"),
    [(CaseState.IN_REVIEW, "director", "endorse"), (CaseState.PROPOSED, "group_leader", "approve")],
)
def test_director_and_leader_read_it_where_they_decide(request, state, who, step):
    other = case_in(CaseState.RECTIFYING)
    case = case_in(state)
    page = Visitor(request.getfixturevalue(who)).open(f"/cases/{case.pk}/steps/{step}/")
    assert "注意：该单位未销号的整改任务 2 项" in page
    assert f"/cases/{other.pk}/" in {url for _, url in page.links}


def test_the_number_of_questions_does_not_grow(officer, town, django_assert_max_num_queries):
    case_in(CaseState.RECTIFYING)
    case_in(CaseState.RECTIFYING)
    case_in(CaseState.CLOSED)
    unit = Unit.objects.select_related("parent").get(pk=town.pk)
    heads = list(unit.heads())
    # Two of them ask what is kept from the officer: within a transaction that is not remembered.
    with django_assert_max_num_queries(12):
        unit_history(unit, heads, officer)
