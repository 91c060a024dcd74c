"""The date of a case under rectification is that of what is owed: a report that waits to be checked has none."""

from django.db import migrations

DUE = """
    UPDATE yuetan_case AS one SET due_on = (
        SELECT min(task.runs_until) FROM yuetan_task AS task
        WHERE task.case_id = one.id AND task.state IN ('assigned', 'returned')
    )
    WHERE one.state = 'rectifying'
"""


class Migration(migrations.Migration):
    dependencies = [("yuetan", "0031_what_was_before")]

    operations = [migrations.RunSQL(DUE, migrations.RunSQL.noop)]
