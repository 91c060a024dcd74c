"""What lists are asked by: the day a case or letter was opened to its unit; the unit of a paper and of a task."""

import django.db.models.deletion
from django.db import migrations, models

FILLED = (
    """
    UPDATE yuetan_case SET opened_on = first.opened_on
    FROM (
        SELECT case_id, (min(issued_at) AT TIME ZONE 'Asia/Shanghai')::date AS opened_on
        FROM yuetan_document WHERE case_id IS NOT NULL GROUP BY case_id
    ) AS first
    WHERE first.case_id = yuetan_case.id
      AND state IN ('notified', 'interviewed', 'minuted', 'rectifying', 'inspecting', 'closed', 'withdrawn')
    """,
    """
    UPDATE yuetan_letter SET opened_on = (paper.issued_at AT TIME ZONE 'Asia/Shanghai')::date
    FROM yuetan_document AS paper WHERE paper.letter_id = yuetan_letter.id AND yuetan_letter.state = 'issued'
    """,
    """
    UPDATE yuetan_document AS paper SET
        unit_id = coalesce(
            (SELECT unit_id FROM yuetan_case WHERE id = paper.case_id),
            (SELECT unit_id FROM yuetan_letter WHERE id = paper.letter_id)
        ),
        is_scanned = EXISTS (SELECT FROM yuetan_scan WHERE document_id = paper.id)
    """,
    "UPDATE yuetan_task AS task SET unit_id = (SELECT unit_id FROM yuetan_case WHERE id = task.case_id)",
)



class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0019_earlier_cases'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='opened_on',
            field=models.DateField(blank=True, null=True, verbose_name='向该单位开放之日'),
        ),
        migrations.AddField(
            model_name='document',
            name='is_scanned',
            field=models.BooleanField(default=False, verbose_name='已上传盖章扫描件'),
        ),
        migrations.AddField(
            model_name='document',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit'),
        ),
        migrations.AddField(
            model_name='letter',
            name='opened_on',
            field=models.DateField(blank=True, null=True, verbose_name='向该单位开放之日'),
        ),
        migrations.AddField(
            model_name='task',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit'),
        ),
        *(migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in FILLED),
    ]
