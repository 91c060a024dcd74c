"""Every step a case can take has one driver, and each is called with the keywords of its action."""

import inspect

from tests.factories import case_in
from yuetan.models.assignment.steps import ASSIGNMENT_STEPS
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.ladder.steps import MEASURE_STEPS
from yuetan.scenarios import drivers
from yuetan.scenarios.assignment_drivers import ASSIGNMENT_DRIVERS
from yuetan.scenarios.drivers import DRIVERS
from yuetan.scenarios.measure_drivers import MEASURE_DRIVERS
from yuetan.vocabulary import CaseState, Verb

OF_LETTERS = {
    Verb.DRAFT_LETTER,
    Verb.REVISE_LETTER,
    Verb.RETURN_LETTER,
    Verb.TAKE_BACK_LETTER,
    Verb.CANCEL_LETTER,
    Verb.APPROVE_LETTER,
    Verb.ACKNOWLEDGE_LETTER,
    Verb.PREPARE_LETTER_ANSWER,
    Verb.ANSWER_LETTER,
    Verb.REGISTER_LETTER_RECEIPT,
    Verb.REGISTER_LETTER_ANSWER,
    Verb.CARRY_OVER_LETTER,
}
# Those about tasks are steps of cases, too, and driven there.
OF_CASES = {step.verb for step in CASE_STEPS}
OF_MEASURES = {step.verb for step in MEASURE_STEPS if not step.has_own_page} - OF_CASES | {Verb.CARRY_OVER_MEASURE}
OF_ASSIGNMENTS = {step.verb for step in ASSIGNMENT_STEPS} - OF_CASES
OF_THEIR_OWN_PAGES = {
    Verb.DRAFT,
    Verb.VOID_DOCUMENT,
    Verb.CORRECT_RECEIPT,
    Verb.UPLOAD_SCAN,
    Verb.CARRY_OVER,
    Verb.RECORD_EARLIER_CASE,
}


def test_there_is_a_driver_for_every_step_of_a_case():
    assert set(DRIVERS) == set(Verb) - OF_LETTERS - OF_MEASURES - OF_ASSIGNMENTS - OF_THEIR_OWN_PAGES
    assert set(MEASURE_DRIVERS) == OF_MEASURES - {
        Verb.DRAFT_MEASURE,
        Verb.SERVE_ALONGSIDE,
        Verb.CARRY_OVER_MEASURE,
        Verb.REGISTER_MEASURE_RECEIPT,
    }
    assert set(ASSIGNMENT_DRIVERS) == OF_ASSIGNMENTS - {Verb.HAND_OUT_ASSIGNMENT, Verb.CARRY_OVER_ASSIGNMENT}


def test_a_driver_is_named_like_its_action():
    assert {verb.value for verb in DRIVERS} == {driver.action.__name__ for driver in DRIVERS.values()}


def test_what_is_changed_is_called_with_and_the_rest_stays(office):
    case = drivers.take(Verb.SUBMIT, case_in(CaseState.DRAFTED))
    case = drivers.take(Verb.ENDORSE, case, opinion="属实。")
    event = case.events.get(verb=Verb.ENDORSE)
    assert (event.opinion, event.actor.username, case.state) == ("属实。", "director", CaseState.PROPOSED)


def test_keywords_are_those_of_the_action(office):
    case = case_in(CaseState.APPROVED)
    driver = DRIVERS[Verb.SERVE_NOTICE]
    assert set(driver.keywords(case)) | {"by"} == {
        parameter.name
        for parameter in inspect.signature(driver.action).parameters.values()
        if parameter.kind is parameter.KEYWORD_ONLY
    }
