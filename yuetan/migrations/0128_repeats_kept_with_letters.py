"""Whether a 三书一函 repeats an earlier one is kept with it, so that a year is counted off one index. The newest files of
the same bytes are found by theirs. 待办 of what was put to two bodies is derived anew, as `load` did since 0121."""

from django.db import migrations, models

REPEATS = """
    UPDATE yuetan_receivedletter AS letter SET repeats_on = earlier.received_on
    FROM yuetan_receivedletter AS its CROSS JOIN LATERAL (
        SELECT other.received_on FROM yuetan_receivedletter AS other
        WHERE other.unit_id = its.unit_id AND other.withdrawn_at IS NULL
            AND (other.received_on < its.received_on OR (other.received_on = its.received_on AND other.id < its.id))
            AND (other.matter_key = its.matter_key
                OR (length(other.matter_key) >= 4 AND strpos(its.matter_key, other.matter_key) > 0)
                OR (length(its.matter_key) >= 4 AND strpos(other.matter_key, its.matter_key) > 0))
        ORDER BY other.received_on DESC, other.id DESC LIMIT 1
    ) AS earlier
    WHERE its.id = letter.id AND letter.withdrawn_at IS NULL
"""
PROPOSALS_MARKED = """
    INSERT INTO yuetan_stalepending (measure_laid_id)
    SELECT id FROM yuetan_accountabilitymeasure WHERE state = 'suggested' ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0127_records_kept_whole'),
    ]

    operations = [
        migrations.AddField(
            model_name='receivedletter',
            name='repeats_on',
            field=models.DateField(blank=True, null=True, verbose_name='此前同一事由的收到日期'),
        ),
        migrations.AddIndex(
            model_name='receivedletter',
            index=models.Index(condition=models.Q(('withdrawn_at', None)), fields=['received_on'], include=('kind', 'unit', 'reply', 'late_days', 'due_on', 'repeats_on', 'withdrawn_at'), name='received_letters_counted'),
        ),
        migrations.AddIndex(
            model_name='receivedletter',
            index=models.Index(condition=models.Q(('withdrawn_at', None)), fields=['kind', '-received_on', '-id'], name='received_letters_of_kind'),
        ),
        migrations.RemoveIndex(
            model_name='attachment',
            name='yuetan_atta_sha256_789a24_idx',
        ),
        migrations.RemoveIndex(
            model_name='attachment',
            name='yuetan_atta_offered_7ca35c_idx',
        ),
        migrations.RemoveIndex(
            model_name='scan',
            name='yuetan_scan_sha256_f298de_idx',
        ),
        migrations.RemoveIndex(
            model_name='scan',
            name='yuetan_scan_offered_ab4c6e_idx',
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(fields=['sha256', '-uploaded_at', '-id'], name='yuetan_atta_sha256_80f930_idx'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(fields=['offered_sha256', '-uploaded_at', '-id'], name='yuetan_atta_offered_219ea3_idx'),
        ),
        migrations.AddIndex(
            model_name='scan',
            index=models.Index(fields=['sha256', '-uploaded_at', '-id'], name='yuetan_scan_sha256_8e41a0_idx'),
        ),
        migrations.AddIndex(
            model_name='scan',
            index=models.Index(fields=['offered_sha256', '-uploaded_at', '-id'], name='yuetan_scan_offered_1b7693_idx'),
        ),
        migrations.RunSQL(REPEATS, migrations.RunSQL.noop),
        migrations.RunSQL(PROPOSALS_MARKED, migrations.RunSQL.noop),
    ]
