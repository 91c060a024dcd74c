"""Meetings: their agenda, notices and who came, what was concluded and agreed; final once the 会议纪要 is issued.

A registered decision rests on a scan or on what the record holds of a meeting.
"""

import django.db.models.constraints
import django.db.models.deletion
import uuid
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models


# The function of 0085, with one more column.
DOCUMENT = (
    *("html", "sha256", "prefix", "year", "serial", "kind", "issued_at", "entry_id", "check_code"),
    *("title", "addressee", "issued_by_id", "case_id", "letter_id", "measure_laid_id", "wording_sha256", "sheet_id"),
)
REGISTERED = (
    *("case_id", "decision", "method", "meeting", "approver_id", "delegator_id", "given_on", "opinion", "sha256"),
    *("proof_id", "registered_by_id", "registered_at"),
)
CALLED = (
    *("kind", "year", "serial", "topic", "begins_at", "place", "chair_id", "demands", "called_by_id", "called_at"),
    *("convened_by_id", "convened_at"),
)
INVITED = ("public_id", "meeting_id", "unit_id", "post_id")
RECEIVED = ("received_by_id", "received_title", "received_at")


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


def keep_registration(columns):
    """The trigger on what was registered of a decision."""
    return f"""
    DROP TRIGGER kept_as_made ON yuetan_decisionregistration;
    CREATE TRIGGER kept_as_made BEFORE UPDATE ON yuetan_decisionregistration
    FOR EACH ROW WHEN (OLD.reviewed_at IS NOT NULL OR {changed(columns)})
    EXECUTE FUNCTION yuetan_refuse_change()
    """


