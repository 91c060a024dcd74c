"""更正会议纪要: what was minuted changes to what an issued correction says, and to nothing else."""

import django.db.models.deletion
import uuid
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models

CALLED = (
    *("kind", "year", "serial", "topic", "begins_at", "place", "chair_id", "demands", "called_by_id", "called_at"),
    *("convened_by_id", "convened_at"),
)
CORRECTED = (
    *("observers", "presence", "attended_by_id", "attended_name", "attended_title", "instead_of"),
    *("title", "conclusion"),
)


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f'{row}."{column}"' for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def keep_minuted(exception):
    """The function that refuses a change of what was minuted, but for this exception."""
    return f"""
    CREATE OR REPLACE FUNCTION yuetan_keep_minuted() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        of_meeting uuid;
        corrected jsonb;
        agreed jsonb;
    BEGIN
        IF TG_OP = 'DELETE' AND yuetan_is_destroying() THEN RETURN OLD;
        END IF;
        IF TG_TABLE_NAME = 'yuetan_meeting' THEN of_meeting := OLD.id;
        ELSIF TG_OP = 'INSERT' THEN of_meeting := NEW.meeting_id;
        ELSE of_meeting := OLD.meeting_id;
        END IF;
        IF EXISTS (SELECT FROM yuetan_meeting WHERE id = of_meeting AND minuted_at IS NOT NULL) THEN
            {exception}
            RAISE EXCEPTION '% rows stay as the minutes have them', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD;
        END IF;
        RETURN NEW;
    END $$;
    """  # nosec B608 - made of what stands here


AS_CORRECTED = f"""
            SELECT made.text INTO corrected FROM yuetan_meetingcorrection made
            WHERE meeting_id = of_meeting AND confirmed_at IS NOT NULL ORDER BY confirmed_at DESC, id DESC LIMIT 1;
            IF corrected IS NOT NULL AND TG_TABLE_NAME = 'yuetan_resolution' AND TG_OP <> 'UPDATE' THEN
                IF TG_OP = 'INSERT' THEN agreed := to_jsonb(NEW); ELSE agreed := to_jsonb(OLD);
                END IF;
                agreed := jsonb_build_array(jsonb_build_object(
                    'number', agreed -> 'number', 'text', agreed -> 'text',
                    'unit_id', agreed -> 'unit_id', 'due_on', agreed -> 'due_on'
                ));
                IF TG_OP = 'INSERT' AND corrected -> 'resolution' @> agreed THEN RETURN NEW;
                END IF;
                IF TG_OP = 'DELETE' AND NOT corrected -> 'resolution' @> agreed THEN RETURN OLD;
                END IF;
            ELSIF corrected IS NOT NULL AND TG_TABLE_NAME <> 'yuetan_resolution' AND TG_OP = 'UPDATE' THEN
                IF to_jsonb(NEW) = to_jsonb(OLD) || (corrected -> substr(TG_TABLE_NAME, 8) -> OLD.id::text)
                    AND to_jsonb(NEW) - ARRAY{list(CORRECTED)} = to_jsonb(OLD) - ARRAY{list(CORRECTED)}
                THEN RETURN NEW;
                END IF;
            END IF;
"""  # nosec B608 - the same
TRIGGERS = f"""
DROP TRIGGER kept_as_convened ON yuetan_meeting;
CREATE TRIGGER kept_as_convened BEFORE UPDATE ON yuetan_meeting FOR EACH ROW WHEN (
    OLD.cancelled_at IS NOT NULL OR (OLD.convened_at IS NOT NULL AND {changed(CALLED)})
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_minuted BEFORE UPDATE ON yuetan_meeting FOR EACH ROW
EXECUTE FUNCTION yuetan_keep_minuted();
CREATE TRIGGER kept BEFORE DELETE ON yuetan_meetingcorrection FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_ended BEFORE UPDATE ON yuetan_meetingcorrection FOR EACH ROW WHEN (
    OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR {changed(("id", "meeting_id"))}
) EXECUTE FUNCTION yuetan_refuse_change();
"""
AS_THEY_WERE = f"""
DROP TRIGGER kept_as_minuted ON yuetan_meeting;
DROP TRIGGER kept_as_convened ON yuetan_meeting;
CREATE TRIGGER kept_as_convened BEFORE UPDATE ON yuetan_meeting FOR EACH ROW WHEN (
    OLD.minuted_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL OR (OLD.convened_at IS NOT NULL AND {changed(CALLED)})
) EXECUTE FUNCTION yuetan_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0104_consultation_letters'),
    ]

    operations = [
        migrations.CreateModel(
            name='MeetingCorrection',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.TextField(verbose_name='更正原因')),
                ('text', models.JSONField(verbose_name='更正后的内容')),
                ('stood', models.JSONField(blank=True, default=dict, verbose_name='更正前的内容')),
                ('drafted_at', models.DateTimeField(default=yuetan.rules.dates.clock.now, verbose_name='拟定时间')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='印发时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='放弃时间')),
                ('withdrawal_reason', models.TextField(blank=True, verbose_name='放弃原因')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='yuetan.meeting')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('meeting', 'drafted_at', 'pk'),
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('withdrawn_at', None)), fields=('meeting',), name='one_meeting_correction_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('withdrawn_at', None), models.Q(('confirmed_by', models.F('drafted_by')), _negated=True)), _connector='OR'), name='meeting_correction_of_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='meeting_correction_is_withdrawn_whole')],
            },
        ),
        migrations.RunSQL(keep_minuted(AS_CORRECTED) + TRIGGERS, keep_minuted("") + AS_THEY_WERE),
    ]
