"""三书一函 go over to the successor of a unit, are closed without a reply where none comes, and may lack a number."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

REGISTERED = (
    *("kind", "organ", "number", "paper_key", "dated_on", "received_on", "matter", "matter_key", "asked", "reply_due"),
    *("registered_by_id", "registered_at"),
)
FOLLOWS = ("reply_id", "reply_count", "late_days", "due_on", "withdrawn_at", "withdrawn_by_id", "withdrawal_reason")
CLOSED = ("letter_id", "opinion", "closed_by_id", "closed_at")


def changed(columns):
    """Whether one of these is another than before."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept_as_registered(condition):
    """The trigger under which a letter stays as it was registered."""
    return f"""
    CREATE TRIGGER kept_as_registered BEFORE UPDATE ON yuetan_receivedletter FOR EACH ROW WHEN (
        {condition}
    ) EXECUTE FUNCTION yuetan_refuse_change();
    """


def kept_as_closed(columns):
    """The trigger under which a 办结 stays as it was."""
    return f"""
    CREATE TRIGGER kept_as_closed BEFORE UPDATE ON yuetan_receivedclosing FOR EACH ROW WHEN (
        OLD.withdrawn_at IS NOT NULL OR {changed(columns)}
    ) EXECUTE FUNCTION yuetan_refuse_change();
    """


CLOSED_STAYS = f"(OLD.closing_id IS NOT NULL AND (NEW.closing_id <> OLD.closing_id OR {changed(FOLLOWS)}))"
UNTIL_NOW = f"OLD.withdrawn_at IS NOT NULL OR {CLOSED_STAYS} OR {changed(('unit_id', *REGISTERED))}"
# Whatever stands of it, a letter may go over to the successor of its unit, and keeps the first.
GOES_OVER = "(NEW.unit_id <> OLD.unit_id AND NEW.first_unit_id = COALESCE(OLD.first_unit_id, OLD.unit_id))"
FROM_NOW_ON = f"""(OLD.withdrawn_at IS NOT NULL AND {changed(('closing_id', *FOLLOWS))})
    OR {CLOSED_STAYS} OR {changed(REGISTERED)}
    OR ({changed(('unit_id', 'first_unit_id'))} AND {GOES_OVER} IS NOT TRUE)"""
