"""The day of 交办 of tasks handed over before; what was being typed into a task's own form goes into the case's one form."""

from django.db import migrations, models

HANDED_OVER = """
    UPDATE yuetan_task AS task
    SET assigned_on = COALESCE(
        (
            SELECT min(event.created_at AT TIME ZONE 'Asia/Shanghai')::date
            FROM yuetan_event AS event
            WHERE event.case_id = task.case_id AND event.verb = 'assign'
        ),
        task.agreed_on
    )
"""
TYPED = """
    UPDATE yuetan_typedtext AS typed
    SET name = 'reports-' || task.number || '-text', task_id = NULL
    FROM yuetan_task AS task
    WHERE task.id = typed.task_id AND typed.verb = 'prepare_report' AND typed.name = 'text'
"""
TYPED_BACK = """
    UPDATE yuetan_typedtext AS typed
    SET name = 'text', task_id = task.id
    FROM yuetan_task AS task
    WHERE task.case_id = typed.case_id AND typed.verb = 'prepare_report'
        AND typed.name = 'reports-' || task.number || '-text'
"""


class Migration(migrations.Migration):
    dependencies = [("yuetan", "0026_progress_reports")]

    operations = [
        migrations.RunSQL(HANDED_OVER, migrations.RunSQL.noop),
        migrations.RunSQL(TYPED, TYPED_BACK),
        # what was queued on the rows just written must be done before the table may be altered
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField("task", "assigned_on", models.DateField(verbose_name="交办之日")),
    ]
