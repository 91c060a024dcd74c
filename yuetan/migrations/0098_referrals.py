"""What is put before other bodies about a measure, and the superior of a unit that only stands here."""

import django.db.models.deletion
import django_fsm
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models


HANDED = ("measure_laid_id", "kind", "organ", "reason", "document_id", "referred_by_id", "referred_at")
RECEIVED = ("received_by", "received_on", "receipt_scan_id", "receipt_recorded_by_id")
OUTCOME = ("outcome", "outcome_words", "outcome_organ", "outcome_on", "outcome_scan_id", "outcome_recorded_by_id")


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


KEPT = f"""
CREATE TRIGGER kept BEFORE DELETE ON yuetan_referral FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_handed_over BEFORE UPDATE ON yuetan_referral FOR EACH ROW WHEN (
    {changed(HANDED)}
    OR (OLD.received_on IS NOT NULL AND {changed(RECEIVED)})
    OR (OLD.outcome_on IS NOT NULL AND {changed(OUTCOME)})
) EXECUTE FUNCTION yuetan_refuse_change();
"""
DROPPED = "DROP TRIGGER kept ON yuetan_referral; DROP TRIGGER kept_as_handed_over ON yuetan_referral;"


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0097_listed_supervision'),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('proposal', '书面建议'), ('referral', '移送')], max_length=20, verbose_name='种类')),
                ('organ', models.CharField(max_length=100, verbose_name='受理机关')),
                ('reason', models.TextField(verbose_name='理由')),
                ('referred_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('received_by', models.CharField(blank=True, max_length=100, verbose_name='签收人及职务')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='签收日期')),
                ('outcome', models.CharField(blank=True, choices=[('adopted', '采纳建议，已作处理'), ('resigned', '引咎辞职'), ('ordered_to_resign', '责令辞职'), ('removed', '免职'), ('disciplined', '党纪政纪处分'), ('prosecuted', '追究刑事责任'), ('not_pursued', '不予追究、不予采纳'), ('other', '其他处理')], max_length=20, verbose_name='办理结果')),
                ('outcome_words', models.TextField(blank=True, verbose_name='结果说明')),
                ('outcome_organ', models.CharField(blank=True, max_length=100, verbose_name='作出决定的机关')),
                ('outcome_on', models.DateField(blank=True, null=True, verbose_name='结果日期')),
            ],
            options={
                'ordering': ('measure_laid', 'referred_at', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='accountabilitymeasure',
            options={'default_permissions': (), 'ordering': ('-created_at', '-id'), 'permissions': [('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '整改任务销号'), ('return_task', '退回整改报告'), ('chase', '催办整改任务'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止整改任务计时'), ('resume_task', '恢复整改任务计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('sign_inspection', '签认督查、核查、回头看记录，上传签字的记录'), ('register_report', '代录纸质整改报告'), ('register_progress', '代录纸质进展报告'), ('register_extension', '代录纸质延期申请'), ('register_chase_answer', '代录纸质催办回复'), ('register_supervision_receipt', '登记督办单的纸质回执'), ('register_supervision_answer', '代录纸质督办单回复'), ('see_measure', '查看责任措施（单位只看送达后的）'), ('draft_measure', '起草责任措施'), ('revise_measure', '修改责任措施的拟稿'), ('submit_measure', '责任措施报核'), ('return_measure_review', '核稿时退回责任措施'), ('return_measure_proposal', '审定时退回责任措施'), ('endorse_measure', '核稿责任措施，报领导审定'), ('decide_measure_by_office', '审定由办公室作出的责任措施'), ('decide_measure', '审定报领导的责任措施'), ('decline_measure_by_office', '核稿时不予实施责任措施'), ('decline_measure', '审定时不予实施责任措施'), ('withdraw_measure', '撤回责任措施的拟稿'), ('withdraw_decided_measure', '撤回已审定、未印发的责任措施'), ('serve_measure', '印发送达责任措施'), ('acknowledge_measure', '签收责任措施'), ('register_measure_receipt', '登记责任措施的纸质回执'), ('open_interview', '据逾期未完成整改的通报提出约谈建议'), ('conclude_measure', '认定责任措施的整改目标完成'), ('ask_consultation', '实施一票否决前商有关部门'), ('record_consultation', '登记有关部门对责任措施的意见'), ('excuse_consultation', '记录有关部门未答复的原因'), ('register_measure_decision', '登记责任措施的会议审定'), ('confirm_measure_decision', '复核登记的责任措施审定（登记人以外的人）'), ('confirm_measure_declined', '复核登记的不予实施（登记人以外的人）'), ('return_measure_registration', '退回责任措施审定登记'), ('set_work_team', '组建、调整挂牌督办的工作组'), ('record_team_report', '登记工作组报告'), ('ask_delisting', '申请摘牌'), ('propose_delisting', '提请摘牌'), ('grant_delisting', '同意摘牌（由审定挂牌的一方）'), ('refuse_delisting', '不同意摘牌（由审定挂牌的一方）'), ('propose_veto', '就驻本地单位的一票否决提出书面建议'), ('refer_measure', '移送有权机关'), ('record_referral_receipt', '登记移送、书面建议的签收'), ('record_referral_outcome', '登记移送、书面建议的结果'), ('carry_over_measure', '将已撤并单位的责任措施转由承接单位办理'), ('add_restricted_leader', '补列受资格限制的领导'), ('end_restriction', '登记资格限制的提前解除')]},
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
            model_name='attachment',
            name='attachment_belongs_where_its_purpose_says',
        ),
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_of_one_subject',
        ),
        migrations.AddField(
            model_name='unit',
            name='superior',
            field=models.CharField(blank=True, max_length=80, verbose_name='上级主管单位'),
        ),
        migrations.AlterField(
            model_name='accountabilitymeasure',
            name='state',
            field=django_fsm.FSMField(choices=[('drafted', '拟稿'), ('in_review', '核稿中'), ('proposed', '待领导审定'), ('decided', '已审定，待印发'), ('served', '已印发送达'), ('ended', '整改完成'), ('declined', '不予实施'), ('withdrawn', '已撤回'), ('suggested', '已提出书面建议')], default='drafted', max_length=20, protected=True, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='purpose',
            field=models.CharField(choices=[('evidence', '依据材料'), ('former_evidence', '原依据材料'), ('approval', '审定凭据'), ('submission', '书面材料'), ('report', '整改佐证'), ('receipt', '纸质回执'), ('former_receipt', '更正前的纸质回执'), ('paper_filing', '纸质材料扫描件'), ('site_check', '现场核查照片'), ('consequence', '问责处理决定文书'), ('signed_sheet', '签字的督查记录'), ('letter_answer', '提醒函答复材料'), ('earlier_paper', '补录原件'), ('consultation', '有关部门意见'), ('team_report', '工作组报告材料'), ('delisting_request', '申请摘牌材料'), ('delisting_proposal', '提请摘牌材料'), ('referral', '移送、建议的回执和结果')], max_length=20),
        ),
        migrations.AlterField(
            model_name='destroyedpaper',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='numberentry',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='pendingstep',
            name='verb',
            field=models.CharField(choices=[('submit', '报核'), ('return_for_changes', '退回修改'), ('take_back', '取回修改'), ('endorse', '核稿同意，报审定'), ('approve', '审定同意'), ('decline', '不予约谈'), ('confirm_approval', '复核登记的审定同意'), ('confirm_decline', '复核登记的不予约谈'), ('serve_notice', '书面通知'), ('reschedule', '改期'), ('hold_interview', '记录约谈'), ('issue_minutes', '印发纪要'), ('assign', '交办整改'), ('begin_inspection', '启动督查'), ('send_back', '退回整改'), ('reopen', '复发重启整改'), ('close', '办结销号'), ('withdraw', '撤回'), ('draft', '拟稿'), ('revise_draft', '修改建议'), ('register_decision', '登记审定'), ('return_registration', '退回审定登记'), ('acknowledge_receipt', '签收通知'), ('register_receipt', '登记纸质回执'), ('prepare_submission', '填写书面材料'), ('hand_in_submission', '提交书面材料'), ('ask_leave', '请假'), ('decide_leave', '审批请假'), ('record_absence', '记录缺席'), ('revise_minutes', '修改纪要'), ('confirm_minutes', '确认纪要文本'), ('return_minutes', '退回修改纪要'), ('send_minutes', '送被约谈方确认'), ('answer_minutes', '反馈纪要意见'), ('correct_minutes', '拟定纪要更正'), ('confirm_correction', '确认更正并印发'), ('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '销号'), ('return_task', '退回整改报告'), ('chase', '催办'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止计时'), ('resume_task', '恢复计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('conclude_inspection', '记录督查情况'), ('record_revisit', '记录回头看'), ('sign_inspection', '签认督查记录'), ('request_send_back', '提请退回整改'), ('request_reopening', '提请重启整改'), ('refuse_rework', '不同意重新整改'), ('record_consequence', '记录问责处理'), ('confirm_consequence', '核对问责处理'), ('set_retention', '调整保管期限'), ('place_hold', '冻结卷宗'), ('lift_hold', '解除冻结'), ('register_submission', '代录书面材料'), ('register_leave', '代录请假'), ('register_minutes_answer', '代录纪要意见'), ('register_report', '代录整改报告'), ('register_progress', '代录进展报告'), ('register_extension', '代录延期申请'), ('register_chase_answer', '代录催办回复'), ('register_supervision_receipt', '登记督办单纸质回执'), ('register_supervision_answer', '代录督办单回复'), ('carry_over', '转由承接单位办理'), ('set_readers', '设定知悉范围'), ('record_earlier_case', '补录约谈事项'), ('hand_in_earlier_case', '补录完毕，送复核'), ('confirm_earlier_case', '复核补录'), ('return_earlier_case', '退回补录'), ('discard_earlier_case', '作废补录'), ('draft_letter', '起草提醒函'), ('approve_letter', '签发提醒函'), ('return_letter', '退回提醒函'), ('take_back_letter', '取回提醒函'), ('revise_letter', '修改提醒函'), ('cancel_letter', '作废提醒函草稿'), ('acknowledge_letter', '签收提醒函'), ('prepare_letter_answer', '填写提醒函答复'), ('answer_letter', '答复提醒函'), ('register_letter_receipt', '登记提醒函纸质回执'), ('register_letter_answer', '代录提醒函答复'), ('carry_over_letter', '提醒函转由承接单位办理'), ('draft_measure', '起草责任措施'), ('revise_measure', '修改责任措施'), ('submit_measure', '报核责任措施'), ('return_measure', '退回责任措施'), ('endorse_measure', '核稿责任措施，报领导审定'), ('decide_measure', '审定责任措施'), ('decline_measure', '不予实施责任措施'), ('withdraw_measure', '撤回责任措施'), ('serve_measure', '印发送达责任措施'), ('acknowledge_measure', '签收责任措施'), ('register_measure_receipt', '登记责任措施纸质回执'), ('open_interview', '据通报提出约谈建议'), ('set_work_team', '组建、调整工作组'), ('record_team_report', '登记工作组报告'), ('ask_delisting', '申请摘牌'), ('propose_delisting', '提请摘牌'), ('grant_delisting', '同意摘牌'), ('refuse_delisting', '不同意摘牌'), ('conclude_measure', '认定整改完成'), ('carry_over_measure', '责任措施转由承接单位办理'), ('ask_consultation', '商有关部门'), ('record_consultation', '登记部门意见'), ('excuse_consultation', '记录部门未答复的原因'), ('register_measure_decision', '登记会议审定'), ('confirm_measure_decision', '复核登记的会议审定'), ('confirm_measure_declined', '复核登记的不予实施'), ('return_measure_registration', '退回会议审定登记'), ('propose_veto', '提出书面建议'), ('refer_measure', '移送'), ('record_referral_receipt', '登记移送、建议的签收'), ('record_referral_outcome', '登记移送、建议的结果'), ('hand_out_assignment', '交办'), ('conclude_assignment', '办结交办事项'), ('revoke_assignment', '撤销交办'), ('carry_over_assignment', '交办事项转由承接单位办理'), ('void_document', '作废文书'), ('correct_receipt', '更正纸质回执'), ('upload_scan', '上传盖章扫描件')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='accountabilitymeasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('decided', 'suggested', 'served', 'ended')), _negated=True), models.Q(('decided_at__isnull', False), ('decider__isnull', False), models.Q(('decided_sha256', ''), _negated=True)), _connector='OR'), name='measure_laid_was_decided'),
        ),
        migrations.AddConstraint(
            model_name='accountabilitymeasure',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'in_review', 'proposed', 'decided', 'served', 'ended', 'declined', 'withdrawn', 'suggested'])), name='measure_laid_in_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('purpose__in', ('evidence', 'former_evidence', 'approval', 'site_check', 'consequence', 'signed_sheet', 'earlier_paper', 'consultation', 'referral', 'former_receipt', 'team_report', 'delisting_proposal', 'receipt', 'paper_filing', 'letter_answer', 'delisting_request')), ('report', None), ('submission', None)), models.Q(('purpose', 'submission'), ('report', None), ('submission__isnull', False)), models.Q(('purpose', 'report'), ('report__isnull', False), ('submission', None)), _connector='OR'), name='attachment_belongs_where_its_purpose_says'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True), models.Q(('purpose__in', ('letter_answer', 'team_report', 'delisting_request', 'delisting_proposal')), _negated=True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True), ('purpose__in', ('letter_answer', 'former_receipt', 'receipt', 'paper_filing'))), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False), ('purpose__in', ('former_receipt', 'receipt', 'paper_filing', 'report', 'site_check', 'signed_sheet', 'consultation', 'referral', 'team_report', 'delisting_request', 'delisting_proposal'))), models.Q(('assignment__isnull', False), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('purpose__in', ('former_receipt', 'receipt', 'paper_filing', 'report', 'site_check', 'signed_sheet'))), _connector='OR'), name='attachment_of_one_subject'),
        ),
        migrations.AddField(
            model_name='referral',
            name='document',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='referral', to='yuetan.document'),
        ),
        migrations.AddField(
            model_name='referral',
            name='measure_laid',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='yuetan.accountabilitymeasure'),
        ),
        migrations.AddField(
            model_name='referral',
            name='outcome_recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referral',
            name='outcome_scan',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.attachment'),
        ),
        migrations.AddField(
            model_name='referral',
            name='receipt_recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='referral',
            name='receipt_scan',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.attachment'),
        ),
        migrations.AddField(
            model_name='referral',
            name='referred_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('receipt_recorded_by', None), ('receipt_scan', None), ('received_by', ''), ('received_on', None)), models.Q(('receipt_recorded_by__isnull', False), ('receipt_scan__isnull', False), ('received_on__isnull', False), models.Q(('received_by', ''), _negated=True)), _connector='OR'), name='referral_is_received_whole'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('outcome_on', None), ('outcome_organ', ''), ('outcome_recorded_by', None), ('outcome_scan', None), ('outcome_words', '')), models.Q(('outcome__in', ['adopted', 'resigned', 'ordered_to_resign', 'removed', 'disciplined', 'prosecuted', 'not_pursued', 'other']), ('outcome_on__gte', models.F('received_on')), ('outcome_recorded_by__isnull', False), ('outcome_scan__isnull', False), ('received_on__isnull', False), models.Q(('outcome_organ', ''), _negated=True)), _connector='OR'), name='referral_outcome_is_recorded_whole'),
        ),
        migrations.RunSQL(KEPT, DROPPED),
    ]
