"""What a step wrote changes by the steps that write it alone, and what is final does not change at all.

Until now any event of the case was enough for a change of minutes and measures; and who came, the record of the
interview, dates and contents of tasks, what was decided and what was announced were guarded by nothing.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION yuetan_changed_by_its_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
    of_case uuid;
BEGIN
    -- The arguments: the column that leads to the case, and the verbs, one of which is taken in this transaction.
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    IF TG_ARGV[0] = 'interview_id'
    THEN SELECT case_id INTO of_case FROM yuetan_interview WHERE id = changed.interview_id;
    ELSE of_case := to_jsonb(changed) ->> TG_ARGV[0];
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM yuetan_event
        WHERE case_id = of_case AND verb = ANY (string_to_array(TG_ARGV[1], ' ')) AND yuetan_event_is_of_now(xmin)
    ) THEN RAISE EXCEPTION '% changes by an event alone: %', TG_TABLE_NAME, TG_ARGV[1]
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""
MINUTES = ("problems", "statement", "discussion", "copied_to", "case_id")
SAID_OF_MINUTES = (
    *("confirmed_by_id", "confirmed_at", "confirmed_acting", "returned_by_id", "returned_at", "return_reason"),
    *("sent_at", "answer", "objection", "answered_by_id", "answered_at", "paper_filing_id"),
)
MEASURE = ("content", "responsible_person", "due_on", "proof_required", "acceptance_standard", "report_rhythm")
TASK = ("content", "responsible_person", "proof_required", "acceptance_standard", "report_rhythm")
NOTICE = (
    *("notice_matter", "scheduled_at", "place", "procedure", "participants", "required_materials"),
    "other_participants",
)
DECISION = (
    *("approver_id", "approved_for_id", "approval_method", "approval_meeting"),
    *("approved_on", "approved_sha256"),
)
TEXTS = "hold_interview revise_minutes confirm_correction"
SAYS = "confirm_minutes return_minutes send_minutes answer_minutes register_minutes_answer revise_minutes confirm_correction"
# Table, name, what leads to the case, the columns, and the verbs by which they change.
BY_STEPS = (
    ("minutes", "text_has_an_event", "case_id", MINUTES, TEXTS),
    ("minutes", "said_by_an_event", "case_id", SAID_OF_MINUTES, SAYS),
    ("measure", "text_has_an_event", "interview_id", MEASURE, TEXTS),
    ("interview", "material_has_an_event", "case_id", ("submission_missing",), "revise_minutes confirm_correction"),
    ("task", "text_has_an_event", "case_id", TASK, "confirm_correction"),
    (
        "task",
        "limit_has_an_event",
        "case_id",
        ("agreed_due_on", "agreed_on"),
        "decide_extension send_back reopen confirm_correction",
    ),
    (
        "task",
        "state_has_an_event",
        "case_id",
        ("state",),
        "hand_in_report register_report accept_task return_task send_back reopen",
    ),
    ("case", "decision_has_an_event", "id", DECISION, "approve decline confirm_approval confirm_decline"),
    ("case", "endorsement_has_an_event", "id", ("endorser_id",), "endorse return_for_changes take_back"),
    ("case", "notice_has_an_event", "id", NOTICE, "serve_notice reschedule"),
    ("case", "interview_has_an_event", "id", ("interviewed_on",), "hold_interview"),
    ("case", "end_has_an_event", "id", ("closed_on",), "close reopen discard_earlier_case"),
)
# Rows that come and go with a revision, never by themselves.
REWRITTEN = ("intervieweeattendance", "participant", "measure")
# Of these a row is neither changed nor deleted once this holds of it.
KEPT_ONCE = {
    "reworkrequest": "OLD.decided_at IS NOT NULL",
    "revisit": "OLD.visited_on IS NOT NULL",
    "supervisionletter": "OLD.answered_at IS NOT NULL",
    "teammember": "OLD.signed_at IS NOT NULL",
    "inspection": "OLD.concluded_at IS NOT NULL",
}
INTERVIEW = ("case_id", "held_on", "place", "interviewer_id", "recorder_id", "problems", "statement", "discussion")
ASSIGNED = ("case_id", "measure_id", "number", "assigned_on", "first_due_on")
REGISTERED = ("register_year", "register_serial", "regulation_id", "drafter_id", "created_at")
LETTER = ("capacity", "lead_matter", "case_id", "matter", "problems", "requirements", "drafter_id", "approver_id")
ANSWER = ("answer", "answered_by_id", "answered_at")


def changed(columns: tuple[str, ...]) -> str:
    """Whether one of these columns changes."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept(name: str, when: str, table: str, condition: str = "") -> migrations.RunSQL:
    """A trigger that refuses this of each row, and how it is taken back."""
    only = f"WHEN ({condition}) " if condition else ""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {when} ON yuetan_{table} "
        f"FOR EACH ROW {only}EXECUTE FUNCTION yuetan_refuse_change()",
        f"DROP TRIGGER {name} ON yuetan_{table}",
    )


def by_steps(name: str, when: str, table: str, leads: str, verbs: str, condition: str = "") -> migrations.RunSQL:
    """A trigger that asks for one of these verbs at the end of the transaction."""
    only = f"WHEN ({condition}) " if condition else ""
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER {name} AFTER {when} ON yuetan_{table} DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW {only}EXECUTE FUNCTION yuetan_changed_by_its_step('{leads}', '{verbs}')",
        f"DROP TRIGGER {name} ON yuetan_{table}",
    )


def before(table: str, columns: tuple[str, ...]) -> migrations.RunSQL:
    """The trigger of 0015, for which any event of the case was enough, is dropped."""
    return migrations.RunSQL(
        f"DROP TRIGGER text_has_an_event ON yuetan_{table}",
        f"CREATE CONSTRAINT TRIGGER text_has_an_event AFTER UPDATE ON yuetan_{table} DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW WHEN ({changed(columns)}) EXECUTE FUNCTION yuetan_text_has_an_event()",
    )


class Migration(migrations.Migration):
    dependencies = [("yuetan", "0033_indexes_by_day")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION yuetan_changed_by_its_step()"),
        before("minutes", MINUTES),
        before("measure", MEASURE),
        *(
            by_steps(name, "UPDATE", table, leads, verbs, changed(columns))
            for table, name, leads, columns, verbs in BY_STEPS
        ),
        *(by_steps("goes_by_an_event", "DELETE", table, "interview_id", TEXTS) for table in REWRITTEN),
        *(
            by_steps("changes_by_an_event", "UPDATE", table, "interview_id", "revise_minutes")
            for table in ("intervieweeattendance", "participant")
        ),
        *(kept("kept_once", "UPDATE OR DELETE", table, condition) for table, condition in KEPT_ONCE.items()),
        kept("kept", "UPDATE OR DELETE", "absence"),
        kept("kept", "DELETE", "interview"),
        kept("kept_as_recorded", "UPDATE", "interview", changed(INTERVIEW)),
        kept("kept", "DELETE", "task"),
        kept("kept_as_assigned", "UPDATE", "task", changed(ASSIGNED)),
        kept("kept", "DELETE", "case"),
        kept("kept_as_registered", "UPDATE", "case", changed(REGISTERED)),
        kept("kept", "DELETE", "letter"),
        kept("kept_as_issued", "UPDATE", "letter", f"OLD.state = 'issued' AND {changed(LETTER)}"),
        kept("kept_answer", "UPDATE", "letter", f"OLD.answered_at IS NOT NULL AND {changed(ANSWER)}"),
    ]
