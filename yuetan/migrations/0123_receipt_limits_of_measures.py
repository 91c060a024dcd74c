"""Papers of measures are signed for by a day. Those that wait are given theirs as if they had been issued today, for no
day was named to their units before; what these measures wait for is derived anew."""

import django.db.models.deletion
from django.db import migrations, models

KEPT = "CREATE TEMPORARY TABLE stale_before ON COMMIT DROP AS SELECT case_id FROM yuetan_stalepending"
MARKED = "INSERT INTO yuetan_stalepending (case_id) SELECT case_id FROM stale_before"
NTH_WORKING_DAY = """
    CASE WHEN setting.days < 1 THEN setting.today ELSE (
        SELECT each.day::date FROM generate_series(setting.today + 1, setting.today + 1000, interval '1 day') AS each (day)
        LEFT JOIN yuetan_calendarday AS known ON known.day = each.day::date
        WHERE coalesce(known.is_working, extract(isodow FROM each.day) < 6)
        ORDER BY each.day OFFSET setting.days - 1 LIMIT 1
    ) END
"""
LIMITS = f"""
    WITH setting AS (
        SELECT key, (value #>> '{{}}')::int AS days, (now() AT TIME ZONE 'Asia/Shanghai')::date AS today
        FROM yuetan_officesetting WHERE key IN ('receipt_officer_days', 'receipt_director_days')
    ),
    counted AS (SELECT key, {NTH_WORKING_DAY} AS day FROM setting)
    UPDATE yuetan_document AS paper SET
        receipt_due_on = (SELECT day FROM counted WHERE key = 'receipt_officer_days'),
        receipt_director_on = (SELECT day FROM counted WHERE key = 'receipt_director_days')
    FROM yuetan_accountabilitymeasure AS laid, yuetan_numberentry AS entry
    WHERE laid.id = paper.measure_laid_id AND entry.id = paper.entry_id AND entry.voided_at IS NULL
        AND paper.kind IN ('circular', 'veto_decision', 'listed_supervision', 'delisting', 'plea_answer')
        AND NOT (laid.state = 'revoked' AND paper.id = laid.paper_id)
        AND NOT EXISTS (SELECT FROM yuetan_receipt AS receipt WHERE receipt.document_id = paper.id)
"""  # nosec B608 - made of what stands here
MEASURES_MARKED = """
    INSERT INTO yuetan_stalepending (measure_laid_id)
    SELECT DISTINCT measure_laid_id FROM yuetan_document WHERE receipt_due_on IS NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0122_forms_of_letters'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='receipt_director_on',
            field=models.DateField(blank=True, null=True, verbose_name='签收逾期报主任的期限'),
        ),
        migrations.AddField(
            model_name='document',
            name='receipt_due_on',
            field=models.DateField(blank=True, null=True, verbose_name='签收期限'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('receipt_due_on__isnull', False)), fields=['receipt_due_on', 'id'], name='document_by_receipt_limit'),
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        migrations.DeleteModel(name='StalePending'),
        migrations.CreateModel(
            name='StalePending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='yuetan.case')),
                ('measure_laid', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='yuetan.accountabilitymeasure')),
            ],
            options={
                'ordering': ('id',),
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('case', None), ('measure_laid__isnull', False)), models.Q(('case__isnull', False), ('measure_laid', None)), _connector='OR'), name='stale_pending_of_one_subject')],
            },
        ),
        migrations.RunSQL(MARKED, migrations.RunSQL.noop),
        migrations.RunSQL(LIMITS, migrations.RunSQL.noop),
        migrations.RunSQL(MEASURES_MARKED, migrations.RunSQL.noop),
    ]
