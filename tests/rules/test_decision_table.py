"""A table answers with its one row, or not at all."""

import pytest

from yuetan.rules.decision_table import NoMatch, SeveralMatch, one_match

# The 江门 办法, articles 4 and 5: who interviews whom.
INTERVIEWERS = [
    {"unit_kind": "member_unit", "rank": None, "interviewer": "group_leader", "article": "4"},
    {"unit_kind": "county", "rank": None, "interviewer": "group_leader", "article": "5"},
    {"unit_kind": "town", "rank": "division_rank", "interviewer": "first_deputy_leader", "article": "5"},
    {"unit_kind": "town", "rank": "below_division_rank", "interviewer": "deputy_leader", "article": "5"},
]


@pytest.mark.parametrize(
    ("unit_kind", "rank", "interviewer", "article"),
    [
        ("member_unit", "division_rank", "group_leader", "4"),
        ("member_unit", "below_division_rank", "group_leader", "4"),
        ("county", "division_rank", "group_leader", "5"),
        ("county", "below_division_rank", "group_leader", "5"),
        ("town", "division_rank", "first_deputy_leader", "5"),
        ("town", "below_division_rank", "deputy_leader", "5"),
    ],
)
def test_every_unit_kind_and_rank_has_exactly_one_interviewer(
    unit_kind: str, rank: str, interviewer: str, article: str
) -> None:
    row = one_match(INTERVIEWERS, unit_kind=unit_kind, rank=rank)
    assert (row["interviewer"], row["article"]) == (interviewer, article)


def test_a_kind_no_row_speaks_of_has_no_match() -> None:
    with pytest.raises(NoMatch, match="没有规则适用于：office、division_rank"):
        one_match(INTERVIEWERS, unit_kind="office", rank="division_rank")


def test_an_empty_table_has_no_match() -> None:
    with pytest.raises(NoMatch):
        one_match([], unit_kind="town")


def test_rows_that_overlap_are_refused_even_if_they_say_the_same() -> None:
    rows = [*INTERVIEWERS, {"unit_kind": None, "rank": "division_rank", "interviewer": "first_deputy_leader"}]
    with pytest.raises(SeveralMatch, match="有 2 条规则同时适用于：town、division_rank"):
        one_match(rows, unit_kind="town", rank="division_rank")


def test_too_few_facts_are_not_guessed_at() -> None:
    with pytest.raises(SeveralMatch):
        one_match(INTERVIEWERS, unit_kind="town")


def test_a_fact_the_table_has_no_column_for_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        one_match(INTERVIEWERS, unit_kind="town", age="50")


def test_an_empty_cell_matches_only_the_empty_fact() -> None:
    rows = [{"rank": "", "answer": "empty"}, {"rank": "x", "answer": "x"}]
    assert one_match(rows, rank="")["answer"] == "empty"
    assert one_match(rows, rank="x")["answer"] == "x"
