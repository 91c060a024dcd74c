"""实绩档案: what leaders enter, commendations and their files; once decided nothing of it changes."""

import django.db.models.deletion
import uuid
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE TRIGGER kept BEFORE DELETE ON yuetan_dossierentry FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_entered BEFORE UPDATE ON yuetan_dossierentry FOR EACH ROW WHEN (
    OLD.read_at IS NOT NULL OR OLD.returned_at IS NOT NULL
    OR (OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_at, NEW.confirmed_by_id, NEW.returned_at)
        IS DISTINCT FROM (OLD.confirmed_at, OLD.confirmed_by_id, OLD.returned_at))
    OR (NEW.person_id, NEW.unit_id, NEW.title, NEW.year, NEW.version, NEW.main_work, NEW.difficulties, NEW.reason,
        NEW.entered_by_id, NEW.entered_at)
    IS DISTINCT FROM (OLD.person_id, OLD.unit_id, OLD.title, OLD.year, OLD.version, OLD.main_work, OLD.difficulties,
        OLD.reason, OLD.entered_by_id, OLD.entered_at)
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept BEFORE DELETE ON yuetan_commendation FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_recorded BEFORE UPDATE ON yuetan_commendation FOR EACH ROW WHEN (
    OLD.withdrawn_at IS NOT NULL OR (NEW.unit_id, NEW.post_id, NEW.honour, NEW.awarded_by, NEW.awarded_on,
        NEW.paper_number, NEW.recorded_by_id, NEW.recorded_at)
    IS DISTINCT FROM (OLD.unit_id, OLD.post_id, OLD.honour, OLD.awarded_by, OLD.awarded_on, OLD.paper_number,
        OLD.recorded_by_id, OLD.recorded_at)
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_dossierpaper FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();
"""
DROPPED = """
DROP TRIGGER kept ON yuetan_dossierentry; DROP TRIGGER kept_as_entered ON yuetan_dossierentry;
DROP TRIGGER kept ON yuetan_commendation; DROP TRIGGER kept_as_recorded ON yuetan_commendation;
DROP TRIGGER kept ON yuetan_dossierpaper;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0080_own_labels'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='post',
            options={'default_permissions': (), 'ordering': ('unit', models.Func('kind', output_field=models.IntegerField(), template="array_position('{group_leader,first_deputy_leader,deputy_leader,office_director,case_officer,supervisor,system_administrator,security_administrator,security_auditor,unit_head,party_secretary,government_head,supervising_leader,leader_in_charge,liaison}'::varchar[], %(expressions)s)"), '-began_on')},
        ),
        migrations.CreateModel(
            name='Commendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('honour', models.CharField(max_length=100, verbose_name='表彰奖励名称')),
                ('awarded_by', models.CharField(max_length=100, verbose_name='授予机关')),
                ('awarded_on', models.DateField(verbose_name='授予日期')),
                ('paper_number', models.CharField(max_length=100, verbose_name='文号')),
                ('recorded_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawal_reason', models.TextField(blank=True, verbose_name='撤销原因')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commendations', to='yuetan.post')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commendations', to='yuetan.unit')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-awarded_on', '-id'),
                'permissions': [('record_commendation', '登记表彰奖励'), ('withdraw_commendation', '撤销登记有误的表彰奖励')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DossierEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='职务')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('version', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('main_work', models.TextField(verbose_name='主要工作情况及成效')),
                ('difficulties', models.TextField(verbose_name='协调解决困难和问题情况')),
                ('reason', models.TextField(blank=True, verbose_name='更正说明')),
                ('entered_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('returned_at', models.DateTimeField(blank=True, null=True)),
                ('return_reason', models.TextField(blank=True, verbose_name='退回原因')),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('read_note', models.TextField(blank=True, verbose_name='查阅意见')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossier_entries', to=settings.AUTH_USER_MODEL)),
                ('read_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('returned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossier_entries', to='yuetan.unit')),
            ],
            options={
                'ordering': ('-year', '-version'),
                'permissions': [('see_dossiers', '查看实绩档案（领导本人、本单位只看自己的）'), ('enter_dossier', '填写本人、本单位领导的实绩材料'), ('confirm_dossier', '确认、退回本单位领导的实绩材料'), ('read_dossier', '查阅实绩材料')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DossierPaper',
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
                ('file', models.FileField(upload_to='dossiers/%Y/')),
                ('commendation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='yuetan.commendation')),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='yuetan.dossierentry')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('uploaded_at', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='commendation',
            index=models.Index(fields=['unit', '-awarded_on'], name='commendation_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='commendation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='commendation_is_withdrawn_whole'),
        ),
        migrations.AddIndex(
            model_name='dossierentry',
            index=models.Index(fields=['unit', 'year'], name='dossier_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='dossierentry',
            constraint=models.UniqueConstraint(fields=('person', 'unit', 'year', 'version'), name='one_dossier_entry_per_version'),
        ),
        migrations.AddConstraint(
            model_name='dossierentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('version', 1)), models.Q(('version__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='dossier_version_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='dossierentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='dossier_confirmation_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='dossierentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('return_reason', ''), ('returned_at', None), ('returned_by', None)), models.Q(('confirmed_at', None), ('returned_at__isnull', False), ('returned_by__isnull', False), models.Q(('return_reason', ''), _negated=True)), _connector='OR'), name='dossier_return_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='dossierentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('read_at', None), ('read_by', None), ('read_note', '')), models.Q(('confirmed_at__isnull', False), ('read_at__isnull', False), ('read_by__isnull', False)), _connector='OR'), name='dossier_is_read_once_confirmed'),
        ),
        migrations.AddIndex(
            model_name='dossierpaper',
            index=models.Index(fields=['sha256'], name='yuetan_doss_sha256_4ab223_idx'),
        ),
        migrations.AddIndex(
            model_name='dossierpaper',
            index=models.Index(fields=['offered_sha256'], name='yuetan_doss_offered_85455d_idx'),
        ),
        migrations.AddConstraint(
            model_name='dossierpaper',
            constraint=models.CheckConstraint(condition=models.Q(('check_state', 'quarantined'), ('threat', ''), _connector='XOR'), name='dossier_paper_names_its_threat'),
        ),
        migrations.AddConstraint(
            model_name='dossierpaper',
            constraint=models.CheckConstraint(condition=models.Q(('entry__isnull', False), ('commendation__isnull', False), _connector='XOR'), name='dossier_paper_is_of_one_thing'),
        ),
        migrations.RunSQL(KEPT, DROPPED),
    ]
