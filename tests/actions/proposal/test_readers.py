"""知悉范围: a case narrowed to some of the office goes on, and nobody else of the office has part in it."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.factories import HISTORY, case_after, case_in, later, letter_in, take
from tests.refusals import appoint, nothing_stored, refused
from tests.steps import proposal
from tests.web import Visitor
from yuetan.actions.files.prepared_file import MadeFile, prepare_next, refuse_if_rights_changed, request_file
from yuetan.actions.people.unit import end_post
from yuetan.actions.proposal.proposal import draft, revise_draft
from yuetan.actions.proposal.readers import set_readers
from yuetan.errors import NotYours, Refused
from yuetan.models import Alert, Case, Event, Letter, PendingStep, PreparedFile, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, LetterState, PostKind, PreparedKind, Verb

INSIDE = {"officer", "supervisor", "director", "group_leader", "first_deputy", "deputy"}
REASON = "涉及正在核查的线索。"
ALL = "市扫黑办全体办案人员"


@pytest.fixture
def second_supervisor(office) -> User:
    """Another supervisor than 周七."""
    return cast.engage("吴卅二", "second_supervisor", cast.unit(cast.OFFICE), PostKind.SUPERVISOR, "督查员")


def narrow(case: Case, *usernames: str, by: str = "director", reason: str = REASON) -> Case:
    return set_readers(case, by=cast.person(by), people=[cast.person(name) for name in usernames], reason=reason)


def waiting_for(username: str) -> list[str]:
    parts = PendingStep.objects.of(cast.person(username))
    return sorted(row.verb for part in parts for row in part)


def test_the_step_is_recorded_with_reason_and_names_and_who_may_know_is_alerted(office):
    case = take(Verb.SET_READERS, case_in(CaseState.APPROVED))
    assert case.readers == sorted(cast.person(name).pk for name in ("officer", "supervisor"))
    event = case.events.get(verb=Verb.SET_READERS)
    assert (event.opinion, event.data) == (REASON, {"before": ALL, "readers": "张一、周七"})
    assert (event.from_state, event.to_state, event.is_outer) == ("approved", "approved", False)
    sent_to = Alert.objects.filter(key=f"event:{event.pk}").values_list("recipient__username", flat=True)
    assert sorted(sent_to) == ["officer", "supervisor"]
    case = narrow(case)
    assert case.readers is None
    assert case.events.latest("pk").data == {"before": "张一、周七", "after": ALL}


@pytest.mark.parametrize("state", CaseState)
def test_in_every_state_it_can_be_narrowed_and_widened(office, state):
    case = narrow(take(Verb.SET_READERS, case_in(state)))
    assert case.readers is None


def test_it_is_the_directors_alone(office):
    case = case_in(CaseState.APPROVED)
    for username in ("officer", "supervisor", "group_leader", f"head_{cast.TOWN}"):
        with nothing_stored(), pytest.raises(NotYours):
            narrow(case, "officer", "supervisor", by=username)


def test_where_the_director_is_recused_who_acts_narrows_it(office, town):
    case = case_in(CaseState.APPROVED)
    appoint(cast.person("director"), town, PostKind.LIAISON, "联系人")
    case = narrow(case, "second_officer", "supervisor", by="second_officer")
    assert case.readers is not None


def test_what_is_refused(office):
    case = case_in(CaseState.APPROVED)
    lacking = "办公室设定：知悉范围内没有能办理这件事项的{0}，以后的步骤就没有人能办：请至少选一名{0}。"
    with refused("知悉范围与现在的相同，没有改动，不必办理。", field="people"):
        narrow(case)
    with refused(lacking.format("督查员")):
        narrow(case, "officer", "second_officer")
    few = "办公室设定：知悉范围内的承办人、督查员至少两人：登记和核查、办理和复核不得由一人包办，请再选一人。"
    with refused(few, lacking.format("承办人")):
        narrow(case, "supervisor")
    unfit = "赵四现在不是承办人、督查员，不能列入知悉范围；主任和领导小组领导不用列入，始终可以查看。"
    with refused(f"办公室设定：{unfit}", field="people"):
        narrow(case, "officer", "supervisor", "group_leader")
    with nothing_stored(), pytest.raises(Refused, match="原因"):
        narrow(case, "officer", "supervisor", reason=" ")


def test_who_has_still_to_act_is_not_left_out(office):
    drafted = case_in(CaseState.IN_REVIEW)
    with nothing_stored(), pytest.raises(Refused, match="张一在这件事项上还有事要办（修改、报核自己拟的建议）"):
        narrow(drafted, "second_officer", "supervisor")
    case = case_after(Verb.BEGIN_INSPECTION)
    going = [{"post": cast.person(name).posts.get()} for name in ("supervisor", "second_officer")]
    case = take(Verb.CONCLUDE_INSPECTION, case, inspectors=going, scan=None)
    with nothing_stored(), pytest.raises(Refused, match="李二在这件事项上还有事要办（签认督查记录）"):
        narrow(case, "officer", "supervisor")


def test_nobody_left_out_is_sent_to_inspect(office):
    case = take(Verb.SET_READERS, case_after(Verb.BEGIN_INSPECTION))
    going = [{"post": cast.person(name).posts.get()} for name in ("supervisor", "second_officer")]
    with nothing_stored(), pytest.raises(Refused, match="李二不在这件事项的知悉范围内，不能参加督查"):
        take(Verb.CONCLUDE_INSPECTION, case, inspectors=going)


def test_a_narrowed_case_goes_to_its_end_by_those_who_may_know_of_it(office, second_supervisor):
    """Every step of the usual history waits for somebody who may know of it, and never for anybody else."""
    case = take(Verb.SET_READERS, case_in(CaseState.DRAFTED))
    outside = {"second_officer", "second_supervisor"}
    passed = 0
    for verb, days in HISTORY[1:]:
        passed += days
        with later(days=passed):
            case = take(verb, case)
            assert [waiting_for(username) for username in outside] == [[], []]
            awaited = PendingStep.objects.filter(case=case, group=None)
            assert {row.person.username for row in awaited if row.person} <= INSIDE, verb
    assert case.state == CaseState.CLOSED
    narrowed_at = case.events.get(verb=Verb.SET_READERS).created_at
    assert not Alert.objects.filter(recipient__username__in=outside, case=case, created_at__gte=narrowed_at).exists()


def test_nobody_left_out_takes_a_step_or_opens_a_page(office):
    case = take(Verb.SET_READERS, case_in(CaseState.APPROVED))
    outsider = cast.person("second_officer")
    with nothing_stored(), pytest.raises(NotYours):
        take(Verb.SERVE_NOTICE, case, by=outsider)
    visitor = Visitor(outsider)
    for address in (f"/cases/{case.pk}/", f"/cases/{case.pk}/steps/{Verb.SERVE_NOTICE}/"):
        assert visitor.open(address, expect=404).heading == "没有找到"
    assert Visitor(cast.person("officer")).open(f"/cases/{case.pk}/").status == 200
    narrow(case)
    assert visitor.open(f"/cases/{case.pk}/").status == 200
    assert take(Verb.SERVE_NOTICE, case, by=cast.person("second_officer")).state == CaseState.NOTIFIED


def test_where_nobody_of_a_post_is_left_the_director_is_asked_to_widen_it(office, second_supervisor, sysadmin):
    case = take(Verb.SET_READERS, case_in(CaseState.RECTIFYING))
    assert Verb.SET_READERS not in waiting_for("director")
    end_post(cast.person("supervisor").posts.get(), by=sysadmin, ended_on=clock.today())
    assert Verb.SET_READERS in waiting_for("director")
    assert waiting_for("second_supervisor") == []
    narrow(case, "officer", "second_supervisor")
    assert Verb.SET_READERS not in waiting_for("director")
    with later(days=40):
        assert Verb.CHASE in {step.verb for step in case.steps_now()}


def test_where_the_director_is_recused_and_nobody_else_is_left_a_leader_widens_it(office, town, sysadmin):
    case = take(Verb.SET_READERS, case_in(CaseState.APPROVED))
    appoint(cast.person("director"), town, PostKind.LIAISON, "联系人")
    for username in ("officer", "supervisor"):
        assert waiting_for("group_leader") == []
        end_post(cast.person(username).posts.get(), by=sysadmin, ended_on=clock.today())
    assert waiting_for("group_leader") == [Verb.SET_READERS]
    case = narrow(case, by="group_leader")
    assert Verb.SERVE_NOTICE in waiting_for("second_officer")
    assert waiting_for("group_leader") == []


def test_what_was_marked_as_distinct_from_it_stays_so_when_its_drafter_revises(office, second_officer):
    secret = case_in(CaseState.APPROVED)
    case = draft(by=second_officer, **proposal(secret.unit, matter="另一件事"))
    assert list(case.distinct_from.all()) == [secret]
    take(Verb.SET_READERS, secret)
    case = revise_draft(case, by=second_officer, **proposal(secret.unit, matter="另一件事", distinct_from=[]))
    assert list(case.distinct_from.all()) == [secret]


def test_what_is_about_it_is_held_while_what_waits_there_is_made_equal(office, town):
    case = case_in(CaseState.NOTIFIED)
    letter_in(LetterState.RETURNED, to=town, case=case)
    with CaptureQueriesContext(connection) as queries:
        take(Verb.SET_READERS, case)
    locked = [each["sql"] for each in queries if "FOR UPDATE" in each["sql"] and 'FROM "yuetan_letter"' in each["sql"]]
    assert len(locked) == 1


def test_a_letter_about_it_is_as_narrow(office, town):
    case = case_in(CaseState.NOTIFIED)
    letter = letter_in(LetterState.RETURNED, to=town, case=case)
    second = cast.engage("吴卅二", "second_supervisor", cast.unit(cast.OFFICE), PostKind.SUPERVISOR, "督查员")
    assert waiting_for("second_supervisor") == [Verb.REVISE_LETTER]
    take(Verb.SET_READERS, case)
    assert waiting_for("second_supervisor") == []
    assert Verb.REVISE_LETTER in waiting_for("supervisor")
    assert Visitor(second).open(f"/letters/{letter.pk}/", expect=404).heading == "没有找到"


def test_the_page_of_the_case_names_them_and_the_form_offers_the_office(office):
    case = case_in(CaseState.APPROVED)
    director = Visitor(cast.person("director"))
    page = director.open(f"/cases/{case.pk}/steps/set_readers/")
    assert "李二（承办人）" in page
    assert "赵四" not in [name for name, *_ in page.forms[-1].offered.get("people", [])]
    names = {"people": [str(cast.person(name).pk) for name in ("officer", "supervisor")]}
    director.press("设定知悉范围", reason=REASON, **names)
    page = director.open(f"/cases/{case.pk}/")
    assert "张一、周七，以及办公室主任、领导小组领导" in page
    page = Visitor(cast.person("officer")).open(f"/cases/{case.pk}/")
    assert REASON in page
    assert Event.objects.get(verb=Verb.SET_READERS).opinion == REASON


def test_a_file_made_before_it_was_narrowed_is_not_fetched_after(office):
    case = case_in(CaseState.NOTIFIED)
    prepared = {}
    for username in ("officer", "second_officer"):
        asked = cast.person(username)
        request_file(by=asked, kind=PreparedKind.LEDGER, title="约谈台账", arguments={"ledger": "cases", "filters": {}})
        made = prepare_next({PreparedKind.LEDGER: lambda *_: MadeFile("台账.xlsx", io.BytesIO(b"made"))})
        prepared[username] = made.pk
    take(Verb.SET_READERS, case)
    refuse_if_rights_changed(PreparedFile.objects.get(pk=prepared["officer"]))
    with pytest.raises(Refused, match="可以查看的事项有变动"):
        refuse_if_rights_changed(PreparedFile.objects.get(pk=prepared["second_officer"]))


def test_what_it_keeps_back_is_known_at_once_whenever_it_changes(office):
    """The answer is kept in memory; a letter, another case, and the step itself are noticed all the same."""
    outsider, case = cast.person("second_officer"), case_in(CaseState.NOTIFIED)
    assert [Case.objects.leaves_out(outsider), Letter.objects.leaves_out(outsider)] == [False, False]
    narrowed = take(Verb.SET_READERS, case)
    assert [Case.objects.leaves_out(outsider), Letter.objects.leaves_out(outsider)] == [True, True]
    letter = letter_in(LetterState.DRAFTED, to=narrowed.unit, case=narrowed)
    assert not Letter.objects.visible_to(outsider).filter(pk=letter.pk).exists()
    assert Letter.objects.visible_to(cast.person("officer")).filter(pk=letter.pk).exists()
    narrow(narrowed)
    assert [Case.objects.leaves_out(outsider), Letter.objects.leaves_out(outsider)] == [False, False]
