"""Cases that wait for a change now: a proposal that came back, minutes with an objection; their rows are made anew."""

from django.db import migrations

MARK = """
    INSERT INTO yuetan_stalepending (case_id)
    SELECT id FROM yuetan_case WHERE state IN ('drafted', 'interviewed')
    ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0039_contacts'),
    ]

    operations = [
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
    ]
