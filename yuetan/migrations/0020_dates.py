import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


TASKS = """
    UPDATE yuetan_task SET runs_until = yuetan_task.due_on, agreed_on = yuetan_interview.held_on
    FROM yuetan_measure JOIN yuetan_interview ON yuetan_interview.id = yuetan_measure.interview_id
    WHERE yuetan_measure.id = yuetan_task.measure_id
"""
YEARS = """
    INSERT INTO yuetan_calendaryear (year, source)
    SELECT DISTINCT date_part('year', day)::int, '随系统装入，两个公开的节假日数据包互相核对' FROM yuetan_calendarday
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0019_minutes_and_desk'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('source', models.CharField(max_length=120, verbose_name='依据')),
            ],
            options={
                'ordering': ('year',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='中止原因')),
                ('began_on', models.DateField(verbose_name='中止之日')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='恢复之日')),
                ('end_reason', models.TextField(blank=True, verbose_name='恢复原因')),
            ],
            options={
                'ordering': ('began_on', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='calendarday',
            options={'default_permissions': (), 'ordering': ('day',), 'permissions': [('keep_calendar', '维护工作日历')]},
        ),
        migrations.AlterModelOptions(
            name='case',
            options={'default_permissions': (), 'ordering': ('-register_year', '-register_serial'), 'permissions': [('see_case', '查看约谈事项（通知后的部分）'), ('see_inner_case', '查看建议、依据、内部意见'), ('draft', '提出约谈建议'), ('revise_draft', '修改建议'), ('submit', '报核'), ('withdraw_proposal', '撤回建议'), ('return_review', '核稿时退回修改'), ('endorse', '核稿'), ('return_proposal', '审定时退回修改'), ('approve', '审定（办公室主任只登记会议审定、签批件）'), ('decline', '不予约谈（办公室主任只登记会议审定、签批件）'), ('withdraw_approval', '撤回已审定的约谈'), ('serve_notice', '书面通知'), ('reschedule', '改期'), ('acknowledge_receipt', '签收通知'), ('register_receipt', '登记纸质回执'), ('prepare_submission', '填写书面材料'), ('hand_in_submission', '提交书面材料'), ('ask_leave', '请假'), ('decide_leave', '审批请假'), ('hold_interview', '记录约谈'), ('revise_minutes', '修改纪要文本'), ('confirm_minutes', '确认纪要文本'), ('return_minutes', '退回修改纪要'), ('send_minutes', '送被约谈方确认纪要'), ('answer_minutes', '反馈纪要意见'), ('issue_minutes', '印发纪要'), ('correct_minutes', '拟定纪要更正'), ('confirm_correction', '确认纪要更正并印发'), ('assign', '交办整改'), ('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('accept_task', '整改任务销号'), ('return_task', '退回整改报告'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止整改任务计时'), ('resume_task', '恢复整改任务计时'), ('issue_supervision_letter', '印发整改督办函'), ('begin_inspection', '启动督查'), ('conclude_inspection', '记录督查情况'), ('send_back', '退回整改'), ('record_consequence', '记录问责处理'), ('close', '办结销号')]},
        ),
        migrations.RemoveIndex(
            model_name='task',
            name='yuetan_task_state_fd9ec1_idx',
        ),
        migrations.AddField(
            model_name='extension',
            name='asked_late',
            field=models.BooleanField(default=False, verbose_name='逾期申请'),
        ),
        migrations.AddField(
            model_name='task',
            name='agreed_on',
            field=models.DateField(default=datetime.date(2019, 1, 1), verbose_name='约定时限之日'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='task',
            name='runs_until',
            field=models.DateField(blank=True, null=True, verbose_name='实际截止日'),
        ),
        migrations.RunSQL(TASKS, migrations.RunSQL.noop),
        migrations.RunSQL(YEARS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['state', 'runs_until', 'id'], name='yuetan_task_state_6a6e24_idx'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('runs_until__gte', models.F('due_on'))), name='a_pause_never_shortens'),
        ),
        migrations.AddField(
            model_name='pause',
            name='begun_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pause',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pause',
            name='task',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='yuetan.task'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('task',), name='one_open_pause_a_task'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('began_on')), _connector='OR'), name='pause_ends_after_it_begins'),
        ),
    ]
