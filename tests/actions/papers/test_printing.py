"""打印记录: nothing leaves without an entry, nobody takes what they may not see, nothing is rewritten."""

import pytest
from django.db import DatabaseError, transaction

from tests.factories import case_in, letter_in
from yuetan.actions.papers.printing import may_download_copy, record_printing
from yuetan.errors import NotYours
from yuetan.models import Printing
from yuetan.vocabulary import CaseState, LetterState, PrintMethod


@pytest.fixture
def paper(office):
    return case_in(CaseState.NOTIFIED).documents.get()


def test_who_when_and_how_is_written_down(head, paper):
    record_printing([paper], by=head, method=PrintMethod.PRINT)
    entry = Printing.objects.get()
    assert (entry.document, entry.by, entry.by_title, entry.method) == (paper, head, head.title, PrintMethod.PRINT)


def test_one_paper_out_of_reach_and_none_is_taken(head, paper):
    other = letter_in(LetterState.ISSUED).document
    with pytest.raises(NotYours):
        record_printing([paper, other], by=head, method=PrintMethod.MERGED)
    assert not Printing.objects.exists()


@pytest.mark.parametrize("who", ["officer", "director", "supervisor", "group_leader"])
def test_inner_roles_may_have_the_editable_copy(request, paper, who):
    assert may_download_copy(paper, request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["head", "liaison"])
def test_the_unit_may_not(request, paper, who):
    person = request.getfixturevalue(who)
    assert not may_download_copy(paper, person)
    with pytest.raises(NotYours):
        record_printing([paper], by=person, method=PrintMethod.COPY)
    assert not Printing.objects.exists()


def test_the_log_is_append_only(officer, paper):
    record_printing([paper], by=officer, method=PrintMethod.DOWNLOAD)
    for change in (lambda: Printing.objects.update(method=PrintMethod.PRINT), Printing.objects.get().delete):
        with pytest.raises(DatabaseError, match=r"kept as written|permission denied"), transaction.atomic():
            change()
