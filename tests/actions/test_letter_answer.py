"""答复提醒函: by the unit's head, once, after signing; its date shows in the same lights."""

from datetime import date

import pytest

from tests import cast
from tests.factories import later, letter_in
from tests.refusals import not_theirs, refused
from tests.web import Visitor
from yuetan.actions.letter import acknowledge_letter, answer_letter
from yuetan.models import Alert
from yuetan.vocabulary import LetterState

ANSWER = "已组织专题研究，逐条整改，情况附后。"


@pytest.fixture
def letter(office):
    """A letter to the town, signed for by its liaison."""
    issued = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    return acknowledge_letter(issued, by=cast.liaison(cast.TOWN))


def test_the_head_answers_once_and_the_office_is_told(letter, head, supervisor):
    answered = answer_letter(letter, by=head, answer=ANSWER)
    assert (answered.answer, answered.answered_by, answered.is_answered_late) == (ANSWER, head, False)
    assert "已答复" in Alert.objects.filter(recipient=supervisor).first().text
    with refused(f"本函已由{head.name}答复，不必再次答复。"):
        answer_letter(letter, by=head, answer=ANSWER)


def test_it_is_due_after_the_offices_working_days_and_late_is_marked(letter, head):
    assert letter.answer_until == date(2026, 12, 7)
    with later(days=15):
        assert "逾期 1 天" in Visitor(cast.person("supervisor")).open("/letters/")
        assert "逾期 1 天" in Visitor(head).open("/")
        assert answer_letter(letter, by=head, answer=ANSWER).is_answered_late
        assert "逾期答复" in Visitor(cast.person("supervisor")).open("/letters/")


def test_what_an_answer_lacks(office, letter, head):
    with refused("办公室设定：尚未填写答复内容。", field="answer"):
        answer_letter(letter, by=head, answer=" ")
    unsigned = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    with refused("办公室设定：本函尚未签收，请先签收再答复。"):
        answer_letter(unsigned, by=head, answer=ANSWER)


@pytest.mark.parametrize("who", ["liaison", "supervisor", "group_leader", "other_head"])
def test_nobody_answers_for_the_head(letter, request, who):
    with not_theirs():
        answer_letter(letter, by=request.getfixturevalue(who), answer=ANSWER)


def test_the_page_of_the_answer(letter, head):
    visitor = Visitor(head)
    visitor.open(f"/letters/{letter.pk}/answer/")
    assert "尚未填写答复内容" in visitor.press("答复", expect=422, answer="")
    assert ANSWER in visitor.press("答复", answer=ANSWER)
