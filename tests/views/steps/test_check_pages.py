"""Before a step that others see, or that leads on or ends, its page says what will follow and asks once more."""

import pytest
from django import forms

from tests import cast
from tests.factories import case_after, case_in, later, pdf, take
from tests.random_people.attempts import posted
from tests.refusals import nothing_stored
from tests.steps import STEPS
from tests.web import Visitor
from yuetan.models import Case
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.flow.step import Direction
from yuetan.views.case.available_steps import step_url
from yuetan.views.case.step_config import IRREVERSIBLE
from yuetan.views.steps.step_registry import STEP_PAGES
from yuetan.views.steps.take_step import CONFIRM_HERE
from yuetan.vocabulary import CaseState, Verb

# What is taken without being asked once more, and why.
WITHOUT_CHECK = {
    Verb.SUBMIT: "the drafter takes it back until it is decided",
    Verb.ENDORSE: "a leader returns it, its drafter takes it back",
    Verb.APPROVE: "decided on a page that shows the whole of it; the same leader withdraws it",
    Verb.ASK_LEAVE: "without effect until the interviewer decides",
    Verb.ASK_EXTENSION: "without effect until the director decides",
    Verb.DECIDE_EXTENSION: "shows beside the form which date becomes which; another extension may follow",
    Verb.NOTE_PROGRESS: "a remark, without effect on the task",
    Verb.RETURN_TASK: "the unit hands in again",
    Verb.CHASE: "a reminder, without effect on the task",
    Verb.ANSWER_CHASE: "a message; another may follow",
    Verb.PAUSE_TASK: "resumed at any time",
    Verb.RESUME_TASK: "paused again at any time",
    **dict.fromkeys(
        (
            *(Verb.REGISTER_SUBMISSION, Verb.REGISTER_LEAVE, Verb.REGISTER_MINUTES_ANSWER),
            *(Verb.REGISTER_REPORT, Verb.REGISTER_PROGRESS, Verb.REGISTER_EXTENSION),
            *(Verb.REGISTER_CHASE_ANSWER, Verb.REGISTER_SUPERVISION_ANSWER),
        ),
        "puts down what a signed paper says, with its scan; somebody else decides on it, and the unit is alerted",
    ),
}
# What each of these says that will follow.
FOLLOWS = {
    Verb.DECLINE: "本事项就此结束",
    Verb.BEGIN_INSPECTION: "不再受理整改报告",
    Verb.CONCLUDE_INSPECTION: "督查结论从此不能改动",
    Verb.RECORD_REVISIT: "结果不能改动",
    Verb.ACKNOWLEDGE_RECEIPT: "签收即表示已收到通知书",
    Verb.ACKNOWLEDGE_SUPERVISION: "签收即表示已收到督办单",
    Verb.SEND_MINUTES: "被约谈方即可看到纪要文本",
}


def test_every_step_with_effects_is_asked_for_once_more_or_known_not_to_be() -> None:
    leads_away = (Direction.MAIN, Direction.END)
    with_effects = {
        step.verb
        for step in CASE_STEPS
        if (step.seen_by_unit or step.direction in leads_away) and step.verb in STEP_PAGES
    }
    unasked = {verb for verb in with_effects if not STEP_PAGES[verb].consequences}
    assert unasked == set(WITHOUT_CHECK)


@pytest.mark.parametrize("verb", FOLLOWS)
def test_an_irreversible_step_says_so(verb: Verb) -> None:
    words = STEP_PAGES[verb].consequences
    assert FOLLOWS[verb] in "".join(words)
    assert IRREVERSIBLE in words


@pytest.mark.parametrize(
    ("state", "verb", "whose"),
    [
        (CaseState.PROPOSED, Verb.DECLINE, "group_leader"),
        (CaseState.NOTIFIED, Verb.ACKNOWLEDGE_RECEIPT, f"liaison_{cast.TOWN}"),
    ],
)
def test_nothing_happens_before_it_is_confirmed(office: object, state: str, verb: Verb, whose: str) -> None:
    case = case_in(state)
    person = Visitor(cast.person(whose))
    person.open(step_url(case, verb))
    words = posted(STEPS[verb].keywords(case))
    with nothing_stored():
        page = person.press("下一步：核对", **{name: words[name] for name in words if name != "seen"})
    assert FOLLOWS[verb] in page
    assert "办理后不能撤销" in page
    assert f"已办理：{verb.label}。" in person.press(verb.label)


def test_a_form_with_a_file_is_confirmed_where_it_is_filled_in(office: object) -> None:
    case = take(Verb.BEGIN_INSPECTION, case_after(Verb.ACCEPT_TASK))
    with later(days=1):
        person = Visitor(cast.person("supervisor"))
        page = person.open(step_url(case, Verb.CONCLUDE_INSPECTION))
        assert "督查结论从此不能改动" in page
        keywords = STEPS[Verb.CONCLUDE_INSPECTION].keywords(case) | {"scan": None}
        with nothing_stored():
            page = person.press(Verb.CONCLUDE_INSPECTION.label, expect=422, **posted(keywords), scan=pdf())
        assert CONFIRM_HERE in page
        assert page.forms[-1].values["findings"] == [keywords["findings"]]
        person.press(Verb.CONCLUDE_INSPECTION.label, scan=pdf("签字.pdf"), confirmed="1")
    inspection = Case.objects.get().current_inspection
    assert inspection is not None
    assert inspection.conclusion


@pytest.mark.parametrize("verb", [verb for verb, page in STEP_PAGES.items() if page.consequences])
def test_no_page_between_form_and_step_loses_a_file(verb: str) -> None:
    page = STEP_PAGES[verb]
    with_files = [name for name, field in page.form.base_fields.items() if isinstance(field, forms.FileField)]
    assert not with_files or page.template in ("cases/step.html", "tasks/review.html"), with_files
