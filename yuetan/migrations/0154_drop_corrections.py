"""放弃纪要更正: a draft that was given up stays with who gave it up and why, and is changed no more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
DROP TRIGGER kept_once ON yuetan_minutescorrection;
CREATE TRIGGER kept_once BEFORE UPDATE OR DELETE ON yuetan_minutescorrection
    FOR EACH ROW WHEN (OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL)
    EXECUTE FUNCTION yuetan_refuse_change();
"""
KEPT_BEFORE = KEPT.replace(" OR OLD.withdrawn_at IS NOT NULL", "")


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0153_withheld_deliveries'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='case',
            options={'default_permissions': (), 'ordering': ('-register_year', '-register_serial'), 'permissions': [('see_case', '查看约谈事项（通知后的部分）'), ('see_inner_case', '查看建议、依据、内部意见'), ('draft', '提出约谈建议'), ('revise_draft', '修改建议'), ('submit', '报核'), ('withdraw_proposal', '撤回建议'), ('take_back', '审定前取回修改'), ('return_review', '核稿时退回修改'), ('endorse', '核稿'), ('return_proposal', '审定时退回修改'), ('approve', '审定'), ('decline', '不予约谈'), ('register_decision', '登记会议审定、签批件'), ('confirm_approval', '复核登记的审定同意（登记人以外的人）'), ('confirm_decline', '复核登记的不予约谈（登记人以外的人）'), ('return_registration', '退回审定登记'), ('withdraw_approval', '撤回已审定的约谈'), ('serve_notice', '书面通知'), ('reschedule', '改期'), ('acknowledge_receipt', '签收通知'), ('register_receipt', '登记纸质回执'), ('prepare_submission', '填写书面材料'), ('hand_in_submission', '提交书面材料'), ('ask_leave', '请假'), ('decide_leave', '审批请假'), ('record_absence', '记录约谈对象未经准假缺席'), ('hold_interview', '记录约谈'), ('revise_minutes', '修改纪要文本'), ('confirm_minutes', '确认纪要文本'), ('return_minutes', '退回修改纪要'), ('send_minutes', '送被约谈方确认纪要'), ('answer_minutes', '反馈纪要意见'), ('issue_minutes', '印发纪要'), ('correct_minutes', '拟定纪要更正'), ('confirm_correction', '确认纪要更正并印发'), ('drop_correction', '放弃纪要更正'), ('assign', '交办整改'), ('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '整改任务销号'), ('return_task', '退回整改报告'), ('chase', '催办整改任务'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止整改任务计时'), ('resume_task', '恢复整改任务计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('begin_inspection', '启动督查'), ('conclude_inspection', '记录督查情况'), ('request_send_back', '提请退回整改'), ('send_back', '决定退回整改、定新的时限'), ('record_revisit', '记录回头看'), ('sign_inspection', '签认督查、核查、回头看记录，上传签字的记录'), ('request_reopening', '复发的提请重启整改'), ('reopen', '决定复发的重启整改、定新的时限'), ('refuse_rework', '不同意退回整改、重启整改'), ('record_consequence', '记录问责处理'), ('confirm_consequence', '对照决定文书核对问责处理'), ('close', '办结销号'), ('register_submission', '代录纸质书面材料'), ('register_leave', '代录纸质请假'), ('register_minutes_answer', '代录纸质纪要意见'), ('register_report', '代录纸质整改报告'), ('register_progress', '代录纸质进展报告'), ('register_extension', '代录纸质延期申请'), ('register_chase_answer', '代录纸质催办回复'), ('register_supervision_receipt', '登记督办单的纸质回执'), ('register_supervision_answer', '代录纸质督办单回复'), ('carry_over', '将已撤并单位的事项转由承接单位办理'), ('set_readers', '设定知悉范围（办公室谁可以查看）'), ('record_earlier_case', '补录系统启用前已办理的约谈事项'), ('hand_in_earlier_case', '补录完毕送复核'), ('confirm_earlier_case', '对照原件复核补录（补录人以外的人）'), ('return_earlier_case', '退回补录'), ('discard_earlier_case', '作废补录'), ('see_archive', '查看归档台账'), ('set_retention', '调整卷宗的保管期限'), ('place_hold', '冻结卷宗'), ('lift_hold', '解除卷宗的冻结（冻结人以外的人）'), ('take_case_file', '取已办结事项的卷宗（数据包、PDF）')]},
        ),
        migrations.RunSQL(migrations.RunSQL.noop, KEPT_BEFORE),
        migrations.RemoveConstraint(
            model_name='minutescorrection',
            name='one_open_correction_per_case',
        ),
        migrations.AddField(
            model_name='minutescorrection',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_default='', verbose_name='放弃更正的原因'),
        ),
        migrations.AddField(
            model_name='minutescorrection',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='minutescorrection',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='pendingstep',
            name='verb',
            field=models.CharField(choices=[('submit', '报核'), ('return_for_changes', '退回修改'), ('take_back', '取回修改'), ('endorse', '核稿同意，报审定'), ('approve', '审定同意'), ('decline', '不予约谈'), ('confirm_approval', '复核登记的审定同意'), ('confirm_decline', '复核登记的不予约谈'), ('serve_notice', '书面通知'), ('reschedule', '改期'), ('hold_interview', '记录约谈'), ('issue_minutes', '印发纪要'), ('assign', '交办整改'), ('begin_inspection', '启动督查'), ('send_back', '退回整改'), ('reopen', '复发重启整改'), ('close', '办结销号'), ('withdraw', '撤回'), ('draft', '拟稿'), ('revise_draft', '修改建议'), ('register_decision', '登记审定'), ('return_registration', '退回审定登记'), ('acknowledge_receipt', '签收通知'), ('register_receipt', '登记纸质回执'), ('prepare_submission', '填写书面材料'), ('hand_in_submission', '提交书面材料'), ('ask_leave', '请假'), ('decide_leave', '审批请假'), ('record_absence', '记录缺席'), ('revise_minutes', '修改纪要'), ('confirm_minutes', '确认纪要文本'), ('return_minutes', '退回修改纪要'), ('send_minutes', '送被约谈方确认'), ('answer_minutes', '反馈纪要意见'), ('correct_minutes', '拟定纪要更正'), ('confirm_correction', '确认更正并印发'), ('drop_correction', '放弃纪要更正'), ('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '销号'), ('return_task', '退回整改报告'), ('chase', '催办'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止计时'), ('resume_task', '恢复计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('conclude_inspection', '记录督查情况'), ('record_revisit', '记录回头看'), ('sign_inspection', '签认督查记录'), ('request_send_back', '提请退回整改'), ('request_reopening', '提请重启整改'), ('refuse_rework', '不同意重新整改'), ('record_consequence', '记录问责处理'), ('confirm_consequence', '核对问责处理'), ('set_retention', '调整保管期限'), ('place_hold', '冻结卷宗'), ('lift_hold', '解除冻结'), ('register_submission', '代录书面材料'), ('register_leave', '代录请假'), ('register_minutes_answer', '代录纪要意见'), ('register_report', '代录整改报告'), ('register_progress', '代录进展报告'), ('register_extension', '代录延期申请'), ('register_chase_answer', '代录催办回复'), ('register_supervision_receipt', '登记督办单纸质回执'), ('register_supervision_answer', '代录督办单回复'), ('carry_over', '转由承接单位办理'), ('set_readers', '设定知悉范围'), ('record_earlier_case', '补录约谈事项'), ('hand_in_earlier_case', '补录完毕，送复核'), ('confirm_earlier_case', '复核补录'), ('return_earlier_case', '退回补录'), ('discard_earlier_case', '作废补录'), ('draft_letter', '起草提醒函'), ('approve_letter', '签发提醒函'), ('return_letter', '退回提醒函'), ('take_back_letter', '取回提醒函'), ('revise_letter', '修改提醒函'), ('cancel_letter', '作废提醒函草稿'), ('acknowledge_letter', '签收提醒函'), ('prepare_letter_answer', '填写提醒函答复'), ('answer_letter', '答复提醒函'), ('register_letter_receipt', '登记提醒函纸质回执'), ('register_letter_answer', '代录提醒函答复'), ('carry_over_letter', '提醒函转由承接单位办理'), ('draft_measure', '起草责任措施'), ('revise_measure', '修改责任措施'), ('submit_measure', '报核责任措施'), ('return_measure', '退回责任措施'), ('endorse_measure', '核稿责任措施，报领导审定'), ('decide_measure', '审定责任措施'), ('decline_measure', '不予实施责任措施'), ('withdraw_measure', '撤回责任措施'), ('serve_measure', '印发送达责任措施'), ('serve_alongside', '列入同一份通报'), ('acknowledge_measure', '签收责任措施'), ('register_measure_receipt', '登记责任措施纸质回执'), ('open_interview', '据通报提出约谈建议'), ('set_work_team', '组建、调整工作组'), ('record_team_report', '登记工作组报告'), ('ask_delisting', '申请摘牌'), ('propose_delisting', '提请摘牌'), ('grant_delisting', '同意摘牌'), ('refuse_delisting', '不同意摘牌'), ('conclude_measure', '认定整改完成'), ('carry_over_measure', '责任措施转由承接单位办理'), ('ask_consultation', '商有关部门'), ('record_consultation', '登记部门意见'), ('excuse_consultation', '记录部门未答复的原因'), ('register_measure_decision', '登记会议审定'), ('register_measure_paper', '登记签批件'), ('confirm_measure_decision', '复核登记的责任措施审定'), ('confirm_measure_declined', '复核登记的不予实施'), ('return_measure_registration', '退回责任措施审定登记'), ('propose_veto', '提出书面建议'), ('refer_measure', '移送'), ('record_referral_receipt', '登记移送、建议的签收'), ('record_referral_outcome', '登记移送、建议的结果'), ('prepare_plea', '填写申述'), ('state_plea', '提出申述'), ('register_plea', '代录申述'), ('withdraw_plea', '撤回申述'), ('draft_plea_answer', '拟写申述答复'), ('return_plea_answer', '退回申述答复'), ('uphold_measure', '维持责任措施，答复申述'), ('revoke_measure', '撤销责任措施，答复申述'), ('hand_out_assignment', '交办'), ('conclude_assignment', '办结交办事项'), ('revoke_assignment', '撤销交办'), ('carry_over_assignment', '交办事项转由承接单位办理'), ('void_document', '作废文书'), ('correct_receipt', '更正纸质回执'), ('upload_scan', '上传盖章扫描件')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='minutescorrection',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('withdrawn_at', None)), fields=('case',), name='one_open_correction_per_case'),
        ),
        migrations.AddConstraint(
            model_name='minutescorrection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('confirmed_at', None), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='minutes_correction_is_withdrawn_whole'),
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
