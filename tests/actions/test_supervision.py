"""整改督办函: where a task is overdue, and nowhere else, the office presses in writing."""

import pytest

from tests.factories import case_in, later, take
from tests.refusals import not_theirs, refused
from yuetan.models import Document
from yuetan.vocabulary import CaseState, DocumentKind, Verb


@pytest.fixture
def rectifying(office):
    """A case whose tasks wait for their reports."""
    return case_in(CaseState.RECTIFYING)


def test_nothing_is_pressed_for_before_it_is_due(rectifying):
    with refused("办公室设定：没有逾期未报告的整改任务，不能印发督办函。"):
        take(Verb.ISSUE_SUPERVISION_LETTER, rectifying)


def test_what_is_overdue_is_named_in_a_numbered_paper_the_unit_may_read(rectifying, director, head):
    with later(days=20):
        take(Verb.ISSUE_SUPERVISION_LETTER, rectifying, reason="请于一周内补报。")
    letter = Document.objects.visible_to(head).get(kind=DocumentKind.SUPERVISION_LETTER)
    assert letter.number == "江扫黑办督〔2026〕1号"
    assert "请于一周内补报" in letter.html
    rectifying.refresh_from_db()
    assert rectifying.state == CaseState.RECTIFYING


@pytest.mark.parametrize("who", ["officer", "supervisor", "group_leader", "head"])
def test_it_is_the_directors(request, rectifying, who):
    person = request.getfixturevalue(who)
    with later(days=20), not_theirs():
        take(Verb.ISSUE_SUPERVISION_LETTER, rectifying, by=person)
