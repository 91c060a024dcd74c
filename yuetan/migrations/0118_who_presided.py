"""Who in fact presided at a meeting; of meetings held before, who was to chair, where they came."""

from django.db import migrations, models

CORRECTED = ["observers", "presence", "attended_by_id", "attended_name", "attended_title", "instead_of"]
CORRECTED += ["title", "conclusion"]
# A draft under way says it too, else the rows could not become what it says.
BACK_FILLED = """
ALTER TABLE yuetan_invitation DISABLE TRIGGER kept_as_minuted;
UPDATE yuetan_invitation SET presided = true FROM yuetan_meeting
WHERE yuetan_meeting.id = yuetan_invitation.meeting_id AND yuetan_meeting.chair_id = yuetan_invitation.post_id
    AND yuetan_invitation.presence IN ('attended', 'sat_in');
ALTER TABLE yuetan_invitation ENABLE TRIGGER kept_as_minuted;
UPDATE yuetan_meetingcorrection draft SET text = jsonb_set(draft.text, '{invitation}', (
    SELECT jsonb_object_agg(came.key, came.value || jsonb_build_object('presided', invited.presided))
    FROM jsonb_each(draft.text -> 'invitation') came JOIN yuetan_invitation invited ON invited.id = came.key::bigint
)) WHERE draft.confirmed_at IS NULL AND draft.withdrawn_at IS NULL;
"""


def letting_through(before, after):
    """The function of 0105, in which further columns may become what a correction says."""
    return f"""
    DO $do$
    DECLARE
        body text := pg_get_functiondef('yuetan_keep_minuted()'::regprocedure);
    BEGIN
        IF position($old${before}$old$ IN body) = 0 THEN RAISE EXCEPTION 'yuetan_keep_minuted is another one';
        END IF;
        EXECUTE replace(body, $old${before}$old$, $new${after}$new$);
    END $do$;
    """  # nosec B608 - made of what stands here


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0117_reports_settled'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='presided',
            field=models.BooleanField(default=False, verbose_name='实际主持'),
        ),
        migrations.RunSQL(BACK_FILLED, migrations.RunSQL.noop),
        migrations.RunSQL(
            letting_through(f"ARRAY{CORRECTED}", f"ARRAY{['presided', *CORRECTED]}"),
            letting_through(f"ARRAY{['presided', *CORRECTED]}", f"ARRAY{CORRECTED}"),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('presided', True)), fields=('meeting',), name='one_presides_at_a_meeting'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('presided', False), ('presence__in', ('attended', 'sat_in')), _connector='OR'), name='whoever_presided_was_there'),
        ),
    ]
