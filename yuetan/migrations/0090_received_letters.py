"""三书一函 that units got: letters, replies, 办结 and scans; what stands of them never changes."""

import django.db.models.deletion
import uuid
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE TRIGGER kept BEFORE DELETE ON yuetan_receivedletter FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_registered BEFORE UPDATE ON yuetan_receivedletter FOR EACH ROW WHEN (
    OLD.withdrawn_at IS NOT NULL
    OR (OLD.closing_id IS NOT NULL AND (NEW.closing_id <> OLD.closing_id
        OR (NEW.reply_id, NEW.reply_count, NEW.late_days, NEW.due_on, NEW.withdrawn_at, NEW.withdrawn_by_id,
            NEW.withdrawal_reason)
        IS DISTINCT FROM (OLD.reply_id, OLD.reply_count, OLD.late_days, OLD.due_on, OLD.withdrawn_at,
            OLD.withdrawn_by_id, OLD.withdrawal_reason)))
    OR (NEW.unit_id, NEW.kind, NEW.organ, NEW.number, NEW.paper_key, NEW.dated_on, NEW.received_on, NEW.matter,
        NEW.matter_key, NEW.asked, NEW.reply_due, NEW.registered_by_id, NEW.registered_at)
    IS DISTINCT FROM
        (OLD.unit_id, OLD.kind, OLD.organ, OLD.number, OLD.paper_key, OLD.dated_on, OLD.received_on, OLD.matter,
        OLD.matter_key, OLD.asked, OLD.reply_due, OLD.registered_by_id, OLD.registered_at)
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept BEFORE DELETE ON yuetan_receivedreply FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_entered BEFORE UPDATE ON yuetan_receivedreply FOR EACH ROW WHEN (
    OLD.returned_at IS NOT NULL
    OR (NEW.letter_id, NEW.version, NEW.replied_on, NEW.number, NEW.words, NEW.due_on, NEW.late_days,
        NEW.entered_by_id, NEW.entered_at, NEW.from_paper)
    IS DISTINCT FROM
        (OLD.letter_id, OLD.version, OLD.replied_on, OLD.number, OLD.words, OLD.due_on, OLD.late_days,
        OLD.entered_by_id, OLD.entered_at, OLD.from_paper)
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept BEFORE DELETE ON yuetan_receivedclosing FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_closed BEFORE UPDATE ON yuetan_receivedclosing FOR EACH ROW WHEN (
    OLD.withdrawn_at IS NOT NULL
    OR (NEW.letter_id, NEW.opinion, NEW.closed_by_id, NEW.closed_at)
    IS DISTINCT FROM
        (OLD.letter_id, OLD.opinion, OLD.closed_by_id, OLD.closed_at)
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_receivedpaper FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();
"""
DROPPED = """
DROP TRIGGER kept ON yuetan_receivedletter; DROP TRIGGER kept_as_registered ON yuetan_receivedletter;
DROP TRIGGER kept ON yuetan_receivedreply; DROP TRIGGER kept_as_entered ON yuetan_receivedreply;
DROP TRIGGER kept ON yuetan_receivedclosing; DROP TRIGGER kept_as_closed ON yuetan_receivedclosing;
DROP TRIGGER kept ON yuetan_receivedpaper;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0089_tasks_of_several_origins'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReceivedClosing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opinion', models.TextField(verbose_name='办结意见')),
                ('closed_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawal_reason', models.TextField(blank=True, verbose_name='撤回原因')),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('letter', 'closed_at', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReceivedLetter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('supervisory', '监察建议书'), ('judicial', '司法建议书'), ('procuratorial', '检察建议书'), ('police', '公安提示函')], max_length=14, verbose_name='种类')),
                ('organ', models.CharField(max_length=100, verbose_name='制发机关')),
                ('number', models.CharField(max_length=100, verbose_name='文号')),
                ('paper_key', models.CharField(max_length=201)),
                ('dated_on', models.DateField(verbose_name='成文日期')),
                ('received_on', models.DateField(verbose_name='收到日期')),
                ('matter', models.CharField(max_length=200, verbose_name='事由')),
                ('matter_key', models.CharField(max_length=200)),
                ('asked', models.TextField(verbose_name='建议、提示的内容')),
                ('reply_due', models.DateField(blank=True, null=True, verbose_name='来函写明的回复期限')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='回复期限')),
                ('reply_count', models.PositiveSmallIntegerField(default=0)),
                ('late_days', models.PositiveSmallIntegerField(default=0)),
                ('registered_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawal_reason', models.TextField(blank=True, verbose_name='撤销原因')),
                ('closing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.receivedclosing')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='received_letters', to='yuetan.unit')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-received_on', '-id'),
                'permissions': [('see_received_letters', '查看三书一函（单位只看自己的）'), ('register_received_letter', '登记单位收到的三书一函'), ('reply_received_letter', '填报三书一函的回复（办公室代录纸质回复）'), ('decide_received_reply', '退回三书一函的回复，办结三书一函'), ('withdraw_received_letter', '撤销登记有误的三书一函'), ('withdraw_received_closing', '撤回三书一函的办结')],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='receivedclosing',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closings', to='yuetan.receivedletter'),
        ),
        migrations.CreateModel(
            name='ReceivedReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('replied_on', models.DateField(verbose_name='回复日期')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='回复文号')),
                ('words', models.TextField(verbose_name='办理和整改情况')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='当时的回复期限')),
                ('late_days', models.PositiveSmallIntegerField(default=0, verbose_name='逾期天数')),
                ('entered_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('from_paper', models.BooleanField(default=False, verbose_name='办公室代录')),
                ('returned_at', models.DateTimeField(blank=True, null=True)),
                ('return_reason', models.TextField(blank=True, verbose_name='退回原因')),
                ('again_by', models.DateField(blank=True, null=True, verbose_name='重新回复的期限')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='yuetan.receivedletter')),
                ('returned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('letter', 'version'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReceivedPaper',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=130)),
                ('offered_name', models.CharField(blank=True, max_length=130)),
                ('kind', models.CharField(max_length=10)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('offered_sha256', models.CharField(max_length=64)),
                ('check_state', models.CharField(choices=[('unchecked', '未配置查毒'), ('waiting', '待查毒'), ('clean', '已查毒，无异常'), ('quarantined', '已隔离')], default='unchecked', max_length=20)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('threat', models.CharField(blank=True, max_length=200)),
                ('uploaded_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('file', models.FileField(upload_to='received/%Y/')),
                ('letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='yuetan.receivedletter')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reply', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='yuetan.receivedreply')),
            ],
            options={
                'ordering': ('uploaded_at', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='receivedletter',
            name='reply',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.receivedreply'),
        ),
        migrations.AddConstraint(
            model_name='receivedclosing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='received_closing_is_withdrawn_whole'),
        ),
        migrations.AddConstraint(
            model_name='receivedreply',
            constraint=models.UniqueConstraint(fields=('letter', 'version'), name='one_received_reply_per_version'),
        ),
        migrations.AddConstraint(
            model_name='receivedreply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('again_by', None), ('return_reason', ''), ('returned_at', None), ('returned_by', None)), models.Q(('again_by__isnull', False), ('returned_at__isnull', False), ('returned_by__isnull', False), models.Q(('return_reason', ''), _negated=True)), _connector='OR'), name='received_reply_is_returned_whole'),
        ),
        migrations.AddIndex(
            model_name='receivedpaper',
            index=models.Index(fields=['sha256'], name='yuetan_rece_sha256_cf91a8_idx'),
        ),
        migrations.AddIndex(
            model_name='receivedpaper',
            index=models.Index(fields=['offered_sha256'], name='yuetan_rece_offered_8d15f9_idx'),
        ),
        migrations.AddConstraint(
            model_name='receivedpaper',
            constraint=models.CheckConstraint(condition=models.Q(('check_state', 'quarantined'), ('threat', ''), _connector='XOR'), name='received_paper_names_its_threat'),
        ),
        migrations.AddConstraint(
            model_name='receivedpaper',
            constraint=models.CheckConstraint(condition=models.Q(('letter__isnull', False), ('reply__isnull', False), _connector='XOR'), name='received_paper_is_of_one_thing'),
        ),
        migrations.AddIndex(
            model_name='receivedletter',
            index=models.Index(fields=['-received_on', '-id'], name='received_letters_newest'),
        ),
        migrations.AddIndex(
            model_name='receivedletter',
            index=models.Index(fields=['unit', '-received_on', '-id'], name='received_letters_of_unit'),
        ),
        migrations.AddIndex(
            model_name='receivedletter',
            index=models.Index(condition=models.Q(('reply', None), ('withdrawn_at', None)), fields=['due_on'], name='received_letters_unreplied'),
        ),
        migrations.AddIndex(
            model_name='receivedletter',
            index=models.Index(condition=models.Q(('closing', None), ('reply__isnull', False), ('withdrawn_at', None)), fields=['received_on'], name='received_letters_to_read'),
        ),
        migrations.AddConstraint(
            model_name='receivedletter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('closing', None), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='received_letter_is_withdrawn_whole'),
        ),
        migrations.AddConstraint(
            model_name='receivedletter',
            constraint=models.CheckConstraint(condition=models.Q(('closing', None), ('reply__isnull', False), _connector='OR'), name='received_letter_is_closed_with_reply'),
        ),
        migrations.AddConstraint(
            model_name='receivedletter',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('unit', 'paper_key'), name='one_received_letter_per_paper'),
        ),
        migrations.RunSQL(KEPT, DROPPED),
    ]
