"""Straight SQL by the role of the program: what was decided stays, and what must never be is not to be written."""

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from tests import cast
from tests.factories import case_after, case_in, letter_in, take
from yuetan.embedded_database import APPLICATION
from yuetan.loading.privileges import allowed, held_privileges, privilege_warnings
from yuetan.models.record.sealed_tables import SEALED_TABLES, model_of
from yuetan.vocabulary import CaseState, LetterState, Verb


def straight(statement, *values):
    """As somebody would who has the program's password; checks that wait for the end are asked at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount, f"reached no row: {statement}"
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_the_program_owns_nothing(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (APPLICATION, False, False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)
    assert list(privilege_warnings()) == []


def test_grants_are_what_the_table_says(db):
    held = held_privileges(settings.APPLICATION_ROLE)
    assert held == {table: allowed(table) for table in held}
    assert not any("TRUNCATE" in each or "TRIGGER" in each for each in held.values())
    assert {model_of(table)._meta.db_table for table in SEALED_TABLES} <= held.keys()


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE yuetan_alert",
        "ALTER TABLE yuetan_event DISABLE TRIGGER ALL",
        "ALTER TABLE yuetan_case ADD COLUMN another text",
        "DROP TABLE yuetan_alert",
        "DROP TRIGGER kept ON yuetan_event",
        "CREATE TABLE another (id int)",
        "CREATE OR REPLACE FUNCTION yuetan_refuse_change() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        "SET session_replication_role = replica",
        "INSERT INTO yuetan_eventverb VALUES ('another')",
        "DELETE FROM yuetan_event",
        "UPDATE yuetan_event SET created_at = created_at - interval '1 year'",
        "UPDATE yuetan_seal SET digest = ''",
        "DELETE FROM yuetan_numberentry",
        "DELETE FROM yuetan_numbercounter",
        "DELETE FROM yuetan_post",
        "DELETE FROM yuetan_officesetting",
    ],
)
def test_what_only_the_owner_may(db, statement):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def refused(statement, *values):
    with pytest.raises(IntegrityError):
        straight(statement, *values)


def test_an_event_has_a_verb_that_is_known(office):
    event = (
        "INSERT INTO yuetan_event (verb, actor_title, from_state, to_state, opinion, data, is_outer, created_at) "
        "VALUES (%s, '', '', '', '', '{}', false, now())"
    )
    straight(event, "reserve_number")
    refused(event, "another")


@pytest.mark.parametrize("table", ["case", "letter", "task"])
def test_no_state_is_unknown(office, table):
    case_in(CaseState.RECTIFYING)
    letter_in(LetterState.DRAFTED)
    refused(f"UPDATE yuetan_{table} SET state = 'another'")


def test_nothing_is_approved_without_who_approved_it(office):
    case = case_in(CaseState.PROPOSED)
    with pytest.raises(IntegrityError, match="approved_by_somebody"):
        straight("UPDATE yuetan_case SET state = 'approved' WHERE id = %s", case.pk)


# An event of the right state beside it is what an attacker would write, too.
STATE_BY_HAND = """
    WITH event AS (
        INSERT INTO yuetan_event
            (case_id, verb, actor_title, from_state, to_state, opinion, data, is_outer, created_at)
        VALUES (%s, %s, '', state_before, %s, '', '{{}}', false, now())
    ) UPDATE yuetan_case SET state = %s {more} WHERE id = %s
"""


def by_hand(case, verb, state, more=""):
    """A state changed with an event beside it, as a step would."""
    statement = STATE_BY_HAND.format(more=more).replace("state_before", f"'{case.state}'")
    straight(statement, case.pk, verb, state, state, case.pk)


def test_nothing_is_notified_without_its_notice(office):
    with pytest.raises(IntegrityError, match="without a notice"):
        by_hand(case_in(CaseState.APPROVED), "serve_notice", "notified")


def test_nothing_is_closed_with_an_open_task(office):
    with pytest.raises(IntegrityError, match="with an open task"):
        by_hand(case_in(CaseState.RECTIFYING), "close", "closed", ", closed_on = now(), retention = 'permanent'")


def test_no_task_is_accepted_without_a_report(office):
    case = case_in(CaseState.RECTIFYING)
    with pytest.raises(IntegrityError, match="without a report"):
        straight(
            "WITH event AS (INSERT INTO yuetan_event (case_id, verb, actor_title, from_state, to_state, opinion, data, "
            "is_outer, created_at) VALUES (%s, 'accept_task', '', 'rectifying', 'rectifying', '', '{}', false, now())) "
            "UPDATE yuetan_task SET state = 'accepted' WHERE case_id = %s",
            case.pk,
            case.pk,
        )


def test_a_counter_never_counts_back(office):
    case_in(CaseState.NOTIFIED)
    straight("UPDATE yuetan_numbercounter SET last = last + 1")
    refused("UPDATE yuetan_numbercounter SET last = last - 1")
    refused("UPDATE yuetan_numbercounter SET year = year - 1")


@pytest.mark.parametrize(
    "change", ["ended_on = '2025-01-05'", "began_on = '2020-01-05'", "title = '副主任'", "rank = 'division'"]
)
def test_a_post_changes_by_what_was_registered_alone(office, change):
    refused(f"UPDATE yuetan_post SET {change} WHERE holder_id = %s", cast.person("director").pk)


def test_a_setting_changes_by_its_act_alone(office):
    refused("UPDATE yuetan_officesetting SET value = '30' WHERE key = 'notice_lead_days'")


def test_what_was_said_to_be_allowed_is_not_any_more(office):
    """What is final at once; minutes, measures and limits, which steps change, are in `test_triggers.py`."""
    case = case_after(Verb.ASSIGN)
    take(Verb.REGISTER_RECEIPT, case_in(CaseState.NOTIFIED, unit=cast.unit(cast.COUNTY)))  # with a scan
    letter_in(LetterState.ISSUED)
    for verb in (Verb.ASK_EXTENSION, Verb.DECIDE_EXTENSION, Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT):
        take(verb, case)
    for statement in (
        "UPDATE yuetan_document SET title = '改'",
        "UPDATE yuetan_document SET addressee = '改'",
        "UPDATE yuetan_attachment SET sha256 = repeat('0', 64)",
        "UPDATE yuetan_taskreport SET text = '改'",
        "UPDATE yuetan_task SET first_due_on = first_due_on + 90",
        "UPDATE yuetan_extension SET new_due_on = new_due_on + 90",
        "UPDATE yuetan_letter SET requirements = '改'",
    ):
        with pytest.raises(DatabaseError):
            straight(statement)
