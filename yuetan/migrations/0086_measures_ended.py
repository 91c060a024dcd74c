"""A measure found met, and the case that one not met in time has opened; neither changes any more."""

import django.db.models.deletion
import django_fsm
from django.db import migrations, models


KEPT = """
CREATE TRIGGER kept_as_met BEFORE UPDATE ON yuetan_accountabilitymeasure
    FOR EACH ROW WHEN (OLD.met_on IS NOT NULL AND NEW.met_on IS DISTINCT FROM OLD.met_on)
    EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_rung BEFORE UPDATE ON yuetan_case
    FOR EACH ROW WHEN (OLD.rung_laid_id IS NOT NULL AND NEW.rung_laid_id IS DISTINCT FROM OLD.rung_laid_id)
    EXECUTE FUNCTION yuetan_refuse_change();
"""
DROPPED = "DROP TRIGGER kept_as_met ON yuetan_accountabilitymeasure; DROP TRIGGER kept_rung ON yuetan_case;"


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0085_measures_laid'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='accountabilitymeasure',
            options={'default_permissions': (), 'ordering': ('-created_at', '-id'), 'permissions': [('see_measure', '查看责任措施（单位只看送达后的）'), ('draft_measure', '起草责任措施'), ('revise_measure', '修改责任措施的拟稿'), ('submit_measure', '责任措施报核'), ('return_measure_review', '核稿时退回责任措施'), ('return_measure_proposal', '审定时退回责任措施'), ('endorse_measure', '核稿责任措施，报领导审定'), ('decide_measure_by_office', '审定由办公室作出的责任措施'), ('decide_measure', '审定报领导的责任措施'), ('decline_measure_by_office', '核稿时不予实施责任措施'), ('decline_measure', '审定时不予实施责任措施'), ('withdraw_measure', '撤回责任措施的拟稿'), ('withdraw_decided_measure', '撤回已审定、未印发的责任措施'), ('serve_measure', '印发送达责任措施'), ('acknowledge_measure', '签收责任措施'), ('register_measure_receipt', '登记责任措施的纸质回执'), ('open_interview', '据逾期未完成整改的通报提出约谈建议'), ('conclude_measure', '认定责任措施的整改目标完成'), ('carry_over_measure', '将已撤并单位的责任措施转由承接单位办理')]},
        ),
        migrations.RemoveConstraint(
            model_name='accountabilitymeasure',
            name='measure_laid_in_a_known_state',
        ),
        migrations.RemoveConstraint(
            model_name='accountabilitymeasure',
            name='measure_laid_was_decided',
        ),
        migrations.RemoveConstraint(
            model_name='accountabilitymeasure',
            name='measure_laid_has_its_paper',
        ),
        migrations.AddField(
            model_name='accountabilitymeasure',
            name='met_on',
            field=models.DateField(blank=True, null=True, verbose_name='整改完成日期'),
        ),
        migrations.AddField(
            model_name='case',
            name='rung_laid',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='interviews', to='yuetan.accountabilitymeasure'),
        ),
        migrations.AlterField(
            model_name='accountabilitymeasure',
            name='state',
            field=django_fsm.FSMField(choices=[('drafted', '拟稿'), ('in_review', '核稿中'), ('proposed', '待领导审定'), ('decided', '已审定，待印发'), ('served', '已印发送达'), ('ended', '整改完成'), ('declined', '不予实施'), ('withdrawn', '已撤回')], default='drafted', max_length=20, protected=True, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='pendingstep',
            name='verb',
            field=models.CharField(choices=[('submit', '报核'), ('return_for_changes', '退回修改'), ('take_back', '取回修改'), ('endorse', '核稿同意，报审定'), ('approve', '审定同意'), ('decline', '不予约谈'), ('confirm_approval', '复核登记的审定同意'), ('confirm_decline', '复核登记的不予约谈'), ('serve_notice', '书面通知'), ('reschedule', '改期'), ('hold_interview', '记录约谈'), ('issue_minutes', '印发纪要'), ('assign', '交办整改'), ('begin_inspection', '启动督查'), ('send_back', '退回整改'), ('reopen', '复发重启整改'), ('close', '办结销号'), ('withdraw', '撤回'), ('draft', '拟稿'), ('revise_draft', '修改建议'), ('register_decision', '登记审定'), ('return_registration', '退回审定登记'), ('acknowledge_receipt', '签收通知'), ('register_receipt', '登记纸质回执'), ('prepare_submission', '填写书面材料'), ('hand_in_submission', '提交书面材料'), ('ask_leave', '请假'), ('decide_leave', '审批请假'), ('record_absence', '记录缺席'), ('revise_minutes', '修改纪要'), ('confirm_minutes', '确认纪要文本'), ('return_minutes', '退回修改纪要'), ('send_minutes', '送被约谈方确认'), ('answer_minutes', '反馈纪要意见'), ('correct_minutes', '拟定纪要更正'), ('confirm_correction', '确认更正并印发'), ('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '销号'), ('return_task', '退回整改报告'), ('chase', '催办'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止计时'), ('resume_task', '恢复计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('conclude_inspection', '记录督查情况'), ('record_revisit', '记录回头看'), ('sign_inspection', '签认督查记录'), ('request_send_back', '提请退回整改'), ('request_reopening', '提请重启整改'), ('refuse_rework', '不同意重新整改'), ('record_consequence', '记录问责处理'), ('confirm_consequence', '核对问责处理'), ('set_retention', '调整保管期限'), ('place_hold', '冻结卷宗'), ('lift_hold', '解除冻结'), ('register_submission', '代录书面材料'), ('register_leave', '代录请假'), ('register_minutes_answer', '代录纪要意见'), ('register_report', '代录整改报告'), ('register_progress', '代录进展报告'), ('register_extension', '代录延期申请'), ('register_chase_answer', '代录催办回复'), ('register_supervision_receipt', '登记督办单纸质回执'), ('register_supervision_answer', '代录督办单回复'), ('carry_over', '转由承接单位办理'), ('set_readers', '设定知悉范围'), ('record_earlier_case', '补录约谈事项'), ('hand_in_earlier_case', '补录完毕，送复核'), ('confirm_earlier_case', '复核补录'), ('return_earlier_case', '退回补录'), ('discard_earlier_case', '作废补录'), ('draft_letter', '起草提醒函'), ('approve_letter', '签发提醒函'), ('return_letter', '退回提醒函'), ('take_back_letter', '取回提醒函'), ('revise_letter', '修改提醒函'), ('cancel_letter', '作废提醒函草稿'), ('acknowledge_letter', '签收提醒函'), ('prepare_letter_answer', '填写提醒函答复'), ('answer_letter', '答复提醒函'), ('register_letter_receipt', '登记提醒函纸质回执'), ('register_letter_answer', '代录提醒函答复'), ('carry_over_letter', '提醒函转由承接单位办理'), ('draft_measure', '起草责任措施'), ('revise_measure', '修改责任措施'), ('submit_measure', '报核责任措施'), ('return_measure', '退回责任措施'), ('endorse_measure', '核稿责任措施，报领导审定'), ('decide_measure', '审定责任措施'), ('decline_measure', '不予实施责任措施'), ('withdraw_measure', '撤回责任措施'), ('serve_measure', '印发送达责任措施'), ('acknowledge_measure', '签收责任措施'), ('register_measure_receipt', '登记责任措施纸质回执'), ('open_interview', '据通报提出约谈建议'), ('conclude_measure', '认定整改完成'), ('carry_over_measure', '责任措施转由承接单位办理'), ('void_document', '作废文书'), ('correct_receipt', '更正纸质回执'), ('upload_scan', '上传盖章扫描件')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='accountabilitymeasure',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'in_review', 'proposed', 'decided', 'served', 'ended', 'declined', 'withdrawn'])), name='measure_laid_in_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='accountabilitymeasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('decided', 'served', 'ended')), _negated=True), models.Q(('decided_at__isnull', False), ('decider__isnull', False), models.Q(('decided_sha256', ''), _negated=True)), _connector='OR'), name='measure_laid_was_decided'),
        ),
        migrations.AddConstraint(
            model_name='accountabilitymeasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paper__isnull', False), ('served_on__isnull', False), ('state__in', ('served', 'ended'))), models.Q(models.Q(('state__in', ('served', 'ended')), _negated=True), ('paper', None), ('served_on', None)), _connector='OR'), name='measure_laid_has_its_paper'),
        ),
        migrations.AddConstraint(
            model_name='accountabilitymeasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('met_on__gte', models.F('served_on')), ('state', 'ended')), models.Q(models.Q(('state', 'ended'), _negated=True), ('met_on', None)), _connector='OR'), name='measure_laid_ended_is_met'),
        ),
        migrations.RunSQL(KEPT, DROPPED),
    ]
