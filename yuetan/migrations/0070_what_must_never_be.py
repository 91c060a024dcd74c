"""What must never be is refused by the database itself: states without what leads to them, unknown words, counting back.

Triggers ask at the end of the transaction where a step writes several rows; what straight SQL does they refuse alike.
"""

from django.db import migrations, models


# Which verbs there are, `manage.py migrate` follows each time; those of events from before stay known.
VERBS = """
CREATE TABLE yuetan_eventverb (name varchar(40) PRIMARY KEY);
INSERT INTO yuetan_eventverb SELECT DISTINCT verb FROM yuetan_event;
ALTER TABLE yuetan_event ADD CONSTRAINT event_of_a_known_verb FOREIGN KEY (verb) REFERENCES yuetan_eventverb (name)
"""
DROP_VERBS = """
ALTER TABLE yuetan_event DROP CONSTRAINT event_of_a_known_verb;
DROP TABLE yuetan_eventverb
"""
FUNCTIONS = """
CREATE FUNCTION yuetan_case_has_what_leads_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_now text;
BEGIN
    SELECT state INTO is_now FROM yuetan_case WHERE id = NEW.id;
    IF is_now = 'notified'
        AND NOT EXISTS (SELECT FROM yuetan_document WHERE case_id = NEW.id AND kind = 'interview_notice')
    THEN RAISE EXCEPTION 'no case is notified without a notice' USING ERRCODE = 'restrict_violation';
    END IF;
    IF is_now = 'closed' AND EXISTS (SELECT FROM yuetan_task WHERE case_id = NEW.id AND state <> 'accepted')
    THEN RAISE EXCEPTION 'no case is closed with an open task' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_task_has_its_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM yuetan_task WHERE id = NEW.id) = 'accepted' AND NOT EXISTS (
        SELECT FROM yuetan_taskreport WHERE task_id = NEW.id AND kind = 'completion' AND handed_in_at IS NOT NULL
    ) THEN RAISE EXCEPTION 'no task is accepted without a report' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_changed_by_an_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The argument: the verbs, one of which is recorded in this transaction.
    IF NOT EXISTS (
        SELECT FROM yuetan_event
        WHERE verb = ANY (string_to_array(TG_ARGV[0], ' ')) AND yuetan_event_is_of_now(xmin)
    ) THEN RAISE EXCEPTION '% changes by an event alone: %', TG_TABLE_NAME, TG_ARGV[0]
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION yuetan_changed_by_an_act();
DROP FUNCTION yuetan_task_has_its_report();
DROP FUNCTION yuetan_case_has_what_leads_there();
"""
POST = ("unit_id", "holder_id", "kind", "title", "rank", "began_on", "ended_on")
POST_VERBS = "end_post correct_post annul_post end_unit"
SETTING_VERBS = "change_office_setting confirm_office_setting"


def changed(columns: tuple[str, ...]) -> str:
    """Whether one of these columns changes."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def at_the_end(name: str, table: str, function: str, condition: str) -> migrations.RunSQL:
    """A trigger that asks at the end of the transaction, when all of a step is written."""
    return migrations.RunSQL(
        f"CREATE CONSTRAINT TRIGGER {name} AFTER UPDATE ON yuetan_{table} DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION {function}",
        f"DROP TRIGGER {name} ON yuetan_{table}",
    )


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0069_tallies'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'in_review', 'proposed', 'approved', 'notified', 'interviewed', 'minuted', 'rectifying', 'inspecting', 'closed', 'declined', 'withdrawn'])), name='case_in_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('approved', 'notified', 'interviewed', 'minuted', 'rectifying', 'inspecting', 'closed')), _negated=True), ('approver__isnull', False), _connector='OR'), name='approved_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'returned', 'issued', 'cancelled'])), name='letter_in_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['assigned', 'reported', 'returned', 'accepted'])), name='task_in_a_known_state'),
        ),
        migrations.RunSQL(VERBS, DROP_VERBS),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        at_the_end("state_has_what_leads_there", "case", "yuetan_case_has_what_leads_there()", changed(("state",))),
        at_the_end("state_has_its_report", "task", "yuetan_task_has_its_report()", changed(("state",))),
        at_the_end("changes_by_an_act", "post", f"yuetan_changed_by_an_act('{POST_VERBS}')", changed(POST)),
        at_the_end("changes_by_an_act", "officesetting", f"yuetan_changed_by_an_act('{SETTING_VERBS}')", changed(("value",))),
        migrations.RunSQL(
            "CREATE TRIGGER counts_on BEFORE UPDATE ON yuetan_numbercounter FOR EACH ROW WHEN "
            "(NEW.last < OLD.last OR (NEW.prefix, NEW.year) IS DISTINCT FROM (OLD.prefix, OLD.year)) "
            "EXECUTE FUNCTION yuetan_refuse_change()",
            "DROP TRIGGER counts_on ON yuetan_numbercounter",
        ),
    ]
