"""What reports come to below each unit, kept by triggers with each change, so that 汇总 adds up units and not reports."""

import django.db.models.deletion
from django.db import migrations, models

# A report as it counts: once where it is as it is now, and once less where it was as it was before.
COUNTED = """
    SELECT {sign} AS sign, report.period_id, {above} AS above_id, report.due_at,
        CASE WHEN report.released_at IS NULL AND report.accepted_id IS NULL THEN report.again_by END AS again_by,
        report.figures || jsonb_build_object('reports', 1,
            'awaited', (report.released_at IS NULL AND report.handed_in_at IS NULL)::int,
            'handed_in', (report.handed_in_at IS NOT NULL)::int, 'accepted', (report.accepted_id IS NOT NULL)::int,
            'late', coalesce(report.handed_in_at >= report.due_at + interval '1 minute', false)::int) AS numbers
    FROM {reports} AS report {narrowed}
"""
OF_UNIT = "JOIN yuetan_unit AS unit ON unit.id = report.unit_id"
ABOVE = "coalesce(unit.parent_id, unit.id)"
COUNTS = ("reports", "awaited", "handed_in", "accepted", "late")
COLUMNS = ", ".join(("period_id", "above_id", "due_at", "again_by", *COUNTS, "figures"))
# Counts are numbers by their names, too, while they are added up; fields are f1, f2 and so on.
NAMED = ", ".join(f"'{name}', {name}" for name in COUNTS)
SPREAD = ", ".join(f"coalesce(sum(number) FILTER (WHERE key = '{name}'), 0)" for name in COUNTS)
# Rows of the same that nobody else is about to replace become one with what is added; nobody waits.
FOLLOW = """
    WITH counted AS ({counted}), changed AS (
        SELECT period_id, above_id, due_at, again_by, key, sum(sign * value::numeric) AS number
        FROM counted CROSS JOIN LATERAL jsonb_each_text(numbers) GROUP BY 1, 2, 3, 4, 5
        HAVING sum(sign * value::numeric) <> 0
    ), held AS MATERIALIZED (
        SELECT kept.id FROM yuetan_reportsum AS kept
        JOIN (SELECT DISTINCT period_id, above_id FROM changed) AS those USING (period_id, above_id)
        FOR UPDATE OF kept SKIP LOCKED
    ), gone AS (
        DELETE FROM yuetan_reportsum AS kept USING held WHERE kept.id = held.id
        RETURNING period_id, above_id, due_at, again_by, figures || jsonb_build_object({named}) AS numbers
    ), summed AS (
        SELECT period_id, above_id, due_at, again_by, key, sum(number) AS number FROM (
            SELECT * FROM changed
            UNION ALL SELECT period_id, above_id, due_at, again_by, key, value::numeric
                FROM gone CROSS JOIN LATERAL jsonb_each_text(numbers)
        ) AS either GROUP BY 1, 2, 3, 4, 5 HAVING sum(number) <> 0
    )
    INSERT INTO yuetan_reportsum ({columns})
    SELECT period_id, above_id, due_at, again_by, {spread},
        coalesce(jsonb_object_agg(key, number) FILTER (WHERE key <> ALL (ARRAY[{counts}])), '{{}}')
    FROM summed GROUP BY 1, 2, 3, 4;
"""


def follow(*sides):
    """The statement that adds these sides: the sign, the rows, the unit above, and which of the rows."""
    parts = (
        COUNTED.format(sign=sign, reports=reports, above=above, narrowed=narrowed)
        for sign, reports, above, narrowed in sides
    )
    counts = ", ".join(f"'{name}'" for name in COUNTS)
    words = {"named": NAMED, "spread": SPREAD, "columns": COLUMNS, "counts": counts}
    return FOLLOW.format(counted=" UNION ALL ".join(parts), **words)


def function(name, statement):
    """A function for a trigger after a statement or a row."""
    return f"""
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        {statement}
        RETURN NULL;
    END $$;
    """


BEFORE, AFTER = (-1, "former", ABOVE, OF_UNIT), (1, "present", ABOVE, OF_UNIT)
OF_IT = "WHERE report.unit_id = NEW.id"
MOVED = [
    (sign, "yuetan_periodicreport", f"coalesce({row}.parent_id, {row}.id)", OF_IT)
    for sign, row in ((-1, "OLD"), (1, "NEW"))
]
# Whoever changes a report of the unit meanwhile would count it where the unit was; moving one is rare.
ALONE = "LOCK TABLE yuetan_periodicreport IN SHARE ROW EXCLUSIVE MODE;"
KEPT = "".join(
    (
        function("yuetan_add_reports", follow(AFTER)),
        function("yuetan_follow_reports", follow(BEFORE, AFTER)),
        function("yuetan_move_reports", ALONE + follow(*MOVED)),
        """
        CREATE TRIGGER sums_begin AFTER INSERT ON yuetan_periodicreport REFERENCING NEW TABLE AS present
            FOR EACH STATEMENT EXECUTE FUNCTION yuetan_add_reports();
        CREATE TRIGGER sums_follow AFTER UPDATE ON yuetan_periodicreport
            REFERENCING OLD TABLE AS former NEW TABLE AS present
            FOR EACH STATEMENT EXECUTE FUNCTION yuetan_follow_reports();
        CREATE TRIGGER sums_move AFTER UPDATE OF parent_id ON yuetan_unit FOR EACH ROW
            WHEN (OLD.parent_id IS DISTINCT FROM NEW.parent_id) EXECUTE FUNCTION yuetan_move_reports();
        """,
    )
)
DROPPED = """
DROP TRIGGER sums_move ON yuetan_unit;
DROP TRIGGER sums_follow ON yuetan_periodicreport;
DROP TRIGGER sums_begin ON yuetan_periodicreport;
DROP FUNCTION yuetan_move_reports();
DROP FUNCTION yuetan_follow_reports();
DROP FUNCTION yuetan_add_reports();
"""
FILLED = follow((1, "yuetan_periodicreport", ABOVE, OF_UNIT))


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0134_received_ended_unreplied'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportSum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(null=True)),
                ('again_by', models.DateField(null=True)),
                ('reports', models.IntegerField()),
                ('awaited', models.IntegerField()),
                ('handed_in', models.IntegerField()),
                ('accepted', models.IntegerField()),
                ('late', models.IntegerField()),
                ('figures', models.JSONField()),
                ('above', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit')),
                ('period', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.reportperiod')),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['period', 'above'], name='sums_of_period')],
            },
        ),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, DROPPED),
    ]
