"""商有关部门: a department may answer at a meeting; its record stands in the place of the scan."""

import django.db.models.deletion
from django.db import migrations, models

ASKED = ("measure_laid_id", "department", "sha256", "asked_by_id", "asked_at", "document_id", "due_on")
ANSWERED = ("opinion", "answered_by", "answered_on", "scan_id", "recorded_by_id")
EXCUSED = ("excuse", "excused_by_id", "excused_at")


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept_as_asked(answered):
    """The trigger of 0104: an answer never changes once it is there, nor what proves it."""
    return f"""
CREATE TRIGGER kept_as_asked BEFORE UPDATE ON yuetan_consultation FOR EACH ROW WHEN (
    {changed(ASKED)}
    OR (OLD.answered_on IS NOT NULL AND {changed(answered)})
    OR (OLD.excused_at IS NOT NULL AND {changed(EXCUSED)})
) EXECUTE FUNCTION yuetan_refuse_change();
"""


# A column that a trigger reads keeps its type: the trigger is dropped, and made again at the end.
NOT_KEPT = "DROP TRIGGER kept_as_asked ON yuetan_consultation"


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0157_verified_parts'),
    ]

    operations = [
        migrations.RunSQL(NOT_KEPT, kept_as_asked(ANSWERED)),
        migrations.AlterField(
            model_name='consultation',
            name='answered_by',
            field=models.CharField(blank=True, max_length=140, verbose_name='答复人及职务'),
        ),
        migrations.RemoveConstraint(
            model_name='consultation',
            name='consultation_is_answered_whole',
        ),
        migrations.AddField(
            model_name='consultation',
            name='item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='yuetan.agendaitem'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_by', ''), ('answered_on', None), ('item', None), ('opinion', ''), ('recorded_by', None), ('scan', None)), models.Q(('answered_on__isnull', False), ('recorded_by__isnull', False), models.Q(models.Q(('item', None), ('scan__isnull', False)), models.Q(('item__isnull', False), ('scan', None)), _connector='OR'), models.Q(('opinion', ''), _negated=True), models.Q(('answered_by', ''), _negated=True)), _connector='OR'), name='consultation_is_answered_whole'),
        ),
        migrations.RunSQL(kept_as_asked((*ANSWERED, "item_id")), NOT_KEPT),
    ]
