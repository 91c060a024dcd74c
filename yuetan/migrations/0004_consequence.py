"""A consequence names who decided it and its paper, and a second person checks it; older entries stay as they were."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

trigger = import_module("yuetan.migrations.0002_kept_for_good").trigger

# What was recorded before a decision paper was asked for stays, and is shown as what it is.
RECORDED_WITHOUT_PAPER = "UPDATE yuetan_consequence SET is_without_paper = true"
# An entry stays as it was recorded; it may be checked once.
_CHECK = "'check_outcome', 'check_words', 'checked_by_id', 'checked_at'"
CONSEQUENCE_CHANGED = (
    "OLD.checked_at IS NOT NULL OR "
    f"to_jsonb(NEW) - ARRAY[{_CHECK}] IS DISTINCT FROM to_jsonb(OLD) - ARRAY[{_CHECK}]"
)


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0003_rename_agreed_due_on'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='case',
            options={'default_permissions': (), 'ordering': ('-register_year', '-register_serial'), 'permissions': [('see_case', '查看约谈事项（通知后的部分）'), ('see_inner_case', '查看建议、依据、内部意见'), ('draft', '提出约谈建议'), ('revise_draft', '修改建议'), ('submit', '报核'), ('withdraw_proposal', '撤回建议'), ('return_review', '核稿时退回修改'), ('endorse', '核稿'), ('return_proposal', '审定时退回修改'), ('approve', '审定（办公室主任只登记会议审定、签批件）'), ('decline', '不予约谈（办公室主任只登记会议审定、签批件）'), ('withdraw_approval', '撤回已审定的约谈'), ('serve_notice', '书面通知'), ('reschedule', '改期'), ('acknowledge_receipt', '签收通知'), ('register_receipt', '登记纸质回执'), ('prepare_submission', '填写书面材料'), ('hand_in_submission', '提交书面材料'), ('ask_leave', '请假'), ('decide_leave', '审批请假'), ('hold_interview', '记录约谈'), ('revise_minutes', '修改纪要文本'), ('confirm_minutes', '确认纪要文本'), ('return_minutes', '退回修改纪要'), ('send_minutes', '送被约谈方确认纪要'), ('answer_minutes', '反馈纪要意见'), ('issue_minutes', '印发纪要'), ('correct_minutes', '拟定纪要更正'), ('confirm_correction', '确认纪要更正并印发'), ('assign', '交办整改'), ('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '整改任务销号'), ('return_task', '退回整改报告'), ('chase', '催办整改任务'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止整改任务计时'), ('resume_task', '恢复整改任务计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('begin_inspection', '启动督查'), ('conclude_inspection', '记录督查情况'), ('send_back', '退回整改'), ('record_revisit', '记录回头看'), ('reopen', '复发的重启整改'), ('record_consequence', '记录问责处理'), ('confirm_consequence', '对照决定文书核对问责处理'), ('close', '办结销号')]},
        ),
        migrations.AlterModelOptions(
            name='consequence',
            options={'default_permissions': (), 'ordering': ('recorded_at', 'id')},
        ),
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_belongs_where_its_purpose_says',
        ),
        migrations.AddField(
            model_name='attachment',
            name='consequence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='yuetan.consequence'),
        ),
        migrations.AddField(
            model_name='consequence',
            name='check_outcome',
            field=models.CharField(blank=True, choices=[('confirmed', '核对无误'), ('not_as_paper', '与决定文书不符，不作数')], max_length=20, verbose_name='核对结果'),
        ),
        migrations.AddField(
            model_name='consequence',
            name='check_words',
            field=models.TextField(blank=True, verbose_name='核对意见'),
        ),
        migrations.AddField(
            model_name='consequence',
            name='checked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='consequence',
            name='checked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consequence',
            name='correction_reason',
            field=models.TextField(blank=True, verbose_name='更正原因'),
        ),
        migrations.AddField(
            model_name='consequence',
            name='corrects',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='yuetan.consequence', verbose_name='更正的登记'),
        ),
        migrations.AddField(
            model_name='consequence',
            name='decided_on',
            field=models.DateField(blank=True, null=True, verbose_name='决定日期'),
        ),
        migrations.AddField(
            model_name='consequence',
            name='deciding_body',
            field=models.CharField(blank=True, max_length=100, verbose_name='作出决定的机关（职务）'),
        ),
        migrations.AddField(
            model_name='consequence',
            name='is_without_paper',
            field=models.BooleanField(default=False, verbose_name='登记时不要求附决定文书'),
        ),
        migrations.AddField(
            model_name='consequence',
            name='paper_number',
            field=models.CharField(blank=True, max_length=100, verbose_name='决定文书文号'),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='purpose',
            field=models.CharField(choices=[('evidence', '依据材料'), ('former_evidence', '原依据材料'), ('approval', '审定凭据'), ('submission', '书面材料'), ('report', '整改佐证'), ('receipt', '纸质回执'), ('site_check', '现场核查照片'), ('consequence', '问责处理决定文书'), ('letter_answer', '提醒函答复材料')], max_length=20),
        ),
        migrations.AlterField(
            model_name='consequence',
            name='basis',
            field=models.TextField(verbose_name='处理决定的内容'),
        ),
        migrations.AlterField(
            model_name='consequence',
            name='kind',
            field=models.CharField(choices=[('veto', '社会治安综合治理一票否决'), ('accountability', '追责问责（移送有关机关）'), ('none_decided', '没有这一处理决定（更正误登）')], max_length=20, verbose_name='处理方式'),
        ),
        migrations.RunSQL(RECORDED_WITHOUT_PAPER, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('purpose__in', ('evidence', 'former_evidence', 'approval', 'site_check', 'consequence', 'receipt', 'letter_answer')), ('report', None), ('submission', None)), models.Q(('purpose', 'submission'), ('report', None), ('submission__isnull', False)), models.Q(('purpose', 'report'), ('report__isnull', False), ('submission', None)), _connector='OR'), name='attachment_belongs_where_its_purpose_says'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('consequence__isnull', False), ('purpose', 'consequence')), models.Q(models.Q(('purpose', 'consequence'), _negated=True), ('consequence', None)), _connector='OR'), name='decision_papers_belong_to_a_consequence'),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.CheckConstraint(condition=models.Q(('is_without_paper', True), ('kind', 'none_decided'), models.Q(models.Q(('deciding_body', ''), _negated=True), models.Q(('paper_number', ''), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='consequence_names_its_paper'),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'none_decided'), _negated=True), ('corrects__isnull', False), _connector='OR'), name='only_a_correction_says_that_nothing_was_decided'),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('correction_reason', ''), ('corrects', None)), models.Q(('corrects__isnull', False), models.Q(('correction_reason', ''), _negated=True)), _connector='OR'), name='consequence_correction_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('check_outcome', ''), ('check_words', ''), ('checked_at', None), ('checked_by', None)), models.Q(models.Q(('check_outcome', ''), _negated=True), ('checked_at__isnull', False), ('checked_by__isnull', False), models.Q(('check_words', ''), _negated=True)), _connector='OR'), name='consequence_check_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_by', models.F('checked_by')), _negated=True), name='recorder_does_not_check'),
        ),
        migrations.AddConstraint(
            model_name='consequence',
            constraint=models.UniqueConstraint(condition=models.Q(('check_outcome', 'not_as_paper'), _negated=True), fields=('corrects',), name='one_correction_a_consequence'),
        ),
        trigger("kept", "DELETE", "consequence", "yuetan_refuse_change"),
        trigger("kept_as_recorded", "UPDATE", "consequence", "yuetan_refuse_change", CONSEQUENCE_CHANGED),
    ]
