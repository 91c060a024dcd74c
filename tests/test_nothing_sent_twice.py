"""A history that is copied reads as the one that was told, and is copied only where it would be told the same."""

from typing import Any

from tests import nothing_sent_twice
from tests.factories import case_in, later, letter_in
from tests.refusals import everything
from yuetan.actions.step import dry_run
from yuetan.vocabulary import CaseState, LetterState

ONLY_HERE = {"draft": {"matter": "只在这里讲述的事项"}}


def _closed_case() -> tuple[Any, dict[str, Any]]:
    """Its key, which is drawn anew whenever the case is told anew, and all that is stored."""
    with dry_run(), nothing_sent_twice.watching():
        return case_in(CaseState.CLOSED, **ONLY_HERE).pk, everything()


def test_a_copy_holds_the_same_rows(office):
    assert _closed_case() == _closed_case()


def test_what_might_come_out_otherwise_is_told_anew(office, settings):
    first, _ = _closed_case()
    with dry_run(), nothing_sent_twice.watching():
        letter_in(LetterState.DRAFTED)
        assert case_in(CaseState.CLOSED, **ONLY_HERE).pk != first
    with later(days=1):
        assert _closed_case()[0] != first
    settings.PUBLIC_URL = "https://yuetan.example"
    assert _closed_case()[0] != first
