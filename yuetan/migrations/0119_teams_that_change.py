"""督导: a team that changes on its way, a covert visit that is moved with a reason, and how a conclusion was come to."""

from django.db import migrations, models

# The trigger of 0100, with one more column.
VISITED = (
    *("day", "points", "finding_count", "problem_count", "findings_changed_at", "conclusion", "demands"),
    *("concluded_on", "concluded_by", "concluded_at", "recorded_by_id", "informed_by_id", "informed_at"),
    *("dropped_by_id", "dropped_at", "drop_reason"),
)
RECEIVED = ("received_by_id", "received_title", "received_at")


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f'{row}."{column}"' for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept_as_informed(columns):
    """The trigger on what a unit was told."""
    return f"""
    DROP TRIGGER kept_as_informed ON yuetan_roundvisit;
    CREATE TRIGGER kept_as_informed BEFORE UPDATE ON yuetan_roundvisit FOR EACH ROW WHEN (
        {changed(("id", "round_id", "unit_id"))}
        OR OLD.dropped_at IS NOT NULL OR OLD.opinion_received_at IS NOT NULL
        OR (OLD.received_at IS NOT NULL AND {changed(RECEIVED)})
        OR (OLD.informed_at IS NOT NULL AND {changed((*columns, *RECEIVED))})
    ) EXECUTE FUNCTION yuetan_refuse_change()
    """


TEAM = """
CREATE FUNCTION yuetan_team_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_round uuid;
    is_over boolean;
    is_planned boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN of_round := NEW.round_id; ELSE of_round := OLD.round_id; END IF;
    SELECT ended_at IS NOT NULL OR cancelled_at IS NOT NULL, announced_at IS NULL AND NOT EXISTS (
        SELECT FROM yuetan_roundfinding AS found JOIN yuetan_roundvisit AS visit ON visit.id = found.visit_id
        WHERE visit.round_id = of_round
    ) INTO is_over, is_planned FROM yuetan_supervisionround WHERE id = of_round;
    IF NOT FOUND OR (NOT is_over AND is_planned) THEN -- copies come before the round that they are of
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF NOT is_over AND TG_OP = 'INSERT' AND NEW.joined_on IS NOT NULL THEN RETURN NEW; END IF;
    IF NOT is_over AND TG_OP = 'UPDATE' AND OLD.left_on IS NULL AND NEW.left_on IS NOT NULL AND
        to_jsonb(NEW) - '{left_on,leave_reason}'::text[] = to_jsonb(OLD) - '{left_on,leave_reason}'::text[]
    THEN RETURN NEW;
    END IF;
    RAISE EXCEPTION 'who went is not changed once a round has begun' USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER kept ON yuetan_roundmember;
CREATE TRIGGER kept BEFORE INSERT OR UPDATE OR DELETE ON yuetan_roundmember
FOR EACH ROW EXECUTE FUNCTION yuetan_team_goes_on();
"""
TEAM_AS_IT_WAS = """
DROP TRIGGER kept ON yuetan_roundmember;
CREATE TRIGGER kept BEFORE INSERT OR UPDATE OR DELETE ON yuetan_roundmember
FOR EACH ROW EXECUTE FUNCTION yuetan_round_is_planned();
DROP FUNCTION yuetan_team_goes_on();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0118_who_presided'),
    ]

    operations = [
        migrations.AddField(
            model_name='roundmember',
            name='joined_on',
            field=models.DateField(blank=True, null=True, verbose_name='加入日期'),
        ),
        migrations.AddField(
            model_name='roundmember',
            name='join_reason',
            field=models.TextField(blank=True, verbose_name='加入原因'),
        ),
        migrations.AddField(
            model_name='roundmember',
            name='left_on',
            field=models.DateField(blank=True, null=True, verbose_name='退出日期'),
        ),
        migrations.AddField(
            model_name='roundmember',
            name='leave_reason',
            field=models.TextField(blank=True, verbose_name='退出原因'),
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='moved_from',
            field=models.DateField(blank=True, null=True, verbose_name='原定日期'),
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='move_reason',
            field=models.TextField(blank=True, verbose_name='改期原因'),
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='discussion',
            field=models.TextField(blank=True, verbose_name='讨论过程'),
        ),
        migrations.RemoveConstraint(model_name='roundmember', name='one_place_a_person_in_a_round'),
        migrations.RemoveConstraint(model_name='roundmember', name='one_leads_a_round'),
        migrations.AddConstraint(
            model_name='roundmember',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('round', 'person'), name='one_place_a_person_in_a_round'),
        ),
        migrations.AddConstraint(
            model_name='roundmember',
            constraint=models.UniqueConstraint(condition=models.Q(('leads', True), ('left_on', None)), fields=('round',), name='one_leads_a_round'),
        ),
        migrations.AddConstraint(
            model_name='roundmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('join_reason', ''), ('joined_on', None)), models.Q(('joined_on__isnull', False), models.Q(('join_reason', ''), _negated=True)), _connector='OR'), name='who_joined_a_round_is_given_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='roundmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('leave_reason', ''), ('left_on', None)), models.Q(('left_on__isnull', False), models.Q(('leave_reason', ''), _negated=True)), _connector='OR'), name='who_left_a_round_is_given_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='roundvisit',
            constraint=models.CheckConstraint(condition=models.Q(('concluded_at__isnull', False), ('discussion', ''), _connector='OR'), name='only_a_conclusion_was_discussed'),
        ),
        migrations.RunSQL(kept_as_informed((*VISITED, "discussion")), kept_as_informed(VISITED)),
        migrations.RunSQL(TEAM, TEAM_AS_IT_WAS),
    ]
