"""跟踪督查 follows a paper of each unit and says of each point whether it was put right; 特派督导 is sent with an errand.

What a round follows and who sent it is kept as the rest of its plan is.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE TRIGGER kept_as_sent_out BEFORE UPDATE ON yuetan_supervisionround FOR EACH ROW WHEN (
    OLD.announced_at IS NOT NULL AND (NEW.sent_by_id, NEW.sent_title, NEW.sent_on, NEW.errand)
        IS DISTINCT FROM (OLD.sent_by_id, OLD.sent_title, OLD.sent_on, OLD.errand)
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_followed BEFORE UPDATE ON yuetan_roundvisit FOR EACH ROW WHEN (
    NEW.followed IS DISTINCT FROM OLD.followed
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_answered BEFORE UPDATE ON yuetan_roundfinding FOR EACH ROW WHEN (
    NEW.answers IS DISTINCT FROM OLD.answers
) EXECUTE FUNCTION yuetan_refuse_change();
"""
DROPPED = """
DROP TRIGGER kept_as_answered ON yuetan_roundfinding;
DROP TRIGGER kept_as_followed ON yuetan_roundvisit;
DROP TRIGGER kept_as_sent_out ON yuetan_supervisionround;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0160_withdrawn_invitations'),
    ]

    operations = [
        migrations.AddField(
            model_name='roundfinding',
            name='answers',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='跟踪的问题'),
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='followed',
            field=models.JSONField(blank=True, db_default={}, default=dict, verbose_name='跟踪的事项'),
        ),
        migrations.AddField(
            model_name='supervisionround',
            name='errand',
            field=models.TextField(blank=True, db_default='', verbose_name='特派任务'),
        ),
        migrations.AddField(
            model_name='supervisionround',
            name='sent_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='supervisionround',
            name='sent_on',
            field=models.DateField(blank=True, null=True, verbose_name='派出日期'),
        ),
        migrations.AddField(
            model_name='supervisionround',
            name='sent_title',
            field=models.CharField(blank=True, db_default='', max_length=200),
        ),
        migrations.AddConstraint(
            model_name='roundfinding',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('visit', 'answers'), name='one_finding_per_point'),
        ),
        migrations.AddConstraint(
            model_name='supervisionround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('errand', ''), ('sent_by', None), ('sent_on', None), ('sent_title', '')), models.Q(('kind', 'dispatched'), ('sent_by__isnull', False), ('sent_on__isnull', False), models.Q(('errand', ''), _negated=True)), _connector='OR'), name='round_is_sent_whole'),
        ),
        migrations.RunSQL(KEPT, DROPPED),
    ]
