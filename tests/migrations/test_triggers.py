"""What is kept for good: the database itself refuses to change or delete it, however the statement reaches it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg2.errors import RestrictViolation

from tests import cast
from tests.factories import case_after, case_in, pdf, take
from yuetan.actions.office.office import change_office_setting
from yuetan.actions.papers.number_register import reserve_number
from yuetan.actions.papers.printing import record_printing
from yuetan.actions.papers.scan import upload_scan
from yuetan.actions.people.delegation import delegate_approval
from yuetan.actions.people.unit_change import end_unit
from yuetan.models import OfficeSetting, Unit
from yuetan.vocabulary import CaseState, DocumentKind, PrintMethod, Verb

REFUSED_ALTOGETHER = (
    "article",
    "citation",
    "event",
    "ground",
    "interviewerrule",
    "minutesversion",
    "printing",
    "proposalversion",
    "receipt",
    "regulation",
    "standardparagraph",
)
PARTLY = (
    *("consequence", "decisionregistration", "delegation", "document", "numberentry", "scan", "settingchange"),
    *("unitchange", "unitpaper"),
)
TRIGGERS = {
    *((table, "kept", "yuetan_refuse_change", ("DELETE", "UPDATE")) for table in REFUSED_ALTOGETHER),
    ("scan", "kept", "yuetan_keep_scan", ("DELETE", "UPDATE")),
    ("document", "kept", "yuetan_refuse_change", ("DELETE",)),
    ("document", "kept_as_issued", "yuetan_keep_document", ("UPDATE",)),
    ("document", "kept_facts", "yuetan_refuse_change", ("UPDATE",)),
    ("numberentry", "kept", "yuetan_refuse_change", ("DELETE",)),
    ("numberentry", "kept_as_given", "yuetan_keep_number", ("UPDATE",)),
    ("decisionregistration", "kept", "yuetan_refuse_change", ("DELETE",)),
    ("decisionregistration", "kept_as_made", "yuetan_refuse_change", ("UPDATE",)),
    ("consequence", "kept", "yuetan_refuse_change", ("DELETE",)),
    ("consequence", "kept_as_recorded", "yuetan_refuse_change", ("UPDATE",)),
    ("delegation", "kept", "yuetan_refuse_change", ("DELETE",)),
    ("delegation", "kept_as_made", "yuetan_refuse_change", ("UPDATE",)),
    ("unitchange", "kept", "yuetan_refuse_change", ("DELETE",)),
    ("unitchange", "kept_as_made", "yuetan_refuse_change", ("UPDATE",)),
    ("settingchange", "kept", "yuetan_refuse_change", ("DELETE",)),
    ("settingchange", "kept_as_made", "yuetan_refuse_change", ("UPDATE",)),
    ("unitpaper", "kept", "yuetan_keep_scan", ("DELETE", "UPDATE")),
    ("unit", "kept_first_code", "yuetan_refuse_change", ("UPDATE",)),
}
STANDING = """
    SELECT substr(event_object_table, 8), trigger_name, substring(action_statement FROM 'EXECUTE FUNCTION ([a-z_]+)'),
        action_timing, action_orientation, array_agg(event_manipulation::text ORDER BY event_manipulation::text)
    FROM information_schema.triggers GROUP BY 1, 2, 3, 4, 5
