"""What a step writes: the columns it has changed, an event with its messages, and all else in one go."""

from unittest import mock

import pytest
from django.db import connection

from tests import cast
from tests.actions.test_statements import sent
from tests.factories import case_in, pdf, take
from tests.steps import proposal
from yuetan.actions.proposal.proposal import endorse
from yuetan.database.base import DatabaseWrapper
from yuetan.models import Alert, Case, Event, OfficeSetting, OfficeWait, PendingStep, Unit, User
from yuetan.models.case import proposal_text
from yuetan.models.case.current_parties import POSTS_ON, CurrentParties, _posts_on
from yuetan.models.flow.changed_columns import changed_columns, columns_of
from yuetan.models.office.last_writes import LastWrites, writing
from yuetan.models.office.read_once import once, reading_once, was_written
from yuetan.models.people.unit import Post
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, Verb


def written_by(verb, case):
    """The statements of a step that write."""
    with sent() as statements:
        take(verb, case)
    return [one for one in statements if one.startswith(("UPDATE", "INSERT", "DELETE", "/* writes"))]


def test_an_endorsement_writes_three_times_and_of_the_case_what_it_has_changed_alone(office):
    case_update, event, last = written_by(Verb.ENDORSE, case_in(CaseState.IN_REVIEW))
    assert case_update.split(" WHERE ")[0].count(" = ") == 2  # state and endorser
    assert event.startswith("/* writes yuetan_event yuetan_alert */")
    assert last.startswith("/* writes yuetan_officewait yuetan_pendingstep yuetan_casetally yuetan_tally */")


def test_a_step_that_changes_no_column_of_its_case_does_not_write_it(office):
    case = case_in(CaseState.RECTIFYING)
    assert [one for one in written_by(Verb.CHASE, case) if one.startswith('UPDATE "yuetan_case"')] == []


def test_what_is_changed_inside_a_column_is_seen_and_what_was_not_read_is_left(office):
    case = case_in(CaseState.DRAFTED)
    read = Case.objects.defer("place").get(pk=case.pk)
    before = columns_of(read)
    assert changed_columns(read, before) == []
    read.other_participants["guests"] = ["某甲"]
    read.matter = "另一件事"
    assert sorted(changed_columns(read, before)) == ["matter", "other_participants"]
    assert "place" not in before


def test_every_message_about_an_event_is_of_that_event_and_none_goes_to_who_did_it(office):
    case = take(Verb.ENDORSE, case_in(CaseState.IN_REVIEW))
    event = case.events.newest_first()[0]
    sent_about = Alert.objects.filter(key=f"event:{event.pk}")
    assert (event.verb, len(sent_about) > 1) == (Verb.ENDORSE, True)
    assert {(alert.case_id, alert.created_at >= event.created_at) for alert in sent_about} == {(case.pk, True)}
    assert event.actor_id not in [alert.recipient_id for alert in sent_about]
    assert all(case.matter in alert.text for alert in sent_about)


def test_what_is_written_last_goes_out_at_once_in_its_order_and_only_once(office):
    last = LastWrites()
    last.add("UPDATE yuetan_officesetting SET note = %s WHERE key = %s", ["甲", "clash_hours"], "yuetan_officesetting")
    last.add("UPDATE yuetan_officesetting SET note = note || %s WHERE key = %s", ["乙", "clash_hours"], "yuetan_unit")
    assert (last.has_of(frozenset({"yuetan_unit"})), last.has_of(frozenset({"yuetan_case"}))) == (True, False)
    with sent() as statements:
        last.send()
        last.send()
    assert len(statements) == 1
    assert OfficeSetting.objects.get(key="clash_hours").note == "甲乙"


def test_a_go_of_several_statements_makes_every_table_it_writes_be_read_anew(office):
    def units():
        return once("units", (Unit,), Unit.objects.count)

    def settings():
        return once("settings", (OfficeSetting,), OfficeSetting.objects.count)

    with reading_once():
        asked = units(), settings()
        last = LastWrites()
        last.add("SELECT 1", [], "yuetan_officesetting", "yuetan_unit")
        last.send()
        with sent() as statements:
            assert (units(), settings()) == asked
        assert len(statements) == 2
        assert was_written(["yuetan_unit"])
        assert not was_written(["yuetan_case"])