CLOSING = """
CREATE FUNCTION yuetan_closing_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.closing_id IS NULL THEN
        IF EXISTS (SELECT FROM yuetan_receivedclosing WHERE id = OLD.closing_id AND withdrawn_at IS NULL)
        THEN RAISE EXCEPTION 'a letter is open again once its closing is withdrawn' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF NOT EXISTS (
        SELECT FROM yuetan_receivedclosing AS closing WHERE closing.id = NEW.closing_id AND closing.letter_id = NEW.id
            AND closing.withdrawn_at IS NULL AND (closing.kind <> 'replied' OR NEW.reply_id IS NOT NULL)
    ) THEN RAISE EXCEPTION 'a letter is closed by a closing of its own that fits' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER closing_fits BEFORE UPDATE ON yuetan_receivedletter FOR EACH ROW
WHEN (NEW.closing_id IS DISTINCT FROM OLD.closing_id) EXECUTE FUNCTION yuetan_closing_fits();
"""
CLOSING_AS_IT_WAS = "DROP TRIGGER closing_fits ON yuetan_receivedletter; DROP FUNCTION yuetan_closing_fits();"
UNGUARDED_CLOSED = "DROP TRIGGER kept_as_closed ON yuetan_receivedclosing;"
KINDS = "UPDATE yuetan_receivedclosing SET kind = 'replied';"  # each is sealed anew with it
UNGUARDED = "DROP TRIGGER kept_as_registered ON yuetan_receivedletter;"
DATED = "UPDATE yuetan_receivedletter SET paper_key = paper_key || ' ' || dated_on;"
UNDATED = "UPDATE yuetan_receivedletter SET paper_key = substr(paper_key, 1, length(paper_key) - 11);"
# What came to units whose matters went over before letters did goes over now, to whoever goes on for them by now.
CARRIED = """
    DO $$
    BEGIN
        LOOP
            UPDATE yuetan_receivedletter AS letter
            SET unit_id = change.successor_id, first_unit_id = COALESCE(letter.first_unit_id, letter.unit_id)
            FROM yuetan_unitchange AS change JOIN yuetan_unit AS unit ON unit.id = change.unit_id
            WHERE change.unit_id = letter.unit_id AND change.successor_id IS NOT NULL AND change.decided_at IS NOT NULL
                AND unit.retired_on IS NOT NULL;
            EXIT WHEN NOT FOUND;
        END LOOP;
    END $$;
"""
SETTLED = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"  # or no index is made of what was changed
# As 0128 counted it, but of two letters of one day the first is the one that was registered first, not that of the
# lesser key.
REPEATS = """
    UPDATE yuetan_receivedletter AS its SET repeats_on = (
        SELECT max(other.received_on) FROM yuetan_receivedletter AS other
        WHERE other.unit_id = its.unit_id AND other.withdrawn_at IS NULL
            AND (other.received_on, other.registered_at, other.id) < (its.received_on, its.registered_at, its.id)
            AND (other.matter_key = its.matter_key
                OR (length(other.matter_key) >= 4 AND strpos(its.matter_key, other.matter_key) > 0)
                OR (length(its.matter_key) >= 4 AND strpos(other.matter_key, its.matter_key) > 0))
    )
    WHERE its.withdrawn_at IS NULL AND EXISTS (
        SELECT FROM yuetan_receivedletter AS same
        WHERE same.unit_id = its.unit_id AND same.id <> its.id
            AND (same.received_on = its.received_on OR same.first_unit_id IS NOT NULL OR its.first_unit_id IS NOT NULL)
    );
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0130_opinion_corrections'),
    ]

    operations = [
        migrations.RunSQL(UNGUARDED, kept_as_registered(UNTIL_NOW)),
        migrations.RemoveConstraint(
            model_name='assignment',
            name='one_assignment_per_received_letter',
        ),
        migrations.RemoveConstraint(
            model_name='receivedletter',
            name='received_letter_is_closed_with_reply',
        ),
        migrations.RemoveConstraint(
            model_name='receivedletter',
            name='one_received_letter_per_paper',
        ),
        migrations.RemoveConstraint(
            model_name='receivedpaper',
            name='received_paper_is_of_one_thing',
        ),
        migrations.RemoveIndex(
            model_name='receivedletter',
            name='received_letters_unreplied',
        ),
        migrations.RemoveIndex(
            model_name='receivedletter',
            name='received_letters_counted',
        ),
        migrations.AddField(
            model_name='receivedclosing',
            name='kind',
            field=models.CharField(choices=[('replied', '回复以后办结'), ('unit_ended', '单位已经停用、没有承接单位'), ('recalled', '来函机关撤回')], default='', max_length=10, verbose_name='办结方式'),
        ),
        migrations.AlterField(
            model_name='receivedclosing',
            name='kind',
            field=models.CharField(choices=[('replied', '回复以后办结'), ('unit_ended', '单位已经停用、没有承接单位'), ('recalled', '来函机关撤回')], default='replied', max_length=10, verbose_name='办结方式'),
        ),
        migrations.AddField(
            model_name='receivedletter',
            name='first_unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit', verbose_name='原单位'),
        ),
        migrations.AddField(
            model_name='receivedpaper',
            name='closing',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='yuetan.receivedclosing'),
        ),
        migrations.AlterField(
            model_name='receivedletter',
            name='number',
            field=models.CharField(blank=True, max_length=100, verbose_name='文号'),
        ),
        migrations.AlterField(
            model_name='receivedletter',
            name='paper_key',
            field=models.CharField(max_length=320),
        ),
        migrations.AddIndex(
            model_name='receivedletter',
            index=models.Index(condition=models.Q(('closing', None), ('reply', None), ('withdrawn_at', None)), fields=['due_on'], name='received_letters_unreplied'),
        ),
        migrations.AddIndex(
            model_name='receivedletter',
            index=models.Index(condition=models.Q(('withdrawn_at', None)), fields=['received_on'], include=('kind', 'unit', 'reply', 'closing', 'late_days', 'due_on', 'repeats_on', 'withdrawn_at'), name='received_letters_counted'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('received_letter',), name='one_assignment_per_received_letter'),
        ),
        migrations.AddConstraint(
            model_name='receivedletter',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Coalesce('first_unit', 'unit'), models.F('paper_key'), condition=models.Q(('withdrawn_at', None)), name='one_received_letter_per_paper'),
        ),
        migrations.AddConstraint(
            model_name='receivedpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closing', None), ('letter__isnull', False), ('reply', None)), models.Q(('closing', None), ('letter', None), ('reply__isnull', False)), models.Q(('closing__isnull', False), ('letter', None), ('reply', None)), _connector='OR'), name='received_paper_is_of_one_thing'),
        ),
        migrations.RunSQL(DATED, UNDATED),
        migrations.RunSQL(CARRIED, migrations.RunSQL.noop),
        migrations.RunSQL(REPEATS, migrations.RunSQL.noop),
        migrations.RunSQL(SETTLED, migrations.RunSQL.noop),
        migrations.RunSQL(kept_as_registered(FROM_NOW_ON), UNGUARDED),
        migrations.RunSQL(UNGUARDED_CLOSED + KINDS, migrations.RunSQL.noop),
        migrations.RunSQL(kept_as_closed((*CLOSED, "kind")), UNGUARDED_CLOSED + kept_as_closed(CLOSED)),
        migrations.RunSQL(CLOSING, CLOSING_AS_IT_WAS),
    ]
