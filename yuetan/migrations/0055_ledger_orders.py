"""Papers and numbers in more orders; a number keeps the unit to which its paper, or the case it is kept for, is open."""

import django.db.models.deletion
from django.db import migrations, models


OPEN_TO = """
UPDATE yuetan_numberentry AS entry SET open_to_id = open.unit_id FROM (
    SELECT entry_id, open_to_id AS unit_id FROM yuetan_document
    UNION SELECT kept.id, its.unit_id FROM yuetan_numberentry AS kept JOIN yuetan_case AS its ON its.id = kept.case_id
    WHERE its.opened_on IS NOT NULL
) AS open WHERE open.entry_id = entry.id AND open.unit_id IS NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0054_letter_order'),
    ]

    operations = [
        migrations.AddField(
            model_name='numberentry',
            name='open_to',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit'),
        ),
        migrations.RunSQL([OPEN_TO, 'SET CONSTRAINTS ALL IMMEDIATE'], migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['-year', 'prefix', 'serial', 'id'], name='document_by_number'),
        ),
        migrations.AddIndex(
            model_name='numberentry',
            index=models.Index(fields=['given_at', 'id'], name='number_by_day'),
        ),
        migrations.AddIndex(
            model_name='numberentry',
            index=models.Index(fields=['kind', '-year', 'prefix', 'serial', 'id'], name='number_of_kind'),
        ),
        migrations.AddIndex(
            model_name='numberentry',
            index=models.Index(fields=['open_to', '-year', 'prefix', 'serial', 'id'], name='number_of_unit'),
        ),
    ]