"""


# Of tables that are guarded in part: what may change any time, and what may be set once and then stays.
MAY_CHANGE = {
    "decisionregistration": ("return_reason = '日期不符'",),
    "consequence": (),
    "delegation": ("reason = '另有安排'",),
    "document": (
        *("title = '改'", "addressee = '改'", "issued_by_id = issued_by_id + 1"),
        *("replaced_by_id = gen_random_uuid()", "case_id = NULL, letter_id = gen_random_uuid()"),
    ),
    "numberentry": (),
    "scan": ("check_state = 'quarantined', checked_at = now(), threat = 'Eicar'",),
    "settingchange": (),
    "unitchange": (),
    "unitpaper": ("check_state = 'quarantined', checked_at = now(), threat = 'Eicar'",),
}
MAY_BE_SET_ONCE = [
    ("decisionregistration", "reviewed_at = now(), reviewed_by_id = registered_by_id, accepted = false"),
    (
        "consequence",
        "check_outcome = 'confirmed', check_words = '核对', checked_by_id = recorded_by_id + 1, checked_at = now()",
    ),
    ("delegation", "ended_at = now()"),
    ("document", "pdf = 'a.pdf', pdf_sha256 = 'a'"),
    ("numberentry", "used_at = now(), used_by_id = given_by_id, used_for = '另文'"),
    ("numberentry", "voided_at = now(), voided_by_id = given_by_id, void_reason = '写错'"),
    ("settingchange", "outcome = 'rejected', decided_at = now(), decided_by_id = proposed_by_id + 1"),
    ("unitchange", "decided_at = now(), decided_by_id = registered_by_id + 1, opinion = '同意'"),
]
OTHER_VALUES = {
    "bigint": "COALESCE({0}, 0) + 1",
    "integer": "{0} + 1",
    "smallint": "{0} + 1",
    "character varying": "'改'",
    "text": "'改'",
    "boolean": "NOT COALESCE({0}, false)",
    "date": "{0} + 1",
    "timestamp with time zone": "COALESCE({0}, now()) + interval '1 hour'",
    "jsonb": "'{{\"another\": 1}}'",
    "uuid": "gen_random_uuid()",
}


@pytest.fixture
def rows(office):
    """At least one row in each guarded table: a notice signed for, printed and scanned, a number, a delegation."""
    officer, today = cast.person("officer"), cast.MONDAY.date()
    paper = case_after(Verb.ACKNOWLEDGE_RECEIPT).documents.get()
    record_printing([paper], by=officer, method=PrintMethod.DOWNLOAD)
    upload_scan(paper, by=officer, file=pdf())
    take(Verb.RECORD_CONSEQUENCE, case_in(CaseState.RECTIFYING))
    reserve_number(by=officer, kind=DocumentKind.INTERVIEW_NOTICE, case=None, purpose="线下文书")
    span = {"begins_on": today, "ends_on": today + timedelta(days=4)}
    take(Verb.REGISTER_DECISION, case_in(CaseState.PROPOSED))
    take(Verb.REVISE_MINUTES, case_in(CaseState.INTERVIEWED))
    delegate_approval(by=cast.person("group_leader"), delegate=cast.person("deputy"), reason="外出学习", **span)
    setting = OfficeSetting.objects.get(key="delegation_allowed")
    change_office_setting(setting, by=cast.person("director"), value=False)
    registered = {"kind": "merged", "effective_on": today, "paper_number": "江民〔2026〕8号", "paper": pdf()}
    successor = cast.unit(cast.TOWN)
    ended = Unit.objects.filter(parent=successor.parent).exclude(pk=successor.pk)[0]
    end_unit(ended, by=cast.person("sysadmin"), successor=successor, **registered)


def run(statement, table):
    """Run a statement on one row past all of Django; whether it reached the row."""
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} WHERE id = (SELECT id FROM yuetan_{table} ORDER BY id DESC LIMIT 1)")
        return cursor.rowcount == 1


def changes(table, assignment):
    """Whether one row takes the change, which is then undone."""
    with transaction.atomic():
        changed = run(f"UPDATE yuetan_{table} SET {assignment}", table)
        transaction.set_rollback(True)
    return changed


def is_refused(table, statement):
    """Whether a trigger refuses it for one row; whatever else stands against it does not count."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        run(statement, table)
    cause = error.value.__cause__
    return isinstance(cause, RestrictViolation) and "PL/pgSQL function yuetan_" in cause.diag.context


def named_in(assignments):
    """The columns that assignments set."""
    return {part.split(" = ")[0] for each in assignments for part in each.split(", ")}


def columns(table):
    """Every column but the key, with an expression for another value."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns "
            "WHERE table_name = %s AND column_name <> 'id' ORDER BY 1",
            [f"yuetan_{table}"],
        )
        return {name: OTHER_VALUES[kind].format(name) for name, kind in cursor.fetchall()}


def test_these_triggers_stand_and_no_others(db):
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        standing = cursor.fetchall()
    assert {(timing, each) for _, _, _, timing, each, _ in standing} == {("BEFORE", "ROW")}
    assert sorted((table, name, function, tuple(on)) for table, name, function, _, _, on in standing) == sorted(
        TRIGGERS
    )


def test_no_row_is_deleted(rows):
    for table in (*REFUSED_ALTOGETHER, *MAY_CHANGE):
        assert is_refused(table, f"DELETE FROM yuetan_{table}"), table


def test_no_row_is_changed_not_even_into_itself(rows):
    for table in REFUSED_ALTOGETHER:
        assert is_refused(table, f"UPDATE yuetan_{table} SET id = id"), table


def test_no_column_changes_but_those_that_may(rows):
    for table, assignments in MAY_CHANGE.items():
        free = named_in(assignments) | named_in(each for of, each in MAY_BE_SET_ONCE if of == table)
        for column, other in columns(table).items():
            if column not in free:
                assert is_refused(table, f"UPDATE yuetan_{table} SET {column} = {other}"), (table, column)


def test_columns_that_may_change_do(rows):
    for table, assignments in MAY_CHANGE.items():
        for assignment in assignments:
            assert changes(table, assignment), (table, assignment)


def test_what_may_be_set_once_stays_then(rows):
    for table, assignment in MAY_BE_SET_ONCE:
        assert run(f"UPDATE yuetan_{table} SET {assignment}", table)
        for column in named_in([assignment]):
            assert is_refused(table, f"UPDATE yuetan_{table} SET {column} = {columns(table)[column]}"), (table, column)
            assert is_refused(table, f"UPDATE yuetan_{table} SET {column} = NULL"), (table, column)
