"""申述: the plea of a unit against a measure, its answer, and a measure that is revoked by it."""

import django.db.models.deletion
import django_fsm
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models


STATED = ("words", "stated_by_id", "stated_at", "filing_id", "answer_due_on")
WITHDRAWN = ("withdrawn_by_id", "withdrawn_at", "withdrawal_reason")
ANSWER = ("outcome", "grounds", "decision_item_id", "drafted_by_id", "drafted_at")
DECIDED = ("decided_by_id", "decided_at", "document_id")


def changed(*columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


REVOKES = "'hand_in_report register_report accept_task return_task send_back reopen void_document revoke_assignment{}'"
TASKS = """
DROP TRIGGER state_has_an_event ON yuetan_task;
CREATE CONSTRAINT TRIGGER state_has_an_event AFTER UPDATE ON yuetan_task DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION yuetan_changed_by_its_step('case_id', {});
"""
KEPT = f"""
CREATE TRIGGER kept BEFORE DELETE ON yuetan_plea FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_stated BEFORE UPDATE ON yuetan_plea FOR EACH ROW WHEN (
    {changed("measure_laid_id", "begun_at")}
    OR (OLD.stated_at IS NOT NULL AND {changed(*STATED)})
    OR (OLD.withdrawn_at IS NOT NULL AND {changed(*WITHDRAWN, *ANSWER, *DECIDED)})
    OR (OLD.decided_at IS NOT NULL AND {changed(*WITHDRAWN, *ANSWER, *DECIDED)})
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_revoked BEFORE UPDATE ON yuetan_accountabilitymeasure FOR EACH ROW WHEN (
    (OLD.state = 'revoked' AND NEW.state IS DISTINCT FROM OLD.state)
    OR (OLD.plea_until IS NOT NULL AND NEW.plea_until IS DISTINCT FROM OLD.plea_until)
) EXECUTE FUNCTION yuetan_refuse_change();
"""
WHOLE = """
CREATE FUNCTION yuetan_measure_is_revoked_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM yuetan_plea WHERE measure_laid_id = NEW.id AND decided_at IS NOT NULL
        AND outcome = 'revoked')
    THEN RAISE EXCEPTION 'a measure is revoked by what was decided on its plea' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM yuetan_task WHERE measure_laid_id = NEW.id AND state NOT IN ('accepted', 'revoked'))
        OR EXISTS (SELECT FROM yuetan_restriction WHERE measure_laid_id = NEW.id AND ended_on IS NULL
            AND until >= (SELECT (decided_at AT TIME ZONE 'Asia/Shanghai')::date FROM yuetan_plea
                WHERE measure_laid_id = NEW.id))
    THEN RAISE EXCEPTION 'nothing of a revoked measure is in force' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER revoked_by_its_plea AFTER UPDATE ON yuetan_accountabilitymeasure
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'revoked' AND NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION yuetan_measure_is_revoked_whole();
"""
DROPPED = """
DROP TRIGGER revoked_by_its_plea ON yuetan_accountabilitymeasure; DROP FUNCTION yuetan_measure_is_revoked_whole();
DROP TRIGGER kept_as_revoked ON yuetan_accountabilitymeasure;
DROP TRIGGER kept ON yuetan_plea; DROP TRIGGER kept_as_stated ON yuetan_plea;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0098_referrals'),
    ]

    operations = [
        migrations.CreateModel(
            name='Plea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft', models.TextField(blank=True, verbose_name='申述草稿')),
                ('begun_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('words', models.TextField(blank=True, verbose_name='申述意见')),
                ('stated_at', models.DateTimeField(blank=True, null=True, verbose_name='申述时间')),
                ('answer_due_on', models.DateField(blank=True, null=True, verbose_name='答复期限')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawal_reason', models.TextField(blank=True, verbose_name='撤回原因')),
                ('outcome', models.CharField(blank=True, choices=[('upheld', '维持'), ('revoked', '撤销')], max_length=20, verbose_name='答复结果')),
                ('grounds', models.TextField(blank=True, verbose_name='答复理由')),
                ('drafted_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
            ],
            options={
                'ordering': ('measure_laid',),
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='accountabilitymeasure',
            options={'default_permissions': (), 'ordering': ('-created_at', '-id'), 'permissions': [('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '整改任务销号'), ('return_task', '退回整改报告'), ('chase', '催办整改任务'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止整改任务计时'), ('resume_task', '恢复整改任务计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('sign_inspection', '签认督查、核查、回头看记录，上传签字的记录'), ('register_report', '代录纸质整改报告'), ('register_progress', '代录纸质进展报告'), ('register_extension', '代录纸质延期申请'), ('register_chase_answer', '代录纸质催办回复'), ('register_supervision_receipt', '登记督办单的纸质回执'), ('register_supervision_answer', '代录纸质督办单回复'), ('see_measure', '查看责任措施（单位只看送达后的）'), ('draft_measure', '起草责任措施'), ('revise_measure', '修改责任措施的拟稿'), ('submit_measure', '责任措施报核'), ('return_measure_review', '核稿时退回责任措施'), ('return_measure_proposal', '审定时退回责任措施'), ('endorse_measure', '核稿责任措施，报领导审定'), ('decide_measure_by_office', '审定由办公室作出的责任措施'), ('decide_measure', '审定报领导的责任措施'), ('decline_measure_by_office', '核稿时不予实施责任措施'), ('decline_measure', '审定时不予实施责任措施'), ('withdraw_measure', '撤回责任措施的拟稿'), ('withdraw_decided_measure', '撤回已审定、未印发的责任措施'), ('serve_measure', '印发送达责任措施'), ('acknowledge_measure', '签收责任措施'), ('register_measure_receipt', '登记责任措施的纸质回执'), ('open_interview', '据逾期未完成整改的通报提出约谈建议'), ('conclude_measure', '认定责任措施的整改目标完成'), ('ask_consultation', '实施一票否决前商有关部门'), ('record_consultation', '登记有关部门对责任措施的意见'), ('excuse_consultation', '记录有关部门未答复的原因'), ('register_measure_decision', '登记责任措施的会议审定'), ('confirm_measure_decision', '复核登记的责任措施审定（登记人以外的人）'), ('confirm_measure_declined', '复核登记的不予实施（登记人以外的人）'), ('return_measure_registration', '退回责任措施审定登记'), ('set_work_team', '组建、调整挂牌督办的工作组'), ('record_team_report', '登记工作组报告'), ('ask_delisting', '申请摘牌'), ('propose_delisting', '提请摘牌'), ('grant_delisting', '同意摘牌（由审定挂牌的一方）'), ('refuse_delisting', '不同意摘牌（由审定挂牌的一方）'), ('propose_veto', '就驻本地单位的一票否决提出书面建议'), ('refer_measure', '移送有权机关'), ('record_referral_receipt', '登记移送、书面建议的签收'), ('record_referral_outcome', '登记移送、书面建议的结果'), ('prepare_plea', '填写申述'), ('state_plea', '提出申述'), ('register_plea', '代录纸质申述'), ('withdraw_plea', '撤回申述'), ('draft_plea_answer', '拟写申述答复'), ('return_plea_answer', '退回申述答复（由审定该措施的一方）'), ('uphold_measure', '维持责任措施（由审定该措施的一方）'), ('revoke_measure', '撤销责任措施（由审定该措施的一方）'), ('carry_over_measure', '将已撤并单位的责任措施转由承接单位办理'), ('add_restricted_leader', '补列受资格限制的领导'), ('end_restriction', '登记资格限制的提前解除')]},
        ),
        migrations.RemoveConstraint(
            model_name='accountabilitymeasure',
            name='measure_laid_has_its_paper',
        ),
        migrations.RemoveConstraint(
            model_name='accountabilitymeasure',
            name='measure_laid_was_decided',
        ),
        migrations.RemoveConstraint(
            model_name='accountabilitymeasure',
            name='measure_laid_in_a_known_state',
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
            model_name='accountabilitymeasure',
            name='plea_until',
            field=models.DateField(blank=True, null=True, verbose_name='申述期限'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='is_of_plea',
            field=models.BooleanField(default=False, verbose_name='申述'),
        ),
        migrations.AlterField(
            model_name='accountabilitymeasure',
            name='state',
            field=django_fsm.FSMField(choices=[('drafted', '拟稿'), ('in_review', '核稿中'), ('proposed', '待领导审定'), ('decided', '已审定，待印发'), ('served', '已印发送达'), ('ended', '整改完成'), ('declined', '不予实施'), ('withdrawn', '已撤回'), ('suggested', '已提出书面建议'), ('revoked', '已撤销')], default='drafted', max_length=20, protected=True, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='purpose',
            field=models.CharField(choices=[('evidence', '依据材料'), ('former_evidence', '原依据材料'), ('approval', '审定凭据'), ('submission', '书面材料'), ('report', '整改佐证'), ('receipt', '纸质回执'), ('former_receipt', '更正前的纸质回执'), ('paper_filing', '纸质材料扫描件'), ('site_check', '现场核查照片'), ('consequence', '问责处理决定文书'), ('signed_sheet', '签字的督查记录'), ('letter_answer', '提醒函答复材料'), ('earlier_paper', '补录原件'), ('consultation', '有关部门意见'), ('team_report', '工作组报告材料'), ('delisting_request', '申请摘牌材料'), ('delisting_proposal', '提请摘牌材料'), ('referral', '移送、建议的回执和结果'), ('plea', '申述材料')], max_length=20),
        ),
        migrations.AlterField(
            model_name='destroyedpaper',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('plea_answer', '申述答复'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('plea_answer', '申述答复'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='numberentry',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('plea_answer', '申述答复'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='pendingstep',
            name='verb',
            field=models.CharField(choices=[('submit', '报核'), ('return_for_changes', '退回修改'), ('take_back', '取回修改'), ('endorse', '核稿同意，报审定'), ('approve', '审定同意'), ('decline', '不予约谈'), ('confirm_approval', '复核登记的审定同意'), ('confirm_decline', '复核登记的不予约谈'), ('serve_notice', '书面通知'), ('reschedule', '改期'), ('hold_interview', '记录约谈'), ('issue_minutes', '印发纪要'), ('assign', '交办整改'), ('begin_inspection', '启动督查'), ('send_back', '退回整改'), ('reopen', '复发重启整改'), ('close', '办结销号'), ('withdraw', '撤回'), ('draft', '拟稿'), ('revise_draft', '修改建议'), ('register_decision', '登记审定'), ('return_registration', '退回审定登记'), ('acknowledge_receipt', '签收通知'), ('register_receipt', '登记纸质回执'), ('prepare_submission', '填写书面材料'), ('hand_in_submission', '提交书面材料'), ('ask_leave', '请假'), ('decide_leave', '审批请假'), ('record_absence', '记录缺席'), ('revise_minutes', '修改纪要'), ('confirm_minutes', '确认纪要文本'), ('return_minutes', '退回修改纪要'), ('send_minutes', '送被约谈方确认'), ('answer_minutes', '反馈纪要意见'), ('correct_minutes', '拟定纪要更正'), ('confirm_correction', '确认更正并印发'), ('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '销号'), ('return_task', '退回整改报告'), ('chase', '催办'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止计时'), ('resume_task', '恢复计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('conclude_inspection', '记录督查情况'), ('record_revisit', '记录回头看'), ('sign_inspection', '签认督查记录'), ('request_send_back', '提请退回整改'), ('request_reopening', '提请重启整改'), ('refuse_rework', '不同意重新整改'), ('record_consequence', '记录问责处理'), ('confirm_consequence', '核对问责处理'), ('set_retention', '调整保管期限'), ('place_hold', '冻结卷宗'), ('lift_hold', '解除冻结'), ('register_submission', '代录书面材料'), ('register_leave', '代录请假'), ('register_minutes_answer', '代录纪要意见'), ('register_report', '代录整改报告'), ('register_progress', '代录进展报告'), ('register_extension', '代录延期申请'), ('register_chase_answer', '代录催办回复'), ('register_supervision_receipt', '登记督办单纸质回执'), ('register_supervision_answer', '代录督办单回复'), ('carry_over', '转由承接单位办理'), ('set_readers', '设定知悉范围'), ('record_earlier_case', '补录约谈事项'), ('hand_in_earlier_case', '补录完毕，送复核'), ('confirm_earlier_case', '复核补录'), ('return_earlier_case', '退回补录'), ('discard_earlier_case', '作废补录'), ('draft_letter', '起草提醒函'), ('approve_letter', '签发提醒函'), ('return_letter', '退回提醒函'), ('take_back_letter', '取回提醒函'), ('revise_letter', '修改提醒函'), ('cancel_letter', '作废提醒函草稿'), ('acknowledge_letter', '签收提醒函'), ('prepare_letter_answer', '填写提醒函答复'), ('answer_letter', '答复提醒函'), ('register_letter_receipt', '登记提醒函纸质回执'), ('register_letter_answer', '代录提醒函答复'), ('carry_over_letter', '提醒函转由承接单位办理'), ('draft_measure', '起草责任措施'), ('revise_measure', '修改责任措施'), ('submit_measure', '报核责任措施'), ('return_measure', '退回责任措施'), ('endorse_measure', '核稿责任措施，报领导审定'), ('decide_measure', '审定责任措施'), ('decline_measure', '不予实施责任措施'), ('withdraw_measure', '撤回责任措施'), ('serve_measure', '印发送达责任措施'), ('acknowledge_measure', '签收责任措施'), ('register_measure_receipt', '登记责任措施纸质回执'), ('open_interview', '据通报提出约谈建议'), ('set_work_team', '组建、调整工作组'), ('record_team_report', '登记工作组报告'), ('ask_delisting', '申请摘牌'), ('propose_delisting', '提请摘牌'), ('grant_delisting', '同意摘牌'), ('refuse_delisting', '不同意摘牌'), ('conclude_measure', '认定整改完成'), ('carry_over_measure', '责任措施转由承接单位办理'), ('ask_consultation', '商有关部门'), ('record_consultation', '登记部门意见'), ('excuse_consultation', '记录部门未答复的原因'), ('register_measure_decision', '登记会议审定'), ('confirm_measure_decision', '复核登记的会议审定'), ('confirm_measure_declined', '复核登记的不予实施'), ('return_measure_registration', '退回会议审定登记'), ('propose_veto', '提出书面建议'), ('refer_measure', '移送'), ('record_referral_receipt', '登记移送、建议的签收'), ('record_referral_outcome', '登记移送、建议的结果'), ('prepare_plea', '填写申述'), ('state_plea', '提出申述'), ('register_plea', '代录申述'), ('withdraw_plea', '撤回申述'), ('draft_plea_answer', '拟写申述答复'), ('return_plea_answer', '退回申述答复'), ('uphold_measure', '维持责任措施，答复申述'), ('revoke_measure', '撤销责任措施，答复申述'), ('hand_out_assignment', '交办'), ('conclude_assignment', '办结交办事项'), ('revoke_assignment', '撤销交办'), ('carry_over_assignment', '交办事项转由承接单位办理'), ('void_document', '作废文书'), ('correct_receipt', '更正纸质回执'), ('upload_scan', '上传盖章扫描件')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='accountabilitymeasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('decided', 'suggested', 'served', 'ended', 'revoked')), _negated=True), models.Q(('decided_at__isnull', False), ('decider__isnull', False), models.Q(('decided_sha256', ''), _negated=True)), _connector='OR'), name='measure_laid_was_decided'),
        ),
        migrations.AddConstraint(
            model_name='accountabilitymeasure',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'in_review', 'proposed', 'decided', 'served', 'ended', 'declined', 'withdrawn', 'suggested', 'revoked'])), name='measure_laid_in_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='accountabilitymeasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paper__isnull', False), ('served_on__isnull', False), ('state__in', ('served', 'ended', 'revoked'))), models.Q(models.Q(('state__in', ('served', 'ended', 'revoked')), _negated=True), ('paper', None), ('served_on', None)), _connector='OR'), name='measure_laid_has_its_paper'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('purpose__in', ('evidence', 'former_evidence', 'approval', 'site_check', 'consequence', 'signed_sheet', 'earlier_paper', 'consultation', 'referral', 'former_receipt', 'team_report', 'delisting_proposal', 'receipt', 'paper_filing', 'letter_answer', 'delisting_request', 'plea')), ('report', None), ('submission', None)), models.Q(('purpose', 'submission'), ('report', None), ('submission__isnull', False)), models.Q(('purpose', 'report'), ('report__isnull', False), ('submission', None)), _connector='OR'), name='attachment_belongs_where_its_purpose_says'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True), models.Q(('purpose__in', ('letter_answer', 'team_report', 'plea', 'delisting_request', 'delisting_proposal')), _negated=True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True), ('purpose__in', ('letter_answer', 'former_receipt', 'receipt', 'paper_filing'))), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False), ('purpose__in', ('former_receipt', 'receipt', 'paper_filing', 'report', 'site_check', 'signed_sheet', 'consultation', 'referral', 'team_report', 'delisting_request', 'delisting_proposal', 'plea'))), models.Q(('assignment__isnull', False), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('purpose__in', ('former_receipt', 'receipt', 'paper_filing', 'report', 'site_check', 'signed_sheet'))), _connector='OR'), name='attachment_of_one_subject'),
        ),
        migrations.AddField(
            model_name='plea',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plea',
            name='decision_item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decided_pleas', to='yuetan.agendaitem'),
        ),
        migrations.AddField(
            model_name='plea',
            name='document',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.document'),
        ),
        migrations.AddField(
            model_name='plea',
            name='drafted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plea',
            name='filing',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.paperfiling'),
        ),
        migrations.AddField(
            model_name='plea',
            name='measure_laid',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plea', to='yuetan.accountabilitymeasure'),
        ),
        migrations.AddField(
            model_name='plea',
            name='stated_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='plea',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='plea',
            index=models.Index(fields=['answer_due_on', 'id'], name='plea_by_due_day'),
        ),
        migrations.AddConstraint(
            model_name='plea',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer_due_on', None), ('filing', None), ('stated_at', None), ('stated_by', None), ('words', '')), models.Q(('stated_at__isnull', False), ('stated_by__isnull', False), models.Q(('words', ''), _negated=True)), _connector='OR'), name='plea_is_stated_whole'),
        ),
        migrations.AddConstraint(
            model_name='plea',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('stated_at__isnull', False), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), ('decided_at', None), ('decided_by', None), ('document', None)), _connector='OR'), name='plea_is_withdrawn_whole'),
        ),
        migrations.AddConstraint(
            model_name='plea',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drafted_at', None), ('drafted_by', None)), models.Q(('drafted_at__isnull', False), ('drafted_by__isnull', False), ('outcome__in', ['upheld', 'revoked']), ('stated_at__isnull', False), models.Q(('grounds', ''), _negated=True)), _connector='OR'), name='plea_answer_is_drafted_whole'),
        ),
        migrations.AddConstraint(
            model_name='plea',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('document', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('document__isnull', False), ('drafted_at__isnull', False)), _connector='OR'), name='plea_is_decided_whole'),
        ),
        migrations.AddConstraint(
            model_name='plea',
            constraint=models.CheckConstraint(condition=models.Q(('drafted_by', models.F('decided_by')), _negated=True), name='plea_is_answered_by_two_persons'),
        ),
        migrations.RunSQL(KEPT + WHOLE, DROPPED),
        migrations.RunSQL(
            TASKS.format(REVOKES.format(" revoke_measure")), TASKS.format(REVOKES.format(""))
        ),
    ]
