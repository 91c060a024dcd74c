"""How long cases waited inside the office, read off what was done; a limit has only what begins from now on."""

import django.db.models.deletion
from django.db import migrations, models

# Of each state the stretch begins with the step that leads into it and ends with the next that leads out of it.
STAGES = """
INSERT INTO yuetan_officewait (case_id, stage, began_at, ended_at)
SELECT moved.case_id, moved.to_state, moved.created_at, moved.next_at
FROM (
    SELECT case_id, to_state, created_at,
           lead(created_at) OVER (PARTITION BY case_id ORDER BY created_at, id) AS next_at
    FROM yuetan_event
    WHERE case_id IS NOT NULL AND from_state <> to_state AND NOT data ? 'recorded_on'
) AS moved
JOIN yuetan_case AS its ON its.id = moved.case_id
WHERE moved.to_state IN ('in_review', 'proposed', 'approved', 'minuted')
  AND (moved.next_at IS NOT NULL OR its.state = moved.to_state)
"""
CHECKS = """
INSERT INTO yuetan_officewait (case_id, task_id, stage, began_at, ended_at)
SELECT task.case_id, task.id, 'reported', report.handed_in_at, report.decided_at
FROM yuetan_taskreport AS report
JOIN yuetan_task AS task ON task.id = report.task_id
WHERE report.kind = 'completion' AND report.handed_in_at IS NOT NULL
  AND (
    report.decided_at >= report.handed_in_at
    OR (report.decided_at IS NULL AND task.state = 'reported' AND report.version = (
        SELECT max(version) FROM yuetan_taskreport AS other
        WHERE other.task_id = task.id AND other.kind = 'completion' AND other.handed_in_at IS NOT NULL
    ))
  )
  AND NOT EXISTS (SELECT 1 FROM yuetan_event AS entered
                  WHERE entered.case_id = task.case_id AND entered.data ? 'recorded_on')
"""
STAGE_CHOICES = [
    ('in_review', '核稿'), ('proposed', '审定'), ('approved', '通知'), ('minuted', '交办'), ('reported', '核查')
]


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0042_statistics_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficeWait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=STAGE_CHOICES, max_length=20, verbose_name='办公室环节')),
                ('began_at', models.DateTimeField()),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='办理期限')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='office_waits', to='yuetan.case')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='office_waits', to='yuetan.task')),
            ],
            options={
                'ordering': ('began_at', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.RunSQL([STAGES, CHECKS, 'SET CONSTRAINTS ALL IMMEDIATE'], migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='officewait',
            index=models.Index(fields=['stage', 'ended_at'], name='office_wait_ended'),
        ),
        migrations.AddIndex(
            model_name='officewait',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['stage', 'due_on'], name='office_wait_running'),
        ),
        migrations.AddConstraint(
            model_name='officewait',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None), ('task', None)), fields=('case', 'stage'), name='one_office_wait_a_case'),
        ),
        migrations.AddConstraint(
            model_name='officewait',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('task',), name='one_office_wait_a_task'),
        ),
        migrations.AddConstraint(
            model_name='officewait',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('began_at')), _connector='OR'), name='office_wait_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='officewait',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'reported'), ('task__isnull', False)), models.Q(models.Q(('stage', 'reported'), _negated=True), ('task', None)), _connector='OR'), name='office_checks_a_task'),
        ),
    ]
