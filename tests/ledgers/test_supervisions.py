"""督办单台账: each paper once, by what became of it, to whom may see the paper."""

import pytest
from django.urls import reverse

from tests import cast
from tests.exports import exported_rows
from tests.factories import appoint, case_in, later, take
from tests.nothing_sent_twice import run_or_copy
from tests.views.queries import queries_of
from tests.web import browser
from yuetan.actions.papers.document import void_document
from yuetan.ledgers.export import LEDGERS
from yuetan.models import Case, SupervisionLetter, Task
from yuetan.scenarios import drivers
from yuetan.vocabulary import CaseState, PostKind, Verb

HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.COUNTY}"
ADDRESS = "/supervision-letters/"
LATE = {"days": 400}


@pytest.fixture
def pressed(office):
    """A case whose tasks are long overdue, with one 督办单."""

    def history():
        case = case_in(CaseState.RECTIFYING, unit=cast.unit(cast.TOWN))
        with later(**LATE):
            drivers.take(Verb.ISSUE_SUPERVISION_LETTER, case)
        return case

    return run_or_copy(history, __name__)


def _listed(username, **asked):
    listed = LEDGERS["supervisions"].filtered(cast.person(username), asked)
    assert listed.is_valid(), listed.errors
    return list(listed.qs)


def _states(paper):
    return [
        state
        for state in ("unsigned", "awaited", "given", "late", "voided")
        if paper in _listed("officer", state=state)
    ]


def test_it_is_listed_by_what_became_of_it(pressed):
    paper = SupervisionLetter.objects.get()
    with later(**LATE):
        assert _states(paper) == ["unsigned"]
        assert _listed("officer", turn="unit") == [paper]
        take(Verb.ACKNOWLEDGE_SUPERVISION, pressed)
        assert _states(paper) == ["awaited"]
        take(Verb.ANSWER_SUPERVISION, pressed)
        assert _states(paper) == ["given"]
        assert _listed("officer", turn="unit") == []
        assert _listed("officer", turn="nobody") == [paper]
        assert _listed("officer", light="red") == []
    SupervisionLetter.objects.get()


def test_its_light_is_that_of_its_answer(pressed):
    paper = SupervisionLetter.objects.get()
    with later(days=LATE["days"] + 60):
        assert _listed("officer", light="red") == [paper]
        assert _listed("officer", light="green") == []
        take(Verb.ACKNOWLEDGE_SUPERVISION, pressed)
        take(Verb.ANSWER_SUPERVISION, pressed)
        assert _states(paper) == ["given", "late"]


def test_a_voided_one_waits_for_nobody(pressed):
    paper = SupervisionLetter.objects.get()
    with later(**LATE):
        void_document(paper.document, by=cast.person("director"), reason="任务写错，重新印发。")
        assert _states(paper) == ["voided"]
        (row,) = browser("officer").get(ADDRESS).context["rows"]
        assert (row["state"], row["turn"].awaited, row["deadline"]) == ("已作废", {}, None)


def test_it_is_seen_by_whom_the_paper_is_seen(pressed):
    for username, count in (("officer", 1), ("group_leader", 1), (HEAD, 1), (OTHER, 0)):
        assert len(browser(username).get(ADDRESS).context["rows"]) == count, username
        assert len(exported_rows(username, "supervisions")) == count + 1, username
    appoint(cast.person("second_officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    assert _listed("second_officer") == _listed("officer")
    assert _listed("second_officer", officer=SupervisionLetter.objects.get().document.issued_by.name) == []


def test_what_a_row_says(pressed):
    head, row = exported_rows("officer", "supervisions")
    line = dict(zip(head, row, strict=True))
    paper = SupervisionLetter.objects.get()
    assert (line["文号"], line["状态"], line["现由谁办"]) == (paper.document.number, "未签收", "责任单位：签收督办单")
    assert line["督办的整改任务"].count("第") >= paper.tasks.count() > 0
    assert line["印发人"] == paper.document.issued_by.name
    assert "印发人" not in exported_rows(HEAD, "supervisions")[0]


def test_three_cost_what_one_costs(pressed):
    client = browser("officer")
    client.get(ADDRESS)
    one = queries_of(client, ADDRESS)
    others = [case_in(CaseState.RECTIFYING, unit=cast.unit(cast.COUNTY)) for _ in range(2)]
    with later(**LATE):
        for case in others:
            drivers.take(Verb.ISSUE_SUPERVISION_LETTER, case)
    assert queries_of(client, ADDRESS) == one


def test_the_page_of_a_unit_leads_to_its_own(pressed):
    page = browser("officer").get(reverse("unit", args=[cast.unit(cast.TOWN).pk])).content.decode()
    assert f"{ADDRESS}?area={cast.TOWN}" in page
    assert Case.objects.count() == 1
    assert Task.objects.exists()
