"""信息报送: schemes, periods, reports with their versions, marks and files; what was decided never changes."""

import datetime
import django.db.models.deletion
import uuid
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models

FINAL = ("reportscheme", "schemeversion", "reportperiod")
KEPT = """
CREATE TRIGGER kept BEFORE DELETE ON yuetan_reportversion FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_entered BEFORE UPDATE ON yuetan_reportversion FOR EACH ROW WHEN (
    OLD.sent_back_at IS NOT NULL OR OLD.accepted_at IS NOT NULL OR OLD.returned_at IS NOT NULL
    OR (OLD.confirmed_at IS NOT NULL
        AND (NEW.confirmed_at, NEW.confirmed_by_id, NEW.sent_back_at, NEW.sent_back_by_id, NEW.sent_back_reason)
        IS DISTINCT FROM
        (OLD.confirmed_at, OLD.confirmed_by_id, OLD.sent_back_at, OLD.sent_back_by_id, OLD.sent_back_reason))
    OR (NEW.report_id, NEW.version, NEW.values, NEW.is_zero, NEW.reason, NEW.entered_by_id, NEW.entered_at)
    IS DISTINCT FROM (OLD.report_id, OLD.version, OLD.values, OLD.is_zero, OLD.reason, OLD.entered_by_id, OLD.entered_at)
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept BEFORE DELETE ON yuetan_reportmark FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_marked BEFORE UPDATE ON yuetan_reportmark FOR EACH ROW WHEN (
    OLD.withdrawn_at IS NOT NULL
    OR (NEW.report_id, NEW.version_id, NEW.kind, NEW.words, NEW.marked_by_id, NEW.marked_at)
    IS DISTINCT FROM (OLD.report_id, OLD.version_id, OLD.kind, OLD.words, OLD.marked_by_id, OLD.marked_at)
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_reportfile FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();
CREATE TRIGGER kept BEFORE DELETE ON yuetan_periodicreport FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_owed BEFORE UPDATE ON yuetan_periodicreport FOR EACH ROW WHEN (
    (NEW.period_id, NEW.unit_id, NEW.serial, NEW.due_at) IS DISTINCT FROM
    (OLD.period_id, OLD.unit_id, OLD.serial, OLD.due_at)
    OR (OLD.handed_in_at IS NOT NULL AND NEW.handed_in_at IS DISTINCT FROM OLD.handed_in_at)
) EXECUTE FUNCTION yuetan_refuse_change();
""" + "".join(
    f"CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_{table} FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();\n"
    for table in FINAL
)
DROPPED = """
DROP TRIGGER kept ON yuetan_reportversion; DROP TRIGGER kept_as_entered ON yuetan_reportversion;
DROP TRIGGER kept ON yuetan_reportmark; DROP TRIGGER kept_as_marked ON yuetan_reportmark;
DROP TRIGGER kept ON yuetan_reportfile;
DROP TRIGGER kept ON yuetan_periodicreport; DROP TRIGGER kept_as_owed ON yuetan_periodicreport;
""" + "".join(f"DROP TRIGGER kept ON yuetan_{table};\n" for table in FINAL)


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0082_take_back_letter'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField(verbose_name='期初')),
                ('last', models.DateField(verbose_name='期末')),
                ('label', models.CharField(max_length=40, verbose_name='期')),
                ('opens_on', models.DateField(verbose_name='开始填报')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='报送时限')),
                ('unit_count', models.PositiveIntegerField(default=0, verbose_name='应报单位数')),
                ('began_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
            ],
            options={
                'ordering': ('-first', '-pk'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PeriodicReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serial', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='报送时限')),
                ('state', models.CharField(choices=[('awaited', '待填报'), ('awaits_confirmation', '待本单位确认'), ('sent_back', '本单位退回修改'), ('handed_in', '已报送'), ('returned', '办公室退回'), ('accepted', '已收')], default='awaited', max_length=20, verbose_name='状态')),
                ('handed_in_at', models.DateTimeField(blank=True, null=True, verbose_name='报送时间')),
                ('figures', models.JSONField(default=dict, verbose_name='计入汇总的数字')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periodic_reports', to='yuetan.unit')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='yuetan.reportperiod')),
            ],
            options={
                'ordering': ('-pk',),
                'permissions': [('see_reports', '查看报表（单位只看自己的）'), ('fill_report', '填报本单位的报表'), ('confirm_report', '确认、退回本单位的报表'), ('accept_report', '收下、退回单位的报表'), ('chase_reports', '催报')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReportScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, unique=True, verbose_name='名称')),
                ('created_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('pk',),
                'permissions': [('keep_schemes', '设立、修改报送事项')],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='reportperiod',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='yuetan.reportscheme'),
        ),
        migrations.CreateModel(
            name='ReportVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('values', models.JSONField(default=dict, verbose_name='填报内容')),
                ('is_zero', models.BooleanField(default=False, verbose_name='零报告')),
                ('reason', models.TextField(blank=True, verbose_name='更正说明')),
                ('entered_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('sent_back_at', models.DateTimeField(blank=True, null=True)),
                ('sent_back_reason', models.TextField(blank=True, verbose_name='本单位退回原因')),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('returned_at', models.DateTimeField(blank=True, null=True)),
                ('return_reason', models.TextField(blank=True, verbose_name='办公室退回原因')),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='yuetan.periodicreport')),
                ('returned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sent_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('report', 'version'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReportMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('concealed', '瞒报'), ('false', '谎报')], max_length=10, verbose_name='标记')),
                ('words', models.TextField(verbose_name='认定的事实')),
                ('marked_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawal_reason', models.TextField(blank=True, verbose_name='撤销原因')),
                ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='yuetan.periodicreport')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='yuetan.reportversion')),
            ],
            options={
                'ordering': ('-marked_at', '-pk'),
                'permissions': [('mark_report', '标记瞒报、谎报'), ('withdraw_report_mark', '撤销瞒报、谎报的标记')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReportFile',
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
                ('field', models.CharField(blank=True, max_length=10)),
                ('file', models.FileField(upload_to='reports/%Y/')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mark', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='yuetan.reportmark')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='yuetan.reportversion')),
            ],
            options={
                'ordering': ('uploaded_at', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='periodicreport',
            name='accepted',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.reportversion'),
        ),
        migrations.AddField(
            model_name='periodicreport',
            name='newest',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.reportversion'),
        ),
        migrations.CreateModel(
            name='SchemeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('source', models.CharField(max_length=200, verbose_name='依据')),
                ('kinds', models.JSONField(blank=True, default=list, verbose_name='单位类别')),
                ('named_units', models.JSONField(blank=True, default=list, verbose_name='指定单位')),
                ('rhythm', models.CharField(choices=[('weekly', '每周'), ('monthly', '每月'), ('quarterly', '每季度'), ('half_yearly', '每半年'), ('yearly', '每年'), ('once', '一次性'), ('any_time', '随时')], max_length=12, verbose_name='周期')),
                ('weekday', models.CharField(choices=[('monday', '周一'), ('tuesday', '周二'), ('wednesday', '周三'), ('thursday', '周四'), ('friday', '周五'), ('saturday', '周六'), ('sunday', '周日')], default='thursday', max_length=9, verbose_name='每周截止日')),
                ('due_days', models.PositiveSmallIntegerField(default=0, verbose_name='期末后天数')),
                ('day_count', models.CharField(choices=[('working', '工作日'), ('calendar', '自然日')], default='working', max_length=10, verbose_name='天数计法')),
                ('due_time', models.TimeField(default=datetime.time(12, 0), verbose_name='截止时间')),
                ('open_days', models.PositiveSmallIntegerField(default=0, verbose_name='期末前几天开始填报')),
                ('first_day', models.DateField(verbose_name='首期自')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='末期至')),
                ('fields', models.JSONField(default=list, verbose_name='填报项')),
                ('reason', models.TextField(blank=True, verbose_name='修改原因')),
                ('entered_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='yuetan.reportscheme')),
            ],
            options={
                'ordering': ('scheme', 'version'),
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='reportperiod',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='yuetan.schemeversion'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.UniqueConstraint(fields=('report', 'version'), name='one_report_version_per_number'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='report_confirmation_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_back_at', None), ('sent_back_by', None), ('sent_back_reason', '')), models.Q(('confirmed_at', None), ('sent_back_at__isnull', False), ('sent_back_by__isnull', False), models.Q(('sent_back_reason', ''), _negated=True)), _connector='OR'), name='report_sending_back_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('accepted_by', None)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False), ('confirmed_at__isnull', False)), _connector='OR'), name='report_acceptance_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('return_reason', ''), ('returned_at', None), ('returned_by', None)), models.Q(('accepted_at', None), ('confirmed_at__isnull', False), ('returned_at__isnull', False), ('returned_by__isnull', False), models.Q(('return_reason', ''), _negated=True)), _connector='OR'), name='report_return_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='reportmark',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('report',), name='one_mark_in_force_per_report'),
        ),
        migrations.AddConstraint(
            model_name='reportmark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='report_mark_is_withdrawn_whole'),
        ),
        migrations.AddIndex(
            model_name='reportfile',
            index=models.Index(fields=['sha256'], name='yuetan_repo_sha256_8a60db_idx'),
        ),
        migrations.AddIndex(
            model_name='reportfile',
            index=models.Index(fields=['offered_sha256'], name='yuetan_repo_offered_7822b1_idx'),
        ),
        migrations.AddConstraint(
            model_name='reportfile',
            constraint=models.CheckConstraint(condition=models.Q(('check_state', 'quarantined'), ('threat', ''), _connector='XOR'), name='report_file_names_its_threat'),
        ),
        migrations.AddConstraint(
            model_name='reportfile',
            constraint=models.CheckConstraint(condition=models.Q(('version__isnull', False), ('mark__isnull', False), _connector='XOR'), name='report_file_is_of_one_thing'),
        ),
        migrations.AddIndex(
            model_name='periodicreport',
            index=models.Index(fields=['unit', '-id'], name='reports_of_unit'),
        ),
        migrations.AddIndex(
            model_name='periodicreport',
            index=models.Index(fields=['period', 'unit', 'id'], name='reports_of_period'),
        ),
        migrations.AddIndex(
            model_name='periodicreport',
            index=models.Index(condition=models.Q(('handed_in_at', None)), fields=['period'], name='reports_not_handed_in'),
        ),
        migrations.AddIndex(
            model_name='periodicreport',
            index=models.Index(condition=models.Q(('state', 'handed_in')), fields=['period'], name='reports_to_accept'),
        ),
        migrations.AddIndex(
            model_name='periodicreport',
            index=models.Index(condition=models.Q(('state__in', ['awaited', 'awaits_confirmation', 'sent_back', 'returned'])), fields=['unit', 'due_at'], name='reports_owed_by_unit'),
        ),
        migrations.AddConstraint(
            model_name='periodicreport',
            constraint=models.UniqueConstraint(fields=('period', 'unit', 'serial'), name='one_report_per_unit_and_period'),
        ),
        migrations.AddConstraint(
            model_name='schemeversion',
            constraint=models.UniqueConstraint(fields=('scheme', 'version'), name='one_scheme_version_per_number'),
        ),
        migrations.AddConstraint(
            model_name='schemeversion',
            constraint=models.UniqueConstraint(fields=('scheme', 'first_day'), name='one_scheme_version_per_day'),
        ),
        migrations.AddConstraint(
            model_name='schemeversion',
            constraint=models.CheckConstraint(condition=models.Q(('last_day', None), ('last_day__gte', models.F('first_day')), _connector='OR'), name='scheme_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='schemeversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('version', 1)), models.Q(('version__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='scheme_change_has_reason'),
        ),
        migrations.AddIndex(
            model_name='reportperiod',
            index=models.Index(fields=['scheme', '-first', '-id'], name='report_periods_newest'),
        ),
        migrations.AddConstraint(
            model_name='reportperiod',
            constraint=models.UniqueConstraint(fields=('scheme', 'first'), name='one_report_period_per_day'),
        ),
        migrations.RunSQL(KEPT, DROPPED),
    ]
