"""An objection that the office enters has the day on which the paper came; what stands has the day it was entered."""

from django.db import migrations, models

RAISED = ("id", "sheet_id", "indicator", "words", "raised_by_id", "raised_at", "from_paper", "carried_from_id")
DROPPED = "DROP TRIGGER kept_as_raised ON yuetan_assessmentobjection"


def kept(columns):
    """The trigger under which an objection stays as it was raised, and whole once it is decided."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"""
    CREATE TRIGGER kept_as_raised BEFORE UPDATE ON yuetan_assessmentobjection FOR EACH ROW WHEN (
        OLD.decided_at IS NOT NULL OR ({new}) IS DISTINCT FROM ({old})
    ) EXECUTE FUNCTION yuetan_refuse_change()
    """


FILLED = """
UPDATE yuetan_assessmentobjection SET received_on = (raised_at AT TIME ZONE 'Asia/Shanghai')::date WHERE from_paper
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0135_report_sums'),
    ]

    operations = [
        migrations.AddField(
            model_name='assessmentobjection',
            name='received_on',
            field=models.DateField(blank=True, null=True, verbose_name='收到日期'),
        ),
        migrations.RunSQL(
            [DROPPED, FILLED, "SET CONSTRAINTS ALL IMMEDIATE", kept((*RAISED, "received_on"))],
            [DROPPED, kept(RAISED)],
        ),
        migrations.AddConstraint(
            model_name='assessmentobjection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_paper', True), ('received_on__isnull', False)), models.Q(('from_paper', False), ('received_on', None)), _connector='OR'), name='objection_from_paper_has_its_day'),
        ),
    ]
