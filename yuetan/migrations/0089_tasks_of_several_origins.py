"""Tasks of several origins: of a 纪要, or of a measure of a 责任制; each keeps what lists ask of its origin."""

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


FILL = """
UPDATE yuetan_task AS task SET unit_id = its.unit_id, first_unit_id = its.first_unit_id, drafter_id = its.drafter_id,
    year = its.register_year, runs = its.state = 'rectifying'
FROM yuetan_case AS its WHERE its.id = task.case_id
"""
# As of a closed case (0070): what is asked for at the end of the transaction, when all of a step is written.
ENDED = """
CREATE FUNCTION yuetan_measure_has_no_open_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM yuetan_accountabilitymeasure WHERE id = NEW.id) = 'ended'
        AND EXISTS (SELECT FROM yuetan_task WHERE measure_laid_id = NEW.id AND state <> 'accepted')
    THEN RAISE EXCEPTION 'no measure is found met with an open task' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ended_without_open_task AFTER UPDATE ON yuetan_accountabilitymeasure
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION yuetan_measure_has_no_open_task();
DROP TRIGGER kept_as_assigned ON yuetan_task;
CREATE TRIGGER kept_as_assigned BEFORE UPDATE ON yuetan_task FOR EACH ROW WHEN (
    (NEW.case_id, NEW.measure_laid_id, NEW.measure_id, NEW.number, NEW.assigned_on, NEW.first_due_on)
    IS DISTINCT FROM (OLD.case_id, OLD.measure_laid_id, OLD.measure_id, OLD.number, OLD.assigned_on, OLD.first_due_on)
) EXECUTE FUNCTION yuetan_refuse_change();
DROP TRIGGER state_has_an_event ON yuetan_task;
CREATE CONSTRAINT TRIGGER state_has_an_event AFTER UPDATE ON yuetan_task DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state) EXECUTE FUNCTION yuetan_changed_by_its_step(
        'case_id', 'hand_in_report register_report accept_task return_task send_back reopen void_document'
    );
-- As in 0084; a task may be of a measure, whose event it then asks for.
CREATE OR REPLACE FUNCTION yuetan_changed_by_its_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
    of_case uuid;
    of_measure uuid;
BEGIN
    -- The arguments: the column that leads to the case, and the verbs, one of which is taken in this transaction.
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    IF TG_ARGV[0] = 'interview_id'
    THEN SELECT case_id INTO of_case FROM yuetan_interview WHERE id = changed.interview_id;
    ELSE of_case := to_jsonb(changed) ->> TG_ARGV[0];
    END IF;
    IF of_case IS NULL THEN of_measure := to_jsonb(changed) ->> 'measure_laid_id'; END IF;
    IF NOT EXISTS (
        SELECT 1 FROM yuetan_event
        WHERE case_id = of_case AND verb = ANY (string_to_array(TG_ARGV[1], ' ')) AND yuetan_event_is_of_now(xmin)
    ) AND NOT EXISTS (
        SELECT 1 FROM yuetan_event
        WHERE measure_laid_id = of_measure AND verb = ANY (string_to_array(TG_ARGV[1], ' '))
            AND yuetan_event_is_of_now(xmin)
    ) AND NOT (TG_OP = 'DELETE' AND yuetan_is_destroying())
    THEN RAISE EXCEPTION '% changes by an event alone: %', TG_TABLE_NAME, TG_ARGV[1]
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""
DROPPED = """
DROP TRIGGER kept_as_assigned ON yuetan_task;
CREATE TRIGGER kept_as_assigned BEFORE UPDATE ON yuetan_task FOR EACH ROW WHEN (
    (NEW.case_id, NEW.measure_id, NEW.number, NEW.assigned_on, NEW.first_due_on)
    IS DISTINCT FROM (OLD.case_id, OLD.measure_id, OLD.number, OLD.assigned_on, OLD.first_due_on)
) EXECUTE FUNCTION yuetan_refuse_change();
DROP TRIGGER ended_without_open_task ON yuetan_accountabilitymeasure;
DROP FUNCTION yuetan_measure_has_no_open_task();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0088_meetings'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='accountabilitymeasure',
            options={'default_permissions': (), 'ordering': ('-created_at', '-id'), 'permissions': [('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '整改任务销号'), ('return_task', '退回整改报告'), ('chase', '催办整改任务'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止整改任务计时'), ('resume_task', '恢复整改任务计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('sign_inspection', '签认督查、核查、回头看记录，上传签字的记录'), ('register_report', '代录纸质整改报告'), ('register_progress', '代录纸质进展报告'), ('register_extension', '代录纸质延期申请'), ('register_chase_answer', '代录纸质催办回复'), ('register_supervision_receipt', '登记督办单的纸质回执'), ('register_supervision_answer', '代录纸质督办单回复'), ('see_measure', '查看责任措施（单位只看送达后的）'), ('draft_measure', '起草责任措施'), ('revise_measure', '修改责任措施的拟稿'), ('submit_measure', '责任措施报核'), ('return_measure_review', '核稿时退回责任措施'), ('return_measure_proposal', '审定时退回责任措施'), ('endorse_measure', '核稿责任措施，报领导审定'), ('decide_measure_by_office', '审定由办公室作出的责任措施'), ('decide_measure', '审定报领导的责任措施'), ('decline_measure_by_office', '核稿时不予实施责任措施'), ('decline_measure', '审定时不予实施责任措施'), ('withdraw_measure', '撤回责任措施的拟稿'), ('withdraw_decided_measure', '撤回已审定、未印发的责任措施'), ('serve_measure', '印发送达责任措施'), ('acknowledge_measure', '签收责任措施'), ('register_measure_receipt', '登记责任措施的纸质回执'), ('open_interview', '据逾期未完成整改的通报提出约谈建议'), ('conclude_measure', '认定责任措施的整改目标完成'), ('carry_over_measure', '将已撤并单位的责任措施转由承接单位办理')]},
        ),
        migrations.AlterModelOptions(
            name='task',
            options={'default_permissions': (), 'ordering': ('case_id', 'measure_laid_id', 'number')},
        ),
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_of_one_subject',
        ),
        migrations.RemoveConstraint(
            model_name='draftfield',
            name='draft_field_belongs_to_one_form',
        ),
        migrations.RemoveConstraint(
            model_name='task',
            name='one_task_per_number',
        ),
        migrations.RemoveConstraint(
            model_name='task',
            name='task_in_a_known_state',
        ),
        migrations.AddField(
            model_name='inspectionteam',
            name='measure_laid',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspection_teams', to='yuetan.accountabilitymeasure'),
        ),
        migrations.AddField(
            model_name='task',
            name='drafter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='task',
            name='first_unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit'),
        ),
        migrations.AddField(
            model_name='task',
            name='measure_laid',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='yuetan.accountabilitymeasure'),
        ),
        migrations.AddField(
            model_name='task',
            name='runs',
            field=models.BooleanField(default=True, verbose_name='在整改期内'),
        ),
        migrations.AddField(
            model_name='task',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit'),
        ),
        migrations.AddField(
            model_name='task',
            name='year',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='年度'),
        ),
        migrations.RunSQL([FILL, 'SET CONSTRAINTS ALL IMMEDIATE'], migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='task',
            name='drafter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='task',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit'),
        ),
        migrations.AlterField(
            model_name='task',
            name='year',
            field=models.PositiveSmallIntegerField(verbose_name='年度'),
        ),
        migrations.AlterField(
            model_name='inspectionteam',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspection_teams', to='yuetan.case'),
        ),
        migrations.AlterField(
            model_name='task',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='yuetan.case'),
        ),
        migrations.AlterField(
            model_name='task',
            name='measure',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='task', to='yuetan.measure'),
        ),
        migrations.AlterField(
            model_name='task',
            name='state',
            field=django_fsm.FSMField(choices=[('assigned', '待报告'), ('reported', '已报告，待核查'), ('returned', '已退回，待重新报告'), ('accepted', '已销号'), ('revoked', '随文书作废撤销')], default='assigned', max_length=20, protected=True, verbose_name='状态'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('letter', None), ('measure_laid', None), models.Q(('purpose', 'letter_answer'), _negated=True)), models.Q(('case', None), ('letter__isnull', False), ('measure_laid', None), ('purpose__in', ('letter_answer', 'former_receipt', 'receipt', 'paper_filing'))), models.Q(('case', None), ('letter', None), ('measure_laid__isnull', False), ('purpose__in', ('former_receipt', 'receipt', 'paper_filing', 'report', 'site_check', 'signed_sheet'))), _connector='OR'), name='attachment_of_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='draftfield',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('letter', None), ('measure_laid', None), ('unit', None)), models.Q(('case', None), ('letter', None), ('measure_laid', None), ('owner__isnull', False), ('unit__isnull', False), ('verb', 'draft')), models.Q(('case', None), ('letter', None), ('measure_laid', None), ('owner__isnull', False), ('unit', None), ('verb__in', ('draft_letter', 'draft_measure'))), models.Q(('case', None), ('letter__isnull', False), ('measure_laid', None), ('owner__isnull', False), ('unit', None), ('verb__in', ('prepare_letter_answer', 'revise_letter'))), models.Q(('case', None), ('letter', None), ('measure_laid__isnull', False), ('unit', None)), _connector='OR'), name='draft_field_belongs_to_one_form'),
        ),
        migrations.AddConstraint(
            model_name='inspectionteam',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('measure_laid__isnull', True)), models.Q(('case__isnull', True), ('measure_laid__isnull', False)), _connector='OR'), name='team_of_one_origin'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(fields=('case', 'measure_laid', 'number'), name='one_task_per_number', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('measure_laid__isnull', True)), models.Q(('case__isnull', True), ('measure_laid__isnull', False)), _connector='OR'), name='task_of_one_origin'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case', None), ('measure', None)), models.Q(('case__isnull', False), ('measure__isnull', False)), _connector='OR'), name='task_of_a_case_has_its_measure'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['assigned', 'reported', 'returned', 'accepted', 'revoked'])), name='task_in_a_known_state'),
        ),
        migrations.RunSQL(ENDED, DROPPED),
    ]
