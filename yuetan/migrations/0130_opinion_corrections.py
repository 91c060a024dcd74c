"""更正督导意见书: what a unit was told becomes what an issued correction says, and nothing else."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import yuetan.rules.dates.clock

# The columns of the trigger of 0127.
VISITED = (
    *("day", "points", "finding_count", "problem_count", "findings_changed_at", "conclusion", "demands"),
    *("concluded_on", "concluded_by", "concluded_at", "recorded_by_id", "informed_by_id", "informed_at"),
    *("dropped_by_id", "dropped_at", "drop_reason", "discussion", "moved_from", "move_reason"),
)
RECEIVED = ("received_by_id", "received_title", "received_at")
SAID = ("conclusion", "demands", "discussion", "concluded_on", "concluded_by")
COUNTED = ("finding_count", "problem_count", "opinion_corrected_at")
SIGNED = ("opinion_received_by_id", "opinion_received_title", "opinion_received_at")


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f'{row}."{column}"' for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept_as_informed(function, *columns):
    """The trigger on what a unit was told."""
    return f"""
    DROP TRIGGER kept_as_informed ON yuetan_roundvisit;
    CREATE TRIGGER kept_as_informed BEFORE UPDATE ON yuetan_roundvisit FOR EACH ROW WHEN (
        {changed(("id", "round_id", "unit_id"))}
        OR OLD.dropped_at IS NOT NULL OR OLD.opinion_received_at IS NOT NULL
        OR (OLD.received_at IS NOT NULL AND {changed(RECEIVED)})
        OR (OLD.informed_at IS NOT NULL AND {changed((*VISITED, *columns, *RECEIVED))})
    ) EXECUTE FUNCTION {function}()
    """


FREE = f"'{{{','.join((*SAID, *COUNTED, *SIGNED))}}}'::text[]"
LAST = "SELECT max(confirmed_at) FROM yuetan_opinioncorrection WHERE visit_id ="
# The correction is issued first, then the findings, the visit last: until then what it says may be written.
FUNCTIONS = f"""
CREATE FUNCTION yuetan_visit_is_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.informed_at IS NOT NULL AND OLD.dropped_at IS NULL AND NEW.opinion_received_at IS NULL
        AND NEW.opinion_corrected_at IS DISTINCT FROM OLD.opinion_corrected_at
        AND NEW.opinion_corrected_at = ({LAST} OLD.id)
        AND to_jsonb(NEW) - {FREE} = to_jsonb(OLD) - {FREE}
        AND EXISTS (
            SELECT FROM yuetan_opinioncorrection AS made
            WHERE made.visit_id = OLD.id AND made.confirmed_at = NEW.opinion_corrected_at AND NOT EXISTS (
                SELECT FROM jsonb_each(made.text -> 'visit') AS said
                WHERE to_jsonb(NEW) -> said.key IS DISTINCT FROM said.value
            )
        )
    THEN RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what a unit was told is not changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE OR REPLACE FUNCTION yuetan_visit_is_not_informed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM yuetan_roundvisit WHERE id = NEW.visit_id AND (
            dropped_at IS NOT NULL
            OR (informed_at IS NOT NULL AND opinion_corrected_at IS NOT DISTINCT FROM ({LAST} NEW.visit_id))
        )
    ) THEN RAISE EXCEPTION 'nothing is found once a unit was told' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kept BEFORE DELETE ON yuetan_opinioncorrection
FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_ended BEFORE UPDATE ON yuetan_opinioncorrection FOR EACH ROW WHEN (
    OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR {changed(("id", "visit_id"))}
) EXECUTE FUNCTION yuetan_refuse_change();
"""  # nosec B608 - made of what stands here
AS_THEY_WERE = """
DROP TRIGGER kept_as_ended ON yuetan_opinioncorrection;
DROP TRIGGER kept ON yuetan_opinioncorrection;
CREATE OR REPLACE FUNCTION yuetan_visit_is_not_informed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM yuetan_roundvisit WHERE id = NEW.visit_id AND (informed_at IS NOT NULL OR dropped_at IS NOT NULL))
    THEN RAISE EXCEPTION 'nothing is found once a unit was told' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
DROP FUNCTION yuetan_visit_is_corrected();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0129_recipients_of_analyses'),
    ]

    operations = [
        migrations.CreateModel(
            name='OpinionCorrection',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.TextField(verbose_name='更正原因')),
                ('text', models.JSONField(verbose_name='更正后的内容')),
                ('stood', models.JSONField(blank=True, default=dict, verbose_name='更正前的内容')),
                ('received_title', models.CharField(blank=True, max_length=200)),
                ('received_at', models.DateTimeField(blank=True, null=True, verbose_name='更正前的签收时间')),
                ('drafted_at', models.DateTimeField(default=yuetan.rules.dates.clock.now, verbose_name='拟定时间')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='印发时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='放弃时间')),
                ('withdrawal_reason', models.TextField(blank=True, verbose_name='放弃原因')),
            ],
            options={
                'ordering': ('visit', 'drafted_at', 'pk'),
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='roundfinding',
            options={'default_permissions': (), 'ordering': ('visit', 'number', 'recorded_at', 'pk')},
        ),
        migrations.RemoveConstraint(
            model_name='roundfinding',
            name='one_finding_per_number',
        ),
        migrations.RemoveConstraint(
            model_name='roundvisit',
            name='visit_is_informed_of_a_conclusion',
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='opinion_corrected_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='更正时间'),
        ),
        migrations.AddConstraint(
            model_name='roundfinding',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('visit', 'number'), name='one_finding_per_number'),
        ),
        migrations.AddConstraint(
            model_name='roundvisit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('informed_at', None), ('informed_by', None), ('opinion_corrected_at', None)), models.Q(('concluded_at__isnull', False), ('dropped_at', None), ('informed_at__isnull', False), ('informed_by__isnull', False)), _connector='OR'), name='visit_is_informed_of_a_conclusion'),
        ),
        migrations.AddField(
            model_name='opinioncorrection',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='opinioncorrection',
            name='drafted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='opinioncorrection',
            name='received_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='opinioncorrection',
            name='visit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='yuetan.roundvisit'),
        ),
        migrations.AddField(
            model_name='opinioncorrection',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundfile',
            name='correction',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='yuetan.opinioncorrection'),
        ),
        migrations.AddConstraint(
            model_name='roundfile',
            constraint=models.CheckConstraint(condition=models.Q(('correction', None), ('visit__isnull', False), _connector='OR'), name='round_file_of_a_correction_names_its_visit'),
        ),
        migrations.AddConstraint(
            model_name='opinioncorrection',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('withdrawn_at', None)), fields=('visit',), name='one_opinion_correction_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='opinioncorrection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None), ('received_at', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('withdrawn_at', None), models.Q(('confirmed_by', models.F('drafted_by')), _negated=True)), _connector='OR'), name='opinion_correction_of_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='opinioncorrection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='opinion_correction_is_withdrawn_whole'),
        ),
        migrations.AddConstraint(
            model_name='opinioncorrection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('received_at', None), ('received_by', None), ('received_title', '')), models.Q(('received_at__isnull', False), ('received_by__isnull', False)), _connector='OR'), name='opinion_before_was_received_whole'),
        ),
        migrations.RunSQL(
            FUNCTIONS + kept_as_informed("yuetan_visit_is_corrected", "opinion_corrected_at"),
            kept_as_informed("yuetan_refuse_change") + ";" + AS_THEY_WERE,
        ),
    ]
