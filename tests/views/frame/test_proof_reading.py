"""The proof-reader beside the fields of what goes into a paper: as one types, and on every page of the form."""

import re

import pytest
from django.test import Client

from tests import cast
from tests.factories import case_after, case_in, letter_in
from tests.naughty import form_classes
from tests.steps import STEPS
from tests.views.papers.test_wording import address, holding
from tests.web import Visitor
from yuetan.documents.content.office_forms import approval_form
from yuetan.forms.frame.fields import RowsField, WordsField
from yuetan.models import Case, Event, User
from yuetan.views.case.available_steps import step_url
from yuetan.views.steps.step_registry import STEP_PAGES
from yuetan.vocabulary import CaseState, LetterState, Verb

URL = "/proof-read/"
BANNER = 'aria-label="校对提示"'


def remarks_of(markup: str) -> list[str]:
    """The remarks in a page or a part of one, as they are read."""
    items = re.findall(r"<li>(.*?)</li>", markup, re.DOTALL)
    shown = [re.sub(r"<button.*?</button>", "", item, flags=re.DOTALL) for item in items]
    return ["".join(re.sub("<[^>]*>", "", item).split()) for item in shown if "<mark>" in item]


def test_a_typed_text_is_answered_with_its_remarks_and_their_places(client: Client, officer: User) -> None:
    client.force_login(officer)
    answer = client.post(URL, {"text": "一、线索,摸排\r\n三、<b>整改。。"})
    words = answer.content.decode()
    assert remarks_of(words) == [
        "第1段“一、线索,摸排”：半角“,”应为全角“，”。",
        "第2段“三、&lt;b&gt;整改。…”：序号“三、”前面缺“二、”。",
        "第2段“…、&lt;b&gt;整改。。”：标点“。。”重复或者多余。",
    ]
    # A line end is one character, as in the browser.
    assert re.findall(r'data-from="(\d+)"\s+data-to="(\d+)"', words) == [("4", "5"), ("8", "10"), ("15", "17")]
    assert client.post(URL, {"text": "线索摸排。"}).content.decode().split() == []


def test_it_keeps_nothing_and_answers_people_of_the_house_alone(client: Client, officer: User) -> None:
    assert client.post(URL, {"text": "甲,乙"}).status_code == 302
    client.force_login(officer)
    before = Event.objects.count()
    assert client.get(URL).status_code == 405
    assert client.post(URL).status_code == 400
    assert client.post(URL, {"text": "甲" * 30_001}).status_code == 400
    assert client.post(URL, {"text": "甲,乙"}).status_code == 200
    assert Event.objects.count() == before


def test_the_form_has_them_beside_the_field_when_it_comes_back(office: object) -> None:
    case = case_in(CaseState.NOTIFIED)
    officer = Visitor(cast.person("officer"))
    assert remarks_of(officer.open(step_url(case, Verb.RESCHEDULE)).response.content.decode()) == []
    page = officer.press("下一步：核对", expect=422, reason="与全市会议冲突,改期", scheduled_at="")
    words = page.response.content.decode()
    assert remarks_of(words) == ["“…全市会议冲突,改期”：半角“,”应为全角“，”。"]
    assert 'aria-describedby="id_reason_remarks"' in words


def test_a_paragraph_and_its_preview_show_a_slip_once(client: Client, director: User) -> None:
    paper = letter_in(LetterState.ISSUED).document
    client.force_login(director)
    sent = {"text": f"{holding('reminder_letter')}以上,请予落实,报我办。", "document": paper.pk, "preview": "1"}
    words = client.post(address("reminder_letter"), sent).content.decode()
    assert "paper-sample" in words
    assert BANNER not in words
    assert len(remarks_of(words)) == 2


def _printed(case: Case) -> str:
    """All that the papers of a case say, and its 呈批表."""
    papers = [str(paper.facts) for paper in case.documents.all()]
    return re.sub(r"\s", "", "".join([*papers, str(approval_form(case))]))


@pytest.mark.parametrize(
    ("verb", "before", "after"),
    [
        (Verb.ENDORSE, None, Verb.APPROVE),
        (Verb.SERVE_NOTICE, Verb.APPROVE, Verb.SERVE_NOTICE),
        (Verb.HOLD_INTERVIEW, Verb.SERVE_NOTICE, Verb.ISSUE_MINUTES),
    ],
)
def test_what_a_paper_says_is_proof_read_where_it_is_typed(
    office: object, verb: Verb, before: Verb | None, after: Verb
) -> None:
    fields = STEP_PAGES[verb].form.base_fields
    case = case_after(before) if before else case_in(CaseState.IN_REVIEW)
    typed = STEPS[verb].keywords(case)
    printed = _printed(case_after(after))
    found = 0
    for name, words in typed.items():
        rows = words if isinstance(words, list) and isinstance(fields[name], RowsField) else [{name: words}]
        inner = fields[name].widget.row_form.base_fields if isinstance(fields[name], RowsField) else fields
        for row in rows:
            for key, text in row.items():
                if isinstance(text, str) and len(text) > 4 and type(inner[key]).__name__ in FREE_TEXT:
                    said = re.sub(r"\s", "", text) in printed
                    found += said
                    assert not said or inner[key].is_printed, (name, key)
    assert found


FREE_TEXT = {"WordsField", "MatterField", "ParagraphsField", "NamesField"}


def test_the_fields_of_what_the_office_keeps_for_itself_are_not_proof_read() -> None:
    marked = {
        f"{form.__name__}.{name}"
        for form in form_classes()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, WordsField) and field.is_printed
    }
    assert {"WordingForm.text", "LetterForm.problems", "ProposalForm.matter", "SupervisionLetterForm.reason"} <= marked
    assert not marked & {"ReturnForm.reason", "SettingForm.value", "VoidForm.reason", "DelegationForm.reason"}