KEEP_MINUTED = """
CREATE FUNCTION yuetan_keep_minuted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_meeting uuid;
BEGIN
    IF TG_OP = 'DELETE' AND yuetan_is_destroying() THEN RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN of_meeting := NEW.meeting_id; ELSE of_meeting := OLD.meeting_id;
    END IF;
    IF EXISTS (SELECT FROM yuetan_meeting WHERE id = of_meeting AND minuted_at IS NOT NULL)
    THEN RAISE EXCEPTION '% rows stay as the minutes have them', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
"""
KEPT = f"""
CREATE TRIGGER kept BEFORE DELETE ON yuetan_meeting FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_convened BEFORE UPDATE ON yuetan_meeting FOR EACH ROW WHEN (
    OLD.minuted_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL OR (OLD.convened_at IS NOT NULL AND {changed(CALLED)})
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept BEFORE DELETE ON yuetan_invitation FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_sent BEFORE UPDATE ON yuetan_invitation FOR EACH ROW WHEN (
    {changed(INVITED)} OR (OLD.received_at IS NOT NULL AND {changed(RECEIVED)})
) EXECUTE FUNCTION yuetan_refuse_change();
""" + "".join(
    f"CREATE TRIGGER kept_as_minuted BEFORE INSERT OR UPDATE OR DELETE ON yuetan_{table} FOR EACH ROW"
    " EXECUTE FUNCTION yuetan_keep_minuted();\n"
    for table in ("agendaitem", "invitation", "resolution")
)
DROPPED = """
DROP TRIGGER kept ON yuetan_meeting; DROP TRIGGER kept_as_convened ON yuetan_meeting;
DROP TRIGGER kept ON yuetan_invitation; DROP TRIGGER kept_as_sent ON yuetan_invitation;
DROP TRIGGER kept_as_minuted ON yuetan_agendaitem; DROP TRIGGER kept_as_minuted ON yuetan_invitation;
DROP TRIGGER kept_as_minuted ON yuetan_resolution; DROP FUNCTION yuetan_keep_minuted();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0087_public_id_of_reports'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('title', models.CharField(max_length=400, verbose_name='议题')),
                ('presenter', models.CharField(blank=True, max_length=60, verbose_name='汇报人（单位）')),
                ('added_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('conclusion', models.TextField(blank=True, verbose_name='结论')),
                ('decision', models.CharField(blank=True, choices=[('approved', '审定同意'), ('declined', '不予约谈')], max_length=20, verbose_name='审定结果')),
                ('is_collective', models.BooleanField(default=False, verbose_name='集体结论')),
                ('concluded_by', models.JSONField(blank=True, default=list, verbose_name='参加集体讨论的人员')),
                ('concluded_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('meeting', 'number', 'pk'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('received_title', models.CharField(blank=True, max_length=200)),
                ('received_at', models.DateTimeField(blank=True, null=True, verbose_name='签收时间')),
                ('presence', models.CharField(blank=True, choices=[('attended', '出席'), ('sat_in', '列席'), ('on_leave', '请假'), ('absent', '缺席')], max_length=10, verbose_name='到会情况')),
                ('attended_name', models.CharField(blank=True, max_length=40, verbose_name='到会人')),
                ('attended_title', models.CharField(blank=True, max_length=100, verbose_name='职务')),
                ('instead_of', models.CharField(blank=True, max_length=200, verbose_name='代')),
            ],
            options={
                'ordering': ('meeting', 'pk'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=16)),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('serial', models.PositiveSmallIntegerField(verbose_name='第几次')),
                ('topic', models.CharField(blank=True, max_length=60, verbose_name='主题')),
                ('begins_at', models.DateTimeField(verbose_name='时间')),
                ('place', models.CharField(max_length=100, verbose_name='地点')),
                ('demands', models.TextField(blank=True, verbose_name='参会要求')),
                ('called_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('convened_at', models.DateTimeField(blank=True, null=True)),
                ('held_at', models.DateTimeField(blank=True, null=True, verbose_name='到会情况登记时间')),
                ('observers', models.TextField(blank=True, verbose_name='其他列席人员')),
                ('minuted_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancel_reason', models.TextField(blank=True, verbose_name='取消原因')),
            ],
            options={
                'ordering': ('-begins_at', '-pk'),
                'permissions': [('see_meetings', '查看会议（其他人只看发给自己的通知和交办的议定事项）'), ('call_meeting', '召集、修改、取消会议，安排议程'), ('convene_meeting', '印发会议通知'), ('receive_meeting_notice', '签收发给本人、本单位的会议通知'), ('record_meeting', '登记到会情况、结论、议定事项'), ('issue_meeting_minutes', '印发会议纪要')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('text', models.TextField(verbose_name='议定事项')),
                ('due_on', models.DateField(verbose_name='完成时限')),
                ('recorded_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
            ],
            options={
                'ordering': ('meeting', 'number'),
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='document_of_one_subject',
        ),
        migrations.RemoveIndex(
            model_name='document',
            name='document_lacks_scan',
        ),
        migrations.AlterField(
            model_name='decisionregistration',
            name='proof',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registration', to='yuetan.attachment'),
        ),
        migrations.AlterField(
            model_name='destroyedpaper',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='numberentry',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='yuetan.case'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='measure_laid',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='yuetan.accountabilitymeasure'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decisionregistration',
            name='item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='yuetan.agendaitem'),
        ),
        migrations.AddConstraint(
            model_name='decisionregistration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('item', None), ('proof__isnull', False)), models.Q(('item__isnull', False), ('method', 'meeting'), ('proof', None)), _connector='OR'), name='proven_by_a_scan_or_by_a_meeting'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='attended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='post',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.post'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='received_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='called_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meeting',
            name='cancelled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meeting',
            name='chair',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.post', verbose_name='主持人'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='convened_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meeting',
            name='held_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meeting',
            name='minuted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='yuetan.meeting'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='yuetan.meeting'),
        ),
        migrations.AddField(
            model_name='document',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='yuetan.meeting'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('is_scanned', False), ('replaced_by', None), models.Q(('kind__in', ('minutes', 'statistics', 'meeting_notice', 'meeting_minutes')), _negated=True)), fields=['-issued_at', '-serial', '-id'], name='document_lacks_scan'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('case__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', False)), models.Q(('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', False), ('sheet__isnull', True)), _connector='OR'), name='document_of_one_subject'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='yuetan.meeting'),
        ),
        migrations.AddField(
            model_name='resolution',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='resolution',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='yuetan.unit'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['-begins_at', '-id'], name='meetings_newest'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('kind', 'year', 'serial'), name='one_meeting_per_number'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('convened_at', None), ('convened_by', None)), models.Q(('convened_at__isnull', False), ('convened_by__isnull', False)), _connector='OR'), name='meeting_convened_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_at', None), ('held_by', None)), models.Q(('held_at__isnull', False), ('held_by__isnull', False)), _connector='OR'), name='meeting_held_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('minuted_at', None), ('minuted_by', None)), models.Q(('minuted_at__isnull', False), ('minuted_by__isnull', False)), _connector='OR'), name='meeting_minuted_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_at', None), ('convened_at__isnull', False), _connector='OR'), models.Q(('minuted_at', None), ('held_at__isnull', False), _connector='OR')), name='meeting_goes_on_in_order'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancel_reason', ''), ('cancelled_at', None), ('cancelled_by', None)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), ('held_at', None), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='meeting_is_cancelled_whole'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('held_at', None), ('held_at__gte', models.F('begins_at')), _connector='OR'), name='meeting_held_at_its_hour'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('post', None), ('unit__isnull', False)), models.Q(('post__isnull', False), ('unit', None)), _connector='OR'), name='invitation_of_a_unit_or_of_a_post'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('meeting', 'unit'), name='one_invitation_per_unit'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('meeting', 'post'), name='one_invitation_per_post'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('received_at', None), ('received_by', None)), models.Q(('received_at__isnull', False), ('received_by__isnull', False)), _connector='OR'), name='invitation_is_received_whole'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('presence__in', ('attended', 'sat_in')), models.Q(('attended_name', ''), _negated=True)), models.Q(models.Q(('presence__in', ('attended', 'sat_in')), _negated=True), ('attended_by', None), ('attended_name', ''), ('instead_of', '')), _connector='OR'), name='whoever_came_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('case', None), ('measure_laid', None), _connector='OR'), name='agenda_item_of_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('meeting', 'case'), name='one_agenda_item_per_case'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('meeting', 'measure_laid'), name='one_agenda_item_per_measure'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('decision', '')), models.Q(('case__isnull', False), ('decided_by__isnull', False), models.Q(('decision', ''), _negated=True)), _connector='OR'), name='a_meeting_decides_on_a_proposal_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concluded_at', None), ('conclusion', ''), ('decision', ''), ('recorded_by', None)), models.Q(('concluded_at__isnull', False), ('recorded_by__isnull', False), models.Q(('conclusion', ''), _negated=True)), _connector='OR'), name='agenda_item_is_concluded_whole'),
        ),
        migrations.AddIndex(
            model_name='resolution',
            index=models.Index(fields=['unit', 'due_on'], name='resolutions_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('meeting', 'number'), name='one_resolution_per_number'),
        ),
        migrations.RunSQL(keep_document((*DOCUMENT, "meeting_id")), keep_document(DOCUMENT)),
        migrations.RunSQL(keep_registration((*REGISTERED, "item_id")), keep_registration(REGISTERED)),
        migrations.RunSQL(KEEP_MINUTED + KEPT, DROPPED),
    ]
