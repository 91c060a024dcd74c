"""分析报告 of a period: what was issued or withdrawn never changes. A paper may be of an analysis."""

import django.db.models.deletion
import uuid
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models

# The function of 0100, with one more column.
DOCUMENT = (
    *("html", "sha256", "prefix", "year", "serial", "kind", "issued_at", "entry_id", "check_code"),
    *("title", "addressee", "issued_by_id", "case_id", "letter_id", "measure_laid_id", "wording_sha256", "sheet_id"),
    *("meeting_id", "assignment_id", "inquiry_id", "assessment_id", "visit_id"),
)
SET_UP = ("id", "period_id", "under_id", "edition", "drafted_by_id", "drafted_at")
WRITTEN = ("situation", "problems", "proposals", "reason")


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f'{row}."{column}"' for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def keep_document(columns):
    """The function that refuses a change of an issued paper in these columns, or in its PDF once there is one."""
    return f"""
    CREATE OR REPLACE FUNCTION yuetan_keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {changed(columns)}
            OR (OLD.pdf_sha256 <> '' AND NEW.pdf_sha256 IS DISTINCT FROM OLD.pdf_sha256)
            OR (NEW.page_count IS DISTINCT FROM OLD.page_count AND (OLD.pdf_sha256 <> '' OR NEW.pdf_sha256 = ''))
            OR (OLD.pdf <> '' AND NEW.pdf IS DISTINCT FROM OLD.pdf)
        THEN RAISE EXCEPTION 'an issued paper is not changed' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$
    """


KEPT = f"""
CREATE TRIGGER kept BEFORE DELETE ON yuetan_reportanalysis FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_endorsed BEFORE UPDATE ON yuetan_reportanalysis
FOR EACH ROW WHEN (
    OLD.issued_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR {changed(SET_UP)}
    OR (OLD.endorsed_at IS NOT NULL AND {changed(WRITTEN)})
) EXECUTE FUNCTION yuetan_refuse_change();
"""
DROPPED = """
DROP TRIGGER kept ON yuetan_reportanalysis; DROP TRIGGER kept_as_endorsed ON yuetan_reportanalysis;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0100_rounds'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportAnalysis',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('edition', models.PositiveSmallIntegerField(default=1, verbose_name='第几次印发')),
                ('reason', models.TextField(blank=True, verbose_name='更正说明')),
                ('situation', models.TextField(blank=True, verbose_name='总体情况')),
                ('problems', models.TextField(blank=True, verbose_name='存在的问题')),
                ('proposals', models.TextField(blank=True, verbose_name='下一步工作')),
                ('figures', models.JSONField(blank=True, default=dict, verbose_name='印发的数字')),
                ('drafted_at', models.DateTimeField(default=yuetan.rules.dates.clock.now, verbose_name='拟稿时间')),
                ('endorsed_at', models.DateTimeField(blank=True, null=True, verbose_name='核稿时间')),
                ('returned_at', models.DateTimeField(blank=True, null=True, verbose_name='退回时间')),
                ('return_reason', models.TextField(blank=True, verbose_name='退回原因')),
                ('issued_at', models.DateTimeField(blank=True, null=True, verbose_name='印发时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤销时间')),
                ('withdrawal_reason', models.TextField(blank=True, verbose_name='撤销原因')),
            ],
            options={
                'ordering': ('-drafted_at', '-id'),
                'permissions': [('draft_report_analysis', '起草、修改、撤销信息报送分析报告'), ('endorse_report_analysis', '核稿、退回信息报送分析报告（拟稿人以外的人）'), ('issue_report_analysis', '印发信息报送分析报告')],
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='document_of_one_subject',
        ),
        migrations.AlterField(
            model_name='destroyedpaper',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('plea_answer', '申述答复'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('round_notice', '督导通知书'), ('round_opinion', '督导意见书'), ('report_analysis', '信息报送分析报告'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('plea_answer', '申述答复'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('round_notice', '督导通知书'), ('round_opinion', '督导意见书'), ('report_analysis', '信息报送分析报告'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='numberentry',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('plea_answer', '申述答复'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('round_notice', '督导通知书'), ('round_opinion', '督导意见书'), ('report_analysis', '信息报送分析报告'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AddField(
            model_name='reportanalysis',
            name='drafted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportanalysis',
            name='endorsed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportanalysis',
            name='issued_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportanalysis',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='analyses', to='yuetan.reportperiod'),
        ),
        migrations.AddField(
            model_name='reportanalysis',
            name='returned_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportanalysis',
            name='under',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit', verbose_name='范围'),
        ),
        migrations.AddField(
            model_name='reportanalysis',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='document',
            name='analysis',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='document', to='yuetan.reportanalysis'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('analysis__isnull', True), ('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', False), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('analysis__isnull', True), ('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('analysis__isnull', True), ('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('analysis__isnull', True), ('assessment__isnull', True), ('assignment__isnull', False), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('analysis__isnull', True), ('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', False), ('visit__isnull', True)), models.Q(('analysis__isnull', True), ('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', False), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('analysis__isnull', True), ('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('analysis__isnull', True), ('assessment__isnull', False), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('analysis__isnull', True), ('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', False)), models.Q(('analysis__isnull', False), ('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', True)), _connector='OR'), name='document_of_one_subject'),
        ),
        migrations.AddIndex(
            model_name='reportanalysis',
            index=models.Index(fields=['-drafted_at', '-id'], name='report_analyses_newest'),
        ),
        migrations.AddConstraint(
            model_name='reportanalysis',
            constraint=models.UniqueConstraint(condition=models.Q(('issued_at', None), ('withdrawn_at', None)), fields=('period', 'under'), name='one_open_analysis_per_period', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='reportanalysis',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('period', 'under', 'edition'), name='one_analysis_per_edition', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='reportanalysis',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('edition', 1), ('reason', '')), models.Q(('edition__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='later_analysis_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='reportanalysis',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('endorsed_at', None), ('endorsed_by', None)), models.Q(('endorsed_at__isnull', False), ('endorsed_by__isnull', False), models.Q(('endorsed_by', models.F('drafted_by')), _negated=True)), _connector='OR'), name='analysis_endorsed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='reportanalysis',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('return_reason', ''), ('returned_at', None), ('returned_by', None)), models.Q(('returned_at__isnull', False), ('returned_by__isnull', False), models.Q(('return_reason', ''), _negated=True)), _connector='OR'), name='analysis_is_returned_whole'),
        ),
        migrations.AddConstraint(
            model_name='reportanalysis',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('figures', {}), ('issued_at', None), ('issued_by', None)), models.Q(('endorsed_at__isnull', False), ('issued_at__isnull', False), ('issued_by__isnull', False), models.Q(('figures', {}), _negated=True)), _connector='OR'), name='analysis_is_issued_once_endorsed'),
        ),
        migrations.AddConstraint(
            model_name='reportanalysis',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('issued_at', None), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='analysis_is_withdrawn_before_issue'),
        ),
        migrations.RunSQL(keep_document((*DOCUMENT, "analysis_id")), keep_document(DOCUMENT)),
        migrations.RunSQL(KEPT, DROPPED),
    ]
