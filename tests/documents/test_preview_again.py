"""An issued paper written anew from its case says what it said, but for the reason given then and its check code."""

import re

import pytest

from tests.factories import case_in, later, letter_in, take
from yuetan.documents.content.content import body_of
from yuetan.documents.preview_again import REASON, preview_again
from yuetan.models import Document
from yuetan.vocabulary import CaseState, DocumentKind, LetterState, Verb

WHY = "因故改在下周进行"


def rescheduled():
    """A notice and the one that took its place."""
    take(Verb.RESCHEDULE, case_in(CaseState.NOTIFIED), reason=WHY)


def pressed():
    """A supervision letter about one task."""
    case = case_in(CaseState.RECTIFYING)
    with later(days=20):
        chosen = {"tasks": [case.tasks.get(number=1)], "grade": "yellow", "reason": WHY}
        take(Verb.ISSUE_SUPERVISION_LETTER, case, **chosen)


@pytest.mark.parametrize(
    ("story", "kind"),
    [
        (lambda: case_in(CaseState.NOTIFIED), DocumentKind.INTERVIEW_NOTICE),
        (rescheduled, DocumentKind.RESCHEDULE_NOTICE),
        (lambda: case_in(CaseState.MINUTED), DocumentKind.MINUTES),
        (pressed, DocumentKind.SUPERVISION_LETTER),
        (lambda: letter_in(LetterState.ISSUED), DocumentKind.REMINDER_LETTER),
    ],
)
def test_it_says_the_same_again(office, story, kind):
    story()
    document = Document.objects.get(kind=kind)
    again, before = body_of(preview_again(document)), body_of(document.html)
    assert words(again).replace(REASON, WHY) == words(before).partition("文书查验码")[0]


def words(html):
    """What is read, without the marks of lines."""
    return re.sub(r"<[^>]*>|\s", "", html)
