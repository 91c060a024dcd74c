"""商请函: the paper by which departments are asked about a measure, and the day by which they are asked to answer."""

import django.db.models.deletion
from django.db import migrations, models


ASKED = ("measure_laid_id", "department", "sha256", "asked_by_id", "asked_at")
ANSWERED = ("opinion", "answered_by", "answered_on", "scan_id", "recorded_by_id")
EXCUSED = ("excuse", "excused_by_id", "excused_at")
BY_LETTER = ("document_id", "due_on")


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept_as_asked(asked):
    """The trigger: what was asked never changes, nor an answer or an excuse once it is there."""
    return f"""
DROP TRIGGER kept_as_asked ON yuetan_consultation;
CREATE TRIGGER kept_as_asked BEFORE UPDATE ON yuetan_consultation FOR EACH ROW WHEN (
    {changed(asked)}
    OR (OLD.answered_on IS NOT NULL AND {changed(ANSWERED)})
    OR (OLD.excused_at IS NOT NULL AND {changed(EXCUSED)})
) EXECUTE FUNCTION yuetan_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0103_a_unit_asks_for_delisting_by_itself'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='document',
            name='document_lacks_scan',
        ),
        migrations.AddField(
            model_name='consultation',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='yuetan.document'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='due_on',
            field=models.DateField(blank=True, null=True, verbose_name='答复期限'),
        ),
        migrations.AlterField(
            model_name='destroyedpaper',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('plea_answer', '申述答复'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('consultation_letter', '商请函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('round_notice', '督导通知书'), ('round_opinion', '督导意见书'), ('report_analysis', '信息报送分析报告'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('plea_answer', '申述答复'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('consultation_letter', '商请函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('round_notice', '督导通知书'), ('round_opinion', '督导意见书'), ('report_analysis', '信息报送分析报告'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='numberentry',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('plea_answer', '申述答复'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('consultation_letter', '商请函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('round_notice', '督导通知书'), ('round_opinion', '督导意见书'), ('report_analysis', '信息报送分析报告'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('copy_of', None), ('is_scanned', False), ('replaced_by', None), models.Q(('kind__in', ('minutes', 'statistics', 'meeting_notice', 'meeting_minutes', 'restriction_reply', 'consultation_letter', 'round_notice', 'round_opinion')), _negated=True)), fields=['-issued_at', '-serial', '-id'], name='document_lacks_scan'),
        ),
        migrations.RunSQL(kept_as_asked((*ASKED, *BY_LETTER)), kept_as_asked(ASKED)),
    ]
