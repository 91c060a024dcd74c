"""签批件: a measure may be decided on a signed paper, registered and compared like that of a proposal."""

import django.db.models.deletion
from django.db import migrations, models


REGISTERED = (
    *("case_id", "decision", "method", "meeting", "approver_id", "delegator_id", "given_on", "opinion", "sha256"),
    *("proof_id", "registered_by_id", "registered_at", "item_id"),
)


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept_as_made(columns):
    """The trigger: what was registered never changes, and nothing of it once somebody has looked at it."""
    return f"""
DROP TRIGGER kept_as_made ON yuetan_decisionregistration;
CREATE TRIGGER kept_as_made BEFORE UPDATE ON yuetan_decisionregistration
FOR EACH ROW WHEN (OLD.reviewed_at IS NOT NULL OR {changed(columns)})
EXECUTE FUNCTION yuetan_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0119_teams_that_change'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='accountabilitymeasure',
            options={'default_permissions': (), 'ordering': ('-created_at', '-id'), 'permissions': [('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '整改任务销号'), ('return_task', '退回整改报告'), ('chase', '催办整改任务'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止整改任务计时'), ('resume_task', '恢复整改任务计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('sign_inspection', '签认督查、核查、回头看记录，上传签字的记录'), ('register_report', '代录纸质整改报告'), ('register_progress', '代录纸质进展报告'), ('register_extension', '代录纸质延期申请'), ('register_chase_answer', '代录纸质催办回复'), ('register_supervision_receipt', '登记督办单的纸质回执'), ('register_supervision_answer', '代录纸质督办单回复'), ('see_measure', '查看责任措施（单位只看送达后的）'), ('draft_measure', '起草责任措施'), ('revise_measure', '修改责任措施的拟稿'), ('submit_measure', '责任措施报核'), ('return_measure_review', '核稿时退回责任措施'), ('return_measure_proposal', '审定时退回责任措施'), ('endorse_measure', '核稿责任措施，报领导审定'), ('decide_measure_by_office', '审定由办公室作出的责任措施'), ('decide_measure', '审定报领导的责任措施'), ('decline_measure_by_office', '核稿时不予实施责任措施'), ('decline_measure', '审定时不予实施责任措施'), ('withdraw_measure', '撤回责任措施的拟稿'), ('withdraw_decided_measure', '撤回已审定、未印发的责任措施'), ('serve_measure', '印发送达责任措施'), ('serve_alongside', '印发时将一并通报的单位各立一项'), ('acknowledge_measure', '签收责任措施'), ('register_measure_receipt', '登记责任措施的纸质回执'), ('open_interview', '据逾期未完成整改的通报提出约谈建议'), ('conclude_measure', '认定责任措施的整改目标完成'), ('ask_consultation', '实施一票否决前商有关部门'), ('record_consultation', '登记有关部门对责任措施的意见'), ('excuse_consultation', '记录有关部门未答复的原因'), ('register_measure_decision', '登记责任措施的会议审定'), ('register_measure_paper', '登记责任措施的签批件'), ('confirm_measure_decision', '复核登记的责任措施审定（登记人以外的人）'), ('confirm_measure_declined', '复核登记的不予实施（登记人以外的人）'), ('return_measure_registration', '退回责任措施审定登记'), ('set_work_team', '组建、调整挂牌督办的工作组'), ('record_team_report', '登记工作组报告'), ('ask_delisting', '申请摘牌'), ('propose_delisting', '提请摘牌'), ('grant_delisting', '同意摘牌（由审定挂牌的一方）'), ('refuse_delisting', '不同意摘牌（由审定挂牌的一方）'), ('propose_veto', '就驻本地单位的一票否决提出书面建议'), ('refer_measure', '移送有权机关'), ('record_referral_receipt', '登记移送、书面建议的签收'), ('record_referral_outcome', '登记移送、书面建议的结果'), ('prepare_plea', '填写申述'), ('state_plea', '提出申述'), ('register_plea', '代录纸质申述'), ('withdraw_plea', '撤回申述'), ('draft_plea_answer', '拟写申述答复'), ('return_plea_answer', '退回申述答复（由审定该措施的一方）'), ('uphold_measure', '维持责任措施（由审定该措施的一方）'), ('revoke_measure', '撤销责任措施（由审定该措施的一方）'), ('carry_over_measure', '将已撤并单位的责任措施转由承接单位办理'), ('add_restricted_leader', '补列受资格限制的领导'), ('end_restriction', '登记资格限制的提前解除')]},
        ),
        migrations.RemoveConstraint(
            model_name='accountabilitymeasure',
            name='measure_decision_of_a_meeting_is_cited_whole',
        ),
        migrations.RemoveConstraint(
            model_name='accountabilitymeasure',
            name='measure_decision_of_a_meeting_is_compared',
        ),
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_of_one_subject',
        ),
        migrations.AddField(
            model_name='decisionregistration',
            name='measure_laid',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='yuetan.accountabilitymeasure'),
        ),
        migrations.AlterField(
            model_name='decisionregistration',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='yuetan.case'),
        ),
        migrations.AlterField(
            model_name='pendingstep',
            name='verb',
            field=models.CharField(choices=[('submit', '报核'), ('return_for_changes', '退回修改'), ('take_back', '取回修改'), ('endorse', '核稿同意，报审定'), ('approve', '审定同意'), ('decline', '不予约谈'), ('confirm_approval', '复核登记的审定同意'), ('confirm_decline', '复核登记的不予约谈'), ('serve_notice', '书面通知'), ('reschedule', '改期'), ('hold_interview', '记录约谈'), ('issue_minutes', '印发纪要'), ('assign', '交办整改'), ('begin_inspection', '启动督查'), ('send_back', '退回整改'), ('reopen', '复发重启整改'), ('close', '办结销号'), ('withdraw', '撤回'), ('draft', '拟稿'), ('revise_draft', '修改建议'), ('register_decision', '登记审定'), ('return_registration', '退回审定登记'), ('acknowledge_receipt', '签收通知'), ('register_receipt', '登记纸质回执'), ('prepare_submission', '填写书面材料'), ('hand_in_submission', '提交书面材料'), ('ask_leave', '请假'), ('decide_leave', '审批请假'), ('record_absence', '记录缺席'), ('revise_minutes', '修改纪要'), ('confirm_minutes', '确认纪要文本'), ('return_minutes', '退回修改纪要'), ('send_minutes', '送被约谈方确认'), ('answer_minutes', '反馈纪要意见'), ('correct_minutes', '拟定纪要更正'), ('confirm_correction', '确认更正并印发'), ('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '销号'), ('return_task', '退回整改报告'), ('chase', '催办'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止计时'), ('resume_task', '恢复计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('conclude_inspection', '记录督查情况'), ('record_revisit', '记录回头看'), ('sign_inspection', '签认督查记录'), ('request_send_back', '提请退回整改'), ('request_reopening', '提请重启整改'), ('refuse_rework', '不同意重新整改'), ('record_consequence', '记录问责处理'), ('confirm_consequence', '核对问责处理'), ('set_retention', '调整保管期限'), ('place_hold', '冻结卷宗'), ('lift_hold', '解除冻结'), ('register_submission', '代录书面材料'), ('register_leave', '代录请假'), ('register_minutes_answer', '代录纪要意见'), ('register_report', '代录整改报告'), ('register_progress', '代录进展报告'), ('register_extension', '代录延期申请'), ('register_chase_answer', '代录催办回复'), ('register_supervision_receipt', '登记督办单纸质回执'), ('register_supervision_answer', '代录督办单回复'), ('carry_over', '转由承接单位办理'), ('set_readers', '设定知悉范围'), ('record_earlier_case', '补录约谈事项'), ('hand_in_earlier_case', '补录完毕，送复核'), ('confirm_earlier_case', '复核补录'), ('return_earlier_case', '退回补录'), ('discard_earlier_case', '作废补录'), ('draft_letter', '起草提醒函'), ('approve_letter', '签发提醒函'), ('return_letter', '退回提醒函'), ('take_back_letter', '取回提醒函'), ('revise_letter', '修改提醒函'), ('cancel_letter', '作废提醒函草稿'), ('acknowledge_letter', '签收提醒函'), ('prepare_letter_answer', '填写提醒函答复'), ('answer_letter', '答复提醒函'), ('register_letter_receipt', '登记提醒函纸质回执'), ('register_letter_answer', '代录提醒函答复'), ('carry_over_letter', '提醒函转由承接单位办理'), ('draft_measure', '起草责任措施'), ('revise_measure', '修改责任措施'), ('submit_measure', '报核责任措施'), ('return_measure', '退回责任措施'), ('endorse_measure', '核稿责任措施，报领导审定'), ('decide_measure', '审定责任措施'), ('decline_measure', '不予实施责任措施'), ('withdraw_measure', '撤回责任措施'), ('serve_measure', '印发送达责任措施'), ('serve_alongside', '列入同一份通报'), ('acknowledge_measure', '签收责任措施'), ('register_measure_receipt', '登记责任措施纸质回执'), ('open_interview', '据通报提出约谈建议'), ('set_work_team', '组建、调整工作组'), ('record_team_report', '登记工作组报告'), ('ask_delisting', '申请摘牌'), ('propose_delisting', '提请摘牌'), ('grant_delisting', '同意摘牌'), ('refuse_delisting', '不同意摘牌'), ('conclude_measure', '认定整改完成'), ('carry_over_measure', '责任措施转由承接单位办理'), ('ask_consultation', '商有关部门'), ('record_consultation', '登记部门意见'), ('excuse_consultation', '记录部门未答复的原因'), ('register_measure_decision', '登记会议审定'), ('register_measure_paper', '登记签批件'), ('confirm_measure_decision', '复核登记的责任措施审定'), ('confirm_measure_declined', '复核登记的不予实施'), ('return_measure_registration', '退回责任措施审定登记'), ('propose_veto', '提出书面建议'), ('refer_measure', '移送'), ('record_referral_receipt', '登记移送、建议的签收'), ('record_referral_outcome', '登记移送、建议的结果'), ('prepare_plea', '填写申述'), ('state_plea', '提出申述'), ('register_plea', '代录申述'), ('withdraw_plea', '撤回申述'), ('draft_plea_answer', '拟写申述答复'), ('return_plea_answer', '退回申述答复'), ('uphold_measure', '维持责任措施，答复申述'), ('revoke_measure', '撤销责任措施，答复申述'), ('hand_out_assignment', '交办'), ('conclude_assignment', '办结交办事项'), ('revoke_assignment', '撤销交办'), ('carry_over_assignment', '交办事项转由承接单位办理'), ('void_document', '作废文书'), ('correct_receipt', '更正纸质回执'), ('upload_scan', '上传盖章扫描件')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='accountabilitymeasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by', None), ('decision_item', None), ('registered_by', None)), ('registered_by__isnull', False), _connector='OR'), name='measure_decision_is_registered_whole'),
        ),
        migrations.AddConstraint(
            model_name='accountabilitymeasure',
            constraint=models.CheckConstraint(condition=models.Q(('registered_by', None), ('state__in', ('drafted', 'in_review', 'proposed', 'withdrawn')), ('confirmed_by__isnull', False), _connector='OR'), name='measure_decision_is_compared'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True), models.Q(('purpose__in', ('letter_answer', 'team_report', 'plea', 'post_proof', 'delisting_request', 'delisting_proposal')), _negated=True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True), ('purpose__in', ('letter_answer', 'former_receipt', 'receipt', 'paper_filing'))), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False), ('purpose__in', ('former_receipt', 'receipt', 'paper_filing', 'report', 'site_check', 'signed_sheet', 'approval', 'consultation', 'referral', 'team_report', 'delisting_request', 'delisting_proposal', 'plea', 'post_proof'))), models.Q(('assignment__isnull', False), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('purpose__in', ('former_receipt', 'receipt', 'paper_filing', 'report', 'site_check', 'signed_sheet'))), _connector='OR'), name='attachment_of_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='decisionregistration',
            constraint=models.UniqueConstraint(condition=models.Q(('reviewed_at', None)), fields=('measure_laid',), name='one_open_registration_per_measure'),
        ),
        migrations.AddConstraint(
            model_name='decisionregistration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('measure_laid', None)), models.Q(('case', None), ('measure_laid__isnull', False), ('method', 'signed_paper')), _connector='OR'), name='registration_of_a_case_or_of_a_measure'),
        ),
        migrations.RunSQL(kept_as_made((*REGISTERED, "measure_laid_id")), kept_as_made(REGISTERED)),
    ]
