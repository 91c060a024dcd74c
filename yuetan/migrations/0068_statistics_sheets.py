"""约谈工作统计表: the figures of a period, frozen with a paper of no case and no letter."""

import django.db.models.deletion
from django.db import migrations, models


BEFORE = (
    *("html", "sha256", "prefix", "year", "serial", "kind", "issued_at", "entry_id", "check_code"),
    *("title", "addressee", "issued_by_id", "case_id", "letter_id", "wording_sha256"),
)


def keep_document(columns):
    """The function of 0052, with more columns."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"""
    CREATE OR REPLACE FUNCTION yuetan_keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF ({new}) IS DISTINCT FROM ({old})
            OR (OLD.pdf_sha256 <> '' AND NEW.pdf_sha256 IS DISTINCT FROM OLD.pdf_sha256)
            OR (NEW.page_count IS DISTINCT FROM OLD.page_count AND (OLD.pdf_sha256 <> '' OR NEW.pdf_sha256 = ''))
            OR (OLD.pdf <> '' AND NEW.pdf IS DISTINCT FROM OLD.pdf)
        THEN RAISE EXCEPTION 'an issued paper is not changed' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$
    """


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0067_wrong_time'),
    ]

    operations = [
        migrations.CreateModel(
            name='StatisticsSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('quarter', '季度'), ('year', '年度')], max_length=8, verbose_name='期间')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='第几季度')),
                ('edition', models.PositiveSmallIntegerField(verbose_name='第几次印发')),
                ('figures', models.JSONField(verbose_name='各表的数字')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='更正原因')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='document',
            options={'default_permissions': (), 'ordering': ('-issued_at', '-serial', '-id'), 'permissions': [('void_document', '作废文书'), ('correct_receipt', '更正登记有误的纸质回执'), ('issue_statistics', '印发约谈工作统计表')]},
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='document_of_a_case_or_of_a_letter',
        ),
        migrations.RemoveIndex(
            model_name='document',
            name='document_lacks_scan',
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('statistics', '约谈工作统计表'), ('approval_form', '约谈建议呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='numberentry',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('statistics', '约谈工作统计表'), ('approval_form', '约谈建议呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AddConstraint(
            model_name='statisticssheet',
            constraint=models.UniqueConstraint(fields=('kind', 'year', 'number', 'edition'), name='one_edition_of_a_sheet'),
        ),
        migrations.AddConstraint(
            model_name='statisticssheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('edition', 1), ('reason', '')), models.Q(('edition__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='later_editions_say_why'),
        ),
        migrations.AddField(
            model_name='document',
            name='sheet',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='document', to='yuetan.statisticssheet'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('is_scanned', False), ('replaced_by', None), models.Q(('kind__in', ('minutes', 'statistics')), _negated=True)), fields=['-issued_at', '-serial', '-id'], name='document_lacks_scan'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('letter', None), ('sheet', None)), models.Q(('case', None), ('letter__isnull', False), ('sheet', None)), models.Q(('case', None), ('letter', None), ('sheet__isnull', False)), _connector='OR'), name='document_of_one_subject'),
        ),
        migrations.RunSQL(keep_document((*BEFORE, "sheet_id")), keep_document(BEFORE)),
        migrations.RunSQL(
            "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_statisticssheet"
            " FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change()",
            "DROP TRIGGER kept ON yuetan_statisticssheet",
        ),
    ]
