"""回避: who holds a post in the unit that a case is about has none of the rights of a role in it."""

import pytest

from tests import cast
from tests.factories import case_after, case_in, take
from tests.refusals import appoint, not_theirs, refused
from tests.steps import proposal
from yuetan.actions.proposal.proposal import draft, revise_draft
from yuetan.vocabulary import PostKind, Verb

# What the case has just come through, the step of a role that is next, who would take it.
STEPS = [
    (Verb.SUBMIT, Verb.ENDORSE, "director"),
    (Verb.SUBMIT, Verb.RETURN_FOR_CHANGES, "director"),
    (Verb.APPROVE, Verb.SERVE_NOTICE, "second_officer"),
    (Verb.SERVE_NOTICE, Verb.REGISTER_RECEIPT, "second_officer"),
    (Verb.ANSWER_MINUTES, Verb.ISSUE_MINUTES, "director"),
    (Verb.ISSUE_MINUTES, Verb.ASSIGN, "second_officer"),
    (Verb.ASSIGN, Verb.CHASE, "supervisor"),
    (Verb.ASSIGN, Verb.PAUSE_TASK, "director"),
    (Verb.CONCLUDE_INSPECTION, Verb.CLOSE, "director"),
]


@pytest.mark.parametrize(("after", "verb", "who"), STEPS)
def test_a_role_counts_in_every_case_but_those_of_ones_own_unit(office, town, after, verb, who):
    case = case_after(after)
    appoint(cast.person(who), town, PostKind.LIAISON, "联系人")
    with not_theirs():
        take(verb, case, by=cast.person(who))


def test_in_the_case_of_another_unit_it_counts(office, town, division_town):
    case = case_in("approved", unit=division_town)
    appoint(cast.person("second_officer"), town, PostKind.LIAISON, "联系人")
    assert take(Verb.SERVE_NOTICE, case, by=cast.person("second_officer")).state == "notified"


def test_nobody_proposes_to_interview_their_own_unit(office, town, division_town):
    officer = cast.person("officer")
    appoint(officer, town, PostKind.LIAISON, "联系人")
    sentence = f"办公室设定：{officer.name}现任{town.name}联系人，应当回避，不得提出约谈本单位；请由另一位承办人提出。"
    with refused(sentence, field="unit"):
        draft(by=officer, **proposal(town))
    case = draft(by=officer, **proposal(division_town))
    with refused(sentence, field="unit"):
        revise_draft(case, by=officer, **proposal(town))
