"""What was handed in, decided or issued stays, and no state or minutes change without an event in the same transaction.

Handed-in material and reports, decided requests, confirmed corrections, findings, answered chases and the bytes of
files; of an issued paper now its title, addressee, issuer and subject too. Single rows are guarded, as in 0002.
"""

from django.db import migrations

DOCUMENT_BEFORE = ("html", "sha256", "prefix", "year", "serial", "kind", "issued_at", "entry_id", "check_code")
DOCUMENT = (*DOCUMENT_BEFORE, "title", "addressee", "issued_by_id", "case_id", "letter_id")

FUNCTIONS = """
CREATE FUNCTION yuetan_event_is_of_now(event_xmin xid) RETURNS boolean LANGUAGE sql AS $$
    -- Written by this transaction, or by one of its savepoints, whose numbers are higher.
    SELECT age(event_xmin) <= age(pg_current_xact_id()::xid)
$$;

CREATE FUNCTION yuetan_state_has_an_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_now text;
    led_to text;
    is_of_now boolean;
BEGIN
    EXECUTE format('SELECT state FROM %I WHERE id = $1', TG_TABLE_NAME) INTO is_now USING NEW.id;
    EXECUTE format(
        'SELECT to_state, yuetan_event_is_of_now(xmin) FROM yuetan_event WHERE %I = $1 ORDER BY id DESC LIMIT 1',
        TG_ARGV[0]
    ) INTO led_to, is_of_now USING NEW.id;
    IF is_now IS NOT NULL AND (led_to IS DISTINCT FROM is_now OR is_of_now IS DISTINCT FROM true)
    THEN RAISE EXCEPTION 'a state changes by an event alone' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_text_has_an_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_case uuid;
    is_of_now boolean;
BEGIN
    IF TG_TABLE_NAME = 'yuetan_minutes' THEN of_case := NEW.case_id;
    ELSE SELECT case_id INTO of_case FROM yuetan_interview WHERE id = NEW.interview_id;
    END IF;
    SELECT yuetan_event_is_of_now(xmin) INTO is_of_now
        FROM yuetan_event WHERE case_id = of_case ORDER BY id DESC LIMIT 1;
    IF is_of_now IS DISTINCT FROM true
    THEN RAISE EXCEPTION 'minutes and measures change by an event alone' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION yuetan_text_has_an_event();
DROP FUNCTION yuetan_state_has_an_event();
DROP FUNCTION yuetan_event_is_of_now(xid);
"""
# Tables of which a row is neither changed nor deleted once this holds of it.
KEPT_ONCE = {
    "submission": "OLD.handed_in_at IS NOT NULL",
    "extension": "OLD.decided_at IS NOT NULL",
    "leave": "OLD.decided_at IS NOT NULL",
    "minutescorrection": "OLD.confirmed_at IS NOT NULL",
    "chase": "OLD.replied_at IS NOT NULL",
}
KEPT_AS_WRITTEN = ("sitecheck", "taskfinding")
REPORT = ("task_id", "kind", "version", "text", "prepared_by_id", "handed_in_by_id", "handed_in_at", "due_on")
PAUSE = (
    *("task_id", "reason", "began_on", "begun_by_id", "planned_end_on", "asked_by"),
    *("ended_on", "ended_by_id", "end_reason", "due_on_before"),
)
BYTES = ("file", "name", "kind", "size", "sha256", "offered_sha256", "uploaded_by_id", "uploaded_at")
MINUTES = ("problems", "statement", "discussion", "copied_to", "case_id")
MEASURE = ("content", "responsible_person", "due_on", "proof_required", "acceptance_standard", "report_rhythm")


def trigger(name: str, when: str, table: str, function: str, condition: str = "") -> migrations.RunSQL:
    """A trigger on each row of a table, and how it is taken back."""
    only = f"WHEN ({condition}) " if condition else ""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {when} ON yuetan_{table} FOR EACH ROW {only}EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {name} ON yuetan_{table}",
    )


def keep_document(columns: tuple[str, ...]) -> str:
    """The function that refuses a change of an issued paper in these columns, or in its PDF once there is one."""
    return f"""
    CREATE OR REPLACE FUNCTION yuetan_keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {changed(columns)}
           OR (OLD.pdf_sha256 <> '' AND (NEW.pdf, NEW.pdf_sha256) IS DISTINCT FROM (OLD.pdf, OLD.pdf_sha256))
        THEN RAISE EXCEPTION 'an issued paper is not changed' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$
    """


def changed(columns: tuple[str, ...]) -> str:
    """Whether one of these columns changes."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def at_the_end(name: str, table: str, function: str, condition: str) -> migrations.RunSQL:
    """A trigger that asks at the end of the transaction, when the event of the step is written too."""
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER {name} AFTER UPDATE ON yuetan_{table} DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION {function}",
        f"DROP TRIGGER {name} ON yuetan_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("yuetan", "0014_calendar_entered")]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunSQL(keep_document(DOCUMENT), keep_document(DOCUMENT_BEFORE)),
        *(
            trigger("kept_once", "UPDATE OR DELETE", table, "yuetan_refuse_change", condition)
            for table, condition in KEPT_ONCE.items()
        ),
        *(trigger("kept", "UPDATE OR DELETE", table, "yuetan_refuse_change") for table in KEPT_AS_WRITTEN),
        trigger(
            "kept_as_handed_in",
            "UPDATE",
            "taskreport",
            "yuetan_refuse_change",
            f"OLD.handed_in_at IS NOT NULL AND {changed(REPORT)}",
        ),
        trigger(
            "kept_as_ended",
            "UPDATE",
            "pause",
            "yuetan_refuse_change",
            f"OLD.ended_on IS NOT NULL AND {changed(PAUSE)}",
        ),
        trigger("kept", "DELETE", "pause", "yuetan_refuse_change", "OLD.ended_on IS NOT NULL"),
        trigger("kept", "DELETE", "taskreport", "yuetan_refuse_change", "OLD.handed_in_at IS NOT NULL"),
        trigger("kept_bytes", "UPDATE", "attachment", "yuetan_refuse_change", changed(BYTES)),
        at_the_end(
            "state_has_an_event", "case", "yuetan_state_has_an_event('case_id')", "OLD.state IS DISTINCT FROM NEW.state"
        ),
        at_the_end(
            "state_has_an_event",
            "letter",
            "yuetan_state_has_an_event('letter_id')",
            "OLD.state IS DISTINCT FROM NEW.state",
        ),
        at_the_end("text_has_an_event", "minutes", "yuetan_text_has_an_event()", changed(MINUTES)),
        at_the_end("text_has_an_event", "measure", "yuetan_text_has_an_event()", changed(MEASURE)),
    ]
