"""Who is of the office is found by an index of its few posts; four indexes go whose column another begins with, and
that every event, message and row of 待办 paid for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Beside: (recipient, -created_at, -id); (actor, -created_at, -id); (case, -created_at, -id); the one of all columns.
DOUBLED = {
    "yuetan_alert_recipient_id_6d8fe88e": "yuetan_alert (recipient_id)",
    "yuetan_event_actor_id_fda5ec12": "yuetan_event (actor_id)",
    "yuetan_event_case_id_2cd5eb4e": "yuetan_event (case_id)",
    "yuetan_pendingstep_case_id_19e39b6c": "yuetan_pendingstep (case_id)",
}


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0148_follow_ups'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            # Altered by Django each column would have its foreign key made anew, and asked of every event there is.
            database_operations=[
                migrations.RunSQL(f'DROP INDEX {name}', f'CREATE INDEX {name} ON {columns}')
                for name, columns in DOUBLED.items()
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='alert',
                    name='recipient',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AlterField(
                    model_name='event',
                    name='actor',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AlterField(
                    model_name='event',
                    name='case',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='yuetan.case'),
                ),
                migrations.AlterField(
                    model_name='pendingstep',
                    name='case',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pending_steps', to='yuetan.case'),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('kind__in', ['group_leader', 'first_deputy_leader', 'deputy_leader', 'office_director', 'case_officer', 'supervisor', 'system_administrator', 'security_administrator', 'security_auditor'])), fields=['kind'], name='posts_of_office'),
        ),
    ]