def test_the_digest_of_a_proposal_is_made_up_once_in_a_step(office):
    case = case_in(CaseState.IN_REVIEW)
    seen = case.proposal_sha256
    with mock.patch.object(proposal_text, "bound_half", side_effect=proposal_text.bound_half) as made:
        endorse(case, by=cast.person("director"), opinion="同意。", seen=seen)
    assert made.call_count == 1


def test_a_digest_follows_what_is_changed_in_the_same_scope(office):
    case = case_in(CaseState.DRAFTED)
    take(Verb.REVISE_DRAFT, case, **proposal(case.unit, evidence=[pdf()]))
    with reading_once():
        first = case.proposal_sha256
        case.matter = "另一件事"
        second = case.proposal_sha256
        case.case_grounds.update(facts="另写的事实。")
        third = Case.objects.get(pk=case.pk).proposal_sha256
        case.interviewees.remove(case.interviewees.all()[0])
        fourth = Case.objects.get(pk=case.pk).proposal_sha256
        ground = case.case_grounds.get()
        ground.evidence.remove(ground.evidence.all()[0])
        fifth = Case.objects.get(pk=case.pk).proposal_sha256
        assert len({first, second, third, fourth, fifth}) == 5


def test_who_is_of_the_office_is_found_by_an_index_of_its_posts(office):
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
        )
        plan = _posts_on(clock.today()).explain()
    assert "posts_of_office" in plan
    assert "Seq Scan on yuetan_post" not in plan


def test_who_is_of_the_office_are_its_people_in_every_post_of_today_and_its_leaders_in_every_post_ever(office):
    everybody = {post.pk for post in Post.objects.all() if is_of_the_office(post)}
    assert {post.pk for post in POSTS_ON.rows(clock.today())} == everybody


def is_of_the_office(post):
    today, own = clock.today(), list(post.holder.posts.all())
    led = any(one.kind in ("group_leader", "first_deputy_leader", "deputy_leader") for one in own)
    works = any(one.is_held_on(today) and not one.party for one in own)
    return led or (works and post.is_held_on(today))


def test_delegations_are_asked_for_only_where_there_are_any(office):
    with sent() as statements:
        assert CurrentParties().leaders
    assert [one for one in statements if "delegation" in one.split("(")[0]] == []


def test_rights_of_a_person_are_those_of_their_groups(office):
    director = User.objects.get(pk=cast.person("director").pk)
    asked = {f"{one.content_type.app_label}.{one.codename}" for group in director.groups.all()
             for one in group.permissions.select_related("content_type")}  # fmt: skip
    assert asked
    assert director.get_all_permissions() == asked


def test_rows_of_what_waits_that_are_as_they_were_are_left(office):
    case = case_in(CaseState.RECTIFYING)
    before = set(PendingStep.objects.filter(case=case).values_list("pk", "verb"))
    after = set(PendingStep.objects.filter(case=take(Verb.CHASE, case)).values_list("pk", "verb"))
    assert before
    assert before & after == before


def test_nothing_is_left_of_a_step_that_is_undone(office):
    case = case_in(CaseState.IN_REVIEW)
    before = rows_of(case)
    with pytest.raises(RuntimeError), connection.execute_wrapper(_broken_by_the_last):
        take(Verb.ENDORSE, case)
    assert rows_of(case) == before
    take(Verb.ENDORSE, case)
    assert not [one for one, then in zip(rows_of(case), before, strict=True) if one == then]


def _broken_by_the_last(execute, sql, *parameters):
    """Once it is written, so that all of it has to be undone."""
    written = execute(sql, *parameters)
    if sql.startswith("/* writes yuetan_officewait"):
        raise RuntimeError
    return written


def rows_of(case):
    """What an endorsement writes, as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, endorser_id FROM yuetan_case WHERE id = %s", [case.pk])
        own = cursor.fetchone()
    kept = (PendingStep, OfficeWait, Event)
    rows = [list(model.objects.filter(case=case).order_by("pk").values_list()) for model in kept]
    return own, *rows, Alert.objects.count()


@pytest.mark.django_db(transaction=True)
def test_what_says_itself_what_it_writes_is_a_transaction_of_its_own():
    nothing = f"{writing(['yuetan_unit'])}UPDATE yuetan_unit SET name = name WHERE false"
    commit = mock.patch.object(DatabaseWrapper, "commit", autospec=True, side_effect=DatabaseWrapper.commit)
    with commit as committed, connection.cursor() as cursor:
        cursor.execute(nothing)
    assert committed.call_count == 1
