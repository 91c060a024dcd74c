"""资格限制: what a measure closes to whom and until when; never edited, ended early once."""

from importlib import import_module

import django.db.models.deletion
import uuid
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models

changed_by_table = import_module("yuetan.migrations.0025_rule_version").changed_by_table
KEPT = """
CREATE TRIGGER kept BEFORE DELETE ON yuetan_restriction FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_made BEFORE UPDATE ON yuetan_restriction FOR EACH ROW WHEN (
    (OLD.ended_on IS NOT NULL AND (NEW.until, NEW.ended_on, NEW.end_kind, NEW.end_reason, NEW.end_paper,
        NEW.ended_by_id, NEW.ended_at)
        IS DISTINCT FROM (OLD.until, OLD.ended_on, OLD.end_kind, OLD.end_reason, OLD.end_paper, OLD.ended_by_id,
        OLD.ended_at))
    OR (NEW.measure_laid_id, NEW.effect_id, NEW.unit_id, NEW.post_id, NEW.person_id, NEW.person_name,
        NEW.person_title, NEW.first_day, NEW.last_day, NEW.added_by_id, NEW.added_reason, NEW.created_at)
    IS DISTINCT FROM (OLD.measure_laid_id, OLD.effect_id, OLD.unit_id, OLD.post_id, OLD.person_id, OLD.person_name,
        OLD.person_title, OLD.first_day, OLD.last_day, OLD.added_by_id, OLD.added_reason, OLD.created_at)
) EXECUTE FUNCTION yuetan_refuse_change();
"""
DROPPED = """
DROP TRIGGER kept ON yuetan_restriction; DROP TRIGGER kept_as_made ON yuetan_restriction;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0092_assignments'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='accountabilitymeasure',
            options={'default_permissions': (), 'ordering': ('-created_at', '-id'), 'permissions': [('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '整改任务销号'), ('return_task', '退回整改报告'), ('chase', '催办整改任务'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止整改任务计时'), ('resume_task', '恢复整改任务计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('sign_inspection', '签认督查、核查、回头看记录，上传签字的记录'), ('register_report', '代录纸质整改报告'), ('register_progress', '代录纸质进展报告'), ('register_extension', '代录纸质延期申请'), ('register_chase_answer', '代录纸质催办回复'), ('register_supervision_receipt', '登记督办单的纸质回执'), ('register_supervision_answer', '代录纸质督办单回复'), ('see_measure', '查看责任措施（单位只看送达后的）'), ('draft_measure', '起草责任措施'), ('revise_measure', '修改责任措施的拟稿'), ('submit_measure', '责任措施报核'), ('return_measure_review', '核稿时退回责任措施'), ('return_measure_proposal', '审定时退回责任措施'), ('endorse_measure', '核稿责任措施，报领导审定'), ('decide_measure_by_office', '审定由办公室作出的责任措施'), ('decide_measure', '审定报领导的责任措施'), ('decline_measure_by_office', '核稿时不予实施责任措施'), ('decline_measure', '审定时不予实施责任措施'), ('withdraw_measure', '撤回责任措施的拟稿'), ('withdraw_decided_measure', '撤回已审定、未印发的责任措施'), ('serve_measure', '印发送达责任措施'), ('acknowledge_measure', '签收责任措施'), ('register_measure_receipt', '登记责任措施的纸质回执'), ('open_interview', '据逾期未完成整改的通报提出约谈建议'), ('conclude_measure', '认定责任措施的整改目标完成'), ('carry_over_measure', '将已撤并单位的责任措施转由承接单位办理'), ('add_restricted_leader', '补列受资格限制的领导'), ('end_restriction', '登记资格限制的提前解除')]},
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person_name', models.CharField(blank=True, max_length=40, verbose_name='姓名')),
                ('person_title', models.CharField(blank=True, max_length=200, verbose_name='职务')),
                ('first_day', models.DateField(verbose_name='起')),
                ('last_day', models.DateField(verbose_name='止')),
                ('until', models.DateField(verbose_name='限制到')),
                ('added_reason', models.TextField(blank=True, verbose_name='补列的理由')),
                ('created_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='提前解除之日')),
                ('end_kind', models.CharField(blank=True, choices=[('revoked', '责任措施被撤销'), ('voided', '责任措施的文书作废'), ('decided', '有权机关决定提前解除'), ('mislisted', '列入有误')], max_length=10, verbose_name='提前解除的情形')),
                ('end_reason', models.TextField(blank=True, verbose_name='提前解除的理由')),
                ('end_paper', models.CharField(blank=True, max_length=200, verbose_name='据以提前解除的文书')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('effect', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.effect')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure_laid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='yuetan.accountabilitymeasure')),
                ('open_to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='yuetan.post')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='yuetan.unit', verbose_name='单位')),
            ],
            options={
                'ordering': ('-first_day', '-id'),
                'permissions': [('see_restrictions', '查看资格限制（单位、本人只看自己的）')],
                'default_permissions': (),
                'indexes': [models.Index(fields=['until', 'id'], name='restriction_by_end'), models.Index(fields=['-first_day', '-id'], name='restriction_newest'), models.Index(fields=['unit', '-first_day', '-id'], name='restriction_of_unit'), models.Index(fields=['open_to', '-first_day', '-id'], name='restriction_open_to'), models.Index(fields=['person', '-first_day', '-id'], name='restriction_of_person'), models.Index(condition=models.Q(('person_name', ''), _negated=True), fields=['person_name'], name='restriction_by_name')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('measure_laid', 'effect', 'person'), name='one_restriction_a_person'), models.UniqueConstraint(condition=models.Q(('person', None)), fields=('measure_laid', 'effect', 'person_name', 'person_title'), name='one_restriction_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('person', None), ('person_name', ''), ('person_title', ''), ('post', None)), models.Q(('person_name', ''), ('person_title', ''), _connector='OR', _negated=True), _connector='OR'), name='restriction_names_its_person'), models.CheckConstraint(condition=models.Q(models.Q(('person', None), ('post', None)), models.Q(('person__isnull', False), ('post__isnull', False)), _connector='OR'), name='restriction_person_by_post'), models.CheckConstraint(condition=models.Q(models.Q(('added_by', None), ('added_reason', '')), models.Q(('added_by__isnull', False), models.Q(('added_reason', ''), _negated=True)), _connector='OR'), name='restriction_added_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('end_kind', ''), ('end_paper', ''), ('end_reason', ''), ('ended_at', None), ('ended_by', None), ('ended_on', None), ('until', models.F('last_day'))), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('ended_on__isnull', False), models.Q(('end_kind', ''), ('end_reason', ''), ('end_paper', ''), _connector='OR', _negated=True), ('ended_on__gte', models.F('first_day')), ('ended_on__lte', models.F('last_day')), ('until__lt', models.F('ended_on'))), _connector='OR'), name='restriction_ends_whole')],
            },
        ),
        migrations.RunSQL(KEPT, DROPPED),
        changed_by_table("effect"),
    ]
