"""A 书面建议 is called what it is and bears its number, wherever the measure is shown."""

import pytest
import time_machine
from django.urls import reverse

from tests.cast import person
from tests.ladder import listed_in, measure_in
from tests.vetoes import AFTER, has_superior, stationed, take, veto_in
from tests.web import browser
from yuetan.ledgers.record.log import LogLedger
from yuetan.ledgers.record.seen_names import names_of_seen
from yuetan.models import AccountabilityMeasure, Document, Event, Sight
from yuetan.vocabulary import DocumentKind, MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")
TITLE, NUMBER = "关于对蓬江区棠下镇实行一票否决权制的建议", "江扫黑建〔2026〕1号"
DECISION = "的一票否决决定书"


@pytest.fixture
def suggested() -> AccountabilityMeasure:
    decided = stationed()
    with time_machine.travel(AFTER, tick=False):
        return take(Verb.PROPOSE_VETO, decided)


def test_the_page_bears_the_title_and_the_number_of_its_paper(suggested) -> None:
    paper = Document.objects.get(kind=DocumentKind.VETO_PROPOSAL)
    assert (paper.title, suggested.title, suggested.paper_number) == (TITLE, TITLE, NUMBER)
    page = browser("officer").get(reverse("measure_laid", args=[suggested.pk])).content.decode()
    assert TITLE in page
    assert f"责任措施</a> / {NUMBER}" in page
    assert "一票否决（第三十条），书面建议其上级主管单位决定" in page
    assert DECISION not in page
    assert reverse("document_pdf", args=[paper.pk]) in page
    assert f"{NUMBER}，已提出书面建议" in " ".join(page.split())


@pytest.mark.parametrize("address", ["measure_list", "todo_list", "followed_list", "document_list"])
def test_no_list_calls_it_a_decision(suggested, address) -> None:
    officer = browser("officer")
    officer.post(reverse("follow_measure", args=[suggested.pk]))
    page = officer.get(reverse(address)).content.decode()
    assert TITLE in page
    assert DECISION not in page
    assert address not in ("measure_list", "document_list") or NUMBER in page


def test_the_ledger_the_record_of_the_unit_and_the_log_have_its_number(suggested) -> None:
    officer = browser("officer")
    assert "未编号" not in officer.get(reverse("measure_list")).content.decode()
    record = officer.get(reverse("unit", args=[suggested.unit.pk])).content.decode()
    assert f"{NUMBER}，蓬江区棠下镇，已提出书面建议" in record
    rows = LogLedger().with_relations(Event.objects.filter(measure_laid=suggested))
    subjects = {line["subject"] for line in LogLedger().lines(rows, person("auditor"))}
    assert subjects == {f"责任措施 {NUMBER}"}
    address = f"/measures/{suggested.pk}/"
    seen = Sight(path=address, key=str(suggested.pk))
    assert names_of_seen([seen]) == {f"/measures/{suggested.pk}": f"责任措施 {NUMBER}"}


@pytest.mark.parametrize("state", [MeasureState.DRAFTED, MeasureState.PROPOSED, MeasureState.DECIDED])
def test_it_is_called_so_from_the_draft_on_as_long_as_the_unit_has_a_superior(state) -> None:
    measure = stationed(state)
    assert (measure.title, measure.paper_kind) == (TITLE, DocumentKind.VETO_PROPOSAL)
    has_superior(measure.unit, "")
    measure = AccountabilityMeasure.objects.get(pk=measure.pk)
    assert measure.paper_kind == DocumentKind.VETO_DECISION
    assert measure.title.endswith(DECISION)


def test_what_was_served_stays_a_decision_and_what_was_suggested_a_suggestion(suggested) -> None:
    has_superior(suggested.unit, "")
    again = AccountabilityMeasure.objects.get(pk=suggested.pk)
    assert (again.title, again.paper_number) == (TITLE, NUMBER)


def test_a_veto_that_was_served_stays_a_decision() -> None:
    served = veto_in(MeasureState.SERVED)
    has_superior(served.unit)
    again = AccountabilityMeasure.objects.get(pk=served.pk)
    assert again.title.endswith(DECISION)
    assert again.paper_number == "江扫黑否〔2026〕1号"


def test_no_reason_against_reporting_is_shown_on_a_veto_that_asks_for_nothing() -> None:
    served = veto_in(MeasureState.SERVED)
    with time_machine.travel(AFTER):
        page = (
            browser(served.unit.heads()[0].holder.username)
            .get(reverse("measure_laid", args=[served.pk]))
            .content.decode()
        )
    assert served.title in page
    assert Verb.HAND_IN_REPORT.label not in page


@pytest.mark.parametrize(
    ("made", "verb", "articles"),
    [
        (lambda: veto_in(MeasureState.DECIDED), Verb.SERVE_MEASURE, "第三十条、第三十一条"),
        (stationed, Verb.PROPOSE_VETO, "第三十二条"),
        (lambda: listed_in(MeasureState.DECIDED), Verb.SERVE_MEASURE, "第二十八条、第二十九条"),
        (lambda: measure_in(MeasureState.DECIDED), Verb.SERVE_MEASURE, "第二十八条"),
    ],
)
def test_the_page_that_sends_it_out_names_the_articles_of_its_rung(made, verb, articles) -> None:
    measure = made()
    with time_machine.travel(AFTER, tick=False):
        page = browser("officer").get(reverse("measure_step", args=[measure.pk, verb]))
    assert page.context["articles"] == articles
    assert articles in page.content.decode()
