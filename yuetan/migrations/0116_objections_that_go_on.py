"""An objection of a round that was taken back goes on in the next one, and leads to the first of them for good."""

import django.db.models.deletion
from django.db import migrations, models

RAISED = ("id", "sheet_id", "indicator", "words", "raised_by_id", "raised_at", "from_paper")


def kept(columns: tuple[str, ...]) -> str:
    """The trigger under which an objection stays as it was raised, and whole once it is decided."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"""
    DROP TRIGGER kept_as_raised ON yuetan_assessmentobjection;
    CREATE TRIGGER kept_as_raised BEFORE UPDATE ON yuetan_assessmentobjection FOR EACH ROW WHEN (
        OLD.decided_at IS NOT NULL OR ({new}) IS DISTINCT FROM ({old})
    ) EXECUTE FUNCTION yuetan_refuse_change();
    """


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0115_when_a_reply_came'),
    ]

    operations = [
        migrations.AddField(
            model_name='assessmentobjection',
            name='carried_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='yuetan.assessmentobjection'),
        ),
        migrations.RunSQL(kept((*RAISED, "carried_from_id")), kept(RAISED)),
    ]
