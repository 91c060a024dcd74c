"""站内消息: who is told of what, once, and nobody of what they may not see."""

from datetime import date

import pytest
from django.test import Client

from tests import cast
from tests.factories import case_after, case_in, later, letter_in, take
from tests.refusals import appoint, nothing_stored
from tests.steps import STEPS
from tests.web import BACKEND, Visitor
from yuetan.actions.people.unit import end_post
from yuetan.errors import Refused
from yuetan.models import Alert, Case, Event, Post
from yuetan.models.assignment.steps import ASSIGNMENT_STEPS
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.flow.step import APPROVERS, INSPECTORS
from yuetan.models.ladder.steps import MEASURE_STEPS
from yuetan.models.letter.steps import LETTER_STEPS
from yuetan.permissions import BY_CODENAME
from yuetan.vocabulary import CaseState, LetterState, Party, Role, Verb

ROWS = (*CASE_STEPS, *LETTER_STEPS, *MEASURE_STEPS, *ASSIGNMENT_STEPS)
STEPS_WITH_ALERTS = [step for step in ROWS if step.alerts]
ALERTS = {step.verb: step.alerts for step in STEPS_WITH_ALERTS}
SILENT = {  # what nobody waits for, or what the person tells themself
    *(Verb.DRAFT, Verb.REVISE_DRAFT, Verb.PREPARE_SUBMISSION, Verb.PREPARE_REPORT, Verb.REGISTER_RECEIPT),
    *(Verb.PREPARE_PROGRESS, Verb.PREPARE_LETTER_ANSWER, Verb.DRAFT_MEASURE, Verb.REVISE_MEASURE),
    Verb.PREPARE_PLEA,
    Verb.SERVE_ALONGSIDE,
    *(Verb.VOID_DOCUMENT, Verb.UPLOAD_SCAN, Verb.RECORD_EARLIER_CASE),
}


def alerts_of(username):
    """What somebody reads, oldest first."""
    person = cast.person(username)
    return [alert.text for alert in Alert.objects.visible_to(person).order_by("id")]


def test_every_step_notifies_somebody_or_is_known_to_notify_nobody():
    assert set(ALERTS) | SILENT == set(Verb.values)
    assert not set(ALERTS) & SILENT


def test_every_row_of_one_verb_sends_the_same():
    by_state = {Verb.WITHDRAW}  # of which the unit hears only once it was notified
    unlike = {step.verb for step in STEPS_WITH_ALERTS if step.alerts != ALERTS[step.verb]}
    assert unlike == by_state
    assert {step.verb for step in ROWS if not step.alerts} == SILENT


def test_the_table_names_people_the_house_knows():
    for lines in ALERTS.values():
        for line in lines:
            assert line.whom
            assert "{subject}" in line.words
            assert line.words.endswith("。")
            assert {*line.whom} <= {*Role, *Party, APPROVERS, INSPECTORS}


def test_a_proposal_goes_from_hand_to_hand(office):
    case_in(CaseState.PROPOSED)
    assert alerts_of("director") == ["棠下镇“关于涉黑涉恶线索摸排不深入的约谈”已报核，请核稿。"]
    assert alerts_of("group_leader") == ["棠下镇“关于涉黑涉恶线索摸排不深入的约谈”已核稿，请审定。"]
    assert alerts_of("first_deputy") == alerts_of("group_leader")
    assert alerts_of("deputy") == []  # the office has not given approval to that post


def test_the_unit_is_notified_of_nothing_before_the_notice_and_both_of_its_people_from_then_on(office):
    for username in (f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"):
        case_in(CaseState.APPROVED)
        assert alerts_of(username) == []
    case_in(CaseState.NOTIFIED)
    words = ["您单位收到约谈通知书（棠下镇“关于涉黑涉恶线索摸排不深入的约谈”），请及时签收并准备书面材料。"]
    assert alerts_of(f"head_{cast.TOWN}") == alerts_of(f"liaison_{cast.TOWN}") == words
    assert alerts_of(f"head_{cast.DIVISION_TOWN}") == []


def test_who_took_the_step_is_not_notified_of_it(office):
    case_after(Verb.ACKNOWLEDGE_RECEIPT)
    assert not [words for words in alerts_of(f"liaison_{cast.TOWN}") if "签收。" in words]
    assert [words for words in alerts_of("officer") if "已由被约谈方签收" in words]


def test_who_stands_aside_is_not_notified(office, town):
    appoint(cast.person("first_deputy"), town, "liaison", "联络员")
    case_in(CaseState.PROPOSED)
    assert alerts_of("first_deputy") == []
    assert not Alert.objects.filter(recipient=cast.person("first_deputy")).exists()


def test_a_refused_step_notifies_nobody(office):
    case = case_in(CaseState.IN_REVIEW)
    with nothing_stored(), pytest.raises(Refused):
        take(Verb.ENDORSE, case, opinion="")


def test_a_withdrawn_proposal_is_no_news_to_the_unit(office):
    take(Verb.WITHDRAW, case_in(CaseState.IN_REVIEW))
    assert alerts_of(f"head_{cast.TOWN}") == []


def test_who_leaves_the_post_reads_no_more_of_it(office, sysadmin, town):
    case_in(CaseState.NOTIFIED)
    post = Post.objects.get(holder=cast.head(cast.TOWN), unit=town)
    with later(days=1):
        end_post(post, by=sysadmin, ended_on=date(2026, 11, 24))
        assert alerts_of(f"head_{cast.TOWN}") == []


def test_a_letter_is_shown_to_its_unit_when_it_is_signed(office):
    letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    assert [words for words in alerts_of(f"head_{cast.TOWN}") if "收到提醒函" in words]


def test_a_reader_sees_the_number_of_unread_opens_one_and_reads_the_rest(office):
    case = case_in(CaseState.NOTIFIED)
    visitor = Visitor(cast.person(f"head_{cast.TOWN}"))
    assert 'class="alert-unread"' in visitor.open("/alerts/").response.content.decode()
    alert = Alert.objects.get(recipient=cast.person(f"head_{cast.TOWN}"))
    assert opened(alert.recipient, alert).url == f"/cases/{case.pk}/"
    assert 'class="alert-unread"' not in visitor.open("/alerts/").response.content.decode()
    assert opened(cast.head(cast.DIVISION_TOWN), alert).status_code == 404


def opened(person, alert):
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client.post(f"/alerts/{alert.pk}/open/")


def test_all_are_read_at_once(office):
    for _ in range(2):
        case_in(CaseState.NOTIFIED)
    visitor = Visitor(cast.person(f"head_{cast.TOWN}"))
    visitor.open("/alerts/")
    visitor.press("全部标为已读")
    assert not Alert.objects.filter(recipient__username=f"head_{cast.TOWN}").unread().exists()
    assert Alert.objects.filter(recipient__username=f"liaison_{cast.TOWN}").unread().count() == 2


def test_each_notified_step_has_its_own_key(office):
    case_after(Verb.ISSUE_MINUTES)
    keys = Alert.objects.values_list("key", flat=True)
    assert set(keys) <= {f"event:{pk}" for pk in Event.objects.values_list("pk", flat=True)}
    assert Case.objects.count() == 1
    assert set(STEPS) <= set(BY_CODENAME) | {Verb.RETURN_FOR_CHANGES, Verb.WITHDRAW}
