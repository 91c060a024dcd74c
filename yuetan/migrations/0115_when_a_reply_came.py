"""The office may put right when a reply came, as it returns it: by that day it is late then, and no otherwise."""

from django.db import migrations, models

KEPT = ("letter_id", "version", "replied_on", "number", "words", "due_on", "entered_by_id", "entered_at", "from_paper")


def changed(columns: tuple[str, ...]) -> str:
    """Whether one of these is another than before."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept(condition: str) -> str:
    """The trigger under which a version stays as it was entered."""
    return f"""
    DROP TRIGGER kept_as_entered ON yuetan_receivedreply;
    CREATE TRIGGER kept_as_entered BEFORE UPDATE ON yuetan_receivedreply FOR EACH ROW WHEN (
        OLD.returned_at IS NOT NULL OR {condition}
    ) EXECUTE FUNCTION yuetan_refuse_change();
    """


LATE_BY_ARRIVAL = "(NEW.late_days <> OLD.late_days AND NEW.arrived_on IS NULL)"


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0114_the_day_a_unit_was_founded'),
    ]

    operations = [
        migrations.AddField(
            model_name='receivedreply',
            name='arrived_on',
            field=models.DateField(blank=True, null=True, verbose_name='实际收到回复之日'),
        ),
        migrations.AddConstraint(
            model_name='receivedreply',
            constraint=models.CheckConstraint(condition=models.Q(('arrived_on', None), ('returned_at__isnull', False), _connector='OR'), name='arrival_is_put_right_by_a_return'),
        ),
        migrations.RunSQL(
            kept(f"{changed(KEPT)} OR {LATE_BY_ARRIVAL}"), kept(changed((*KEPT, "late_days")))
        ),
    ]
