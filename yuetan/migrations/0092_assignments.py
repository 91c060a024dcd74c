"""交办事项: a fourth subject of steps; what a meeting agreed, or a letter received asks for, as tasks of one unit."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django_fsm
import uuid
import yuetan.models.case.task_account
import yuetan.models.flow.step
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models


# The functions of 0085, which know the fourth.
GRAMS = r"""
CREATE FUNCTION yuetan_search_grams(words text, letter uuid, measure_laid uuid, assignment uuid, is_inner boolean, unit bigint, id bigint)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000
RETURN array_to_tsvector(yuetan_bigrams(words)
    || ARRAY[
        '@' || id / 4096,
        CASE WHEN letter IS NOT NULL THEN '#letter' WHEN measure_laid IS NOT NULL THEN '#measure_laid'
            WHEN assignment IS NOT NULL THEN '#assignment' ELSE '#case' END
            || CASE WHEN is_inner THEN '.inner' ELSE '.outer' END,
        '#unit' || unit
    ]
    || CASE WHEN letter IS NULL AND measure_laid IS NULL AND assignment IS NULL AND is_inner
        THEN yuetan_matter_grams(yuetan_bigrams(split_part(words, E'\n', 1)))
    END)
"""
DROP_FORMER_GRAMS = "DROP FUNCTION yuetan_search_grams(text, uuid, uuid, boolean, bigint, bigint)"
DROP_FORMER_SEARCH = "DROP FUNCTION yuetan_search_source(); DROP FUNCTION yuetan_search_text();"
TEXT = r"""
CREATE FUNCTION yuetan_search_text()
RETURNS TABLE (case_id uuid, letter_id uuid, measure_laid_id uuid, assignment_id uuid, unit_id bigint, is_inner boolean, created_at timestamptz, words text)
LANGUAGE sql STABLE AS $$
    SELECT one.id, NULL::uuid, NULL::uuid, NULL::uuid, one.unit_id, side.is_inner, one.created_at, concat_ws(E'\n',
        one.matter,
        (SELECT string_agg(person.name, E'\n' ORDER BY person.id) FROM yuetan_case_interviewees AS named
            JOIN yuetan_post AS post ON post.id = named.post_id
            JOIN yuetan_user AS person ON person.id = post.holder_id WHERE named.case_id = one.id),
        (SELECT string_agg(paper.prefix || '〔' || paper.year || '〕' || paper.serial || '号', E'\n' ORDER BY paper.issued_at, paper.id)
            FROM yuetan_document AS paper WHERE paper.case_id = one.id),
        CASE WHEN side.is_inner THEN '约谈〔' || one.register_year || '〕' || one.register_serial || '号' END,
        CASE WHEN side.is_inner THEN (
            SELECT string_agg(concat_ws(E'\n', stated.facts, stated.reference_number, stated.reference_summary), E'\n'
                ORDER BY stated.id) FROM yuetan_caseground AS stated WHERE stated.case_id = one.id) END,
        CASE WHEN side.is_inner OR minutes_issued.yes THEN (
            SELECT concat_ws(E'\n', text.problems, text.statement, text.discussion)
            FROM yuetan_minutes AS text WHERE text.case_id = one.id) END,
        CASE WHEN side.is_inner OR minutes_issued.yes THEN (
            SELECT string_agg(concat_ws(E'\n', measure.content, measure.responsible_person), E'\n'
                ORDER BY measure.number)
            FROM yuetan_measure AS measure JOIN yuetan_interview AS held ON held.id = measure.interview_id
            WHERE held.case_id = one.id) END
    )
    FROM yuetan_case AS one
    CROSS JOIN (VALUES (true), (false)) AS side (is_inner)
    CROSS JOIN LATERAL (SELECT EXISTS (
        SELECT FROM yuetan_document AS paper WHERE paper.case_id = one.id AND paper.kind = 'minutes') AS yes
    ) AS minutes_issued
    WHERE side.is_inner OR EXISTS (SELECT FROM yuetan_document AS paper WHERE paper.case_id = one.id)
    UNION ALL
    SELECT NULL::uuid, letter.id, NULL::uuid, NULL::uuid, letter.unit_id, side.is_inner, letter.created_at, concat_ws(E'\n',
        letter.matter, letter.lead_matter, letter.problems, letter.requirements,
        (SELECT string_agg(paper.prefix || '〔' || paper.year || '〕' || paper.serial || '号', E'\n' ORDER BY paper.issued_at, paper.id)
            FROM yuetan_document AS paper WHERE paper.letter_id = letter.id))
    FROM yuetan_letter AS letter
    CROSS JOIN (VALUES (true), (false)) AS side (is_inner)
    WHERE side.is_inner OR letter.state = 'issued'
    UNION ALL
    SELECT NULL::uuid, NULL::uuid, laid.id, NULL::uuid, laid.unit_id, side.is_inner, laid.created_at, concat_ws(E'\n',
        laid.matter, laid.facts, laid.demands, CASE WHEN side.is_inner THEN laid.door_words END,
        (SELECT string_agg(paper.prefix || '〔' || paper.year || '〕' || paper.serial || '号', E'\n' ORDER BY paper.issued_at, paper.id)
            FROM yuetan_document AS paper WHERE paper.measure_laid_id = laid.id))
    FROM yuetan_accountabilitymeasure AS laid
    CROSS JOIN (VALUES (true), (false)) AS side (is_inner)
    WHERE side.is_inner OR laid.served_on IS NOT NULL
    UNION ALL
    SELECT NULL::uuid, NULL::uuid, NULL::uuid, given.id, given.unit_id, side.is_inner, given.created_at, concat_ws(E'\n',
        given.matter, given.source_number,
        (SELECT string_agg(task.content, E'\n' ORDER BY task.number) FROM yuetan_task AS task WHERE task.assignment_id = given.id))
    FROM yuetan_assignment AS given
    CROSS JOIN (VALUES (true), (false)) AS side (is_inner)
$$
"""
SOURCE = r"""
CREATE FUNCTION yuetan_search_source()
RETURNS TABLE (case_id uuid, letter_id uuid, measure_laid_id uuid, assignment_id uuid, unit_id bigint, is_inner boolean, created_at timestamptz, words text)
LANGUAGE sql STABLE AS $$
    SELECT case_id, letter_id, measure_laid_id, assignment_id, unit_id, is_inner, created_at, yuetan_search_words(words) FROM yuetan_search_text()
$$
"""
FOLLOWS = """
CREATE OR REPLACE FUNCTION yuetan_event_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before timestamptz;
BEGIN
    IF NEW.data ? 'recorded_on' THEN RETURN NEW; END IF;
    IF NEW.case_id IS NOT NULL THEN
        SELECT created_at INTO before FROM yuetan_event WHERE case_id = NEW.case_id ORDER BY created_at DESC LIMIT 1;
    ELSIF NEW.letter_id IS NOT NULL THEN
        SELECT created_at INTO before FROM yuetan_event WHERE letter_id = NEW.letter_id ORDER BY created_at DESC LIMIT 1;
    ELSIF NEW.measure_laid_id IS NOT NULL THEN
        SELECT created_at INTO before FROM yuetan_event WHERE measure_laid_id = NEW.measure_laid_id
        ORDER BY created_at DESC LIMIT 1;
    ELSIF NEW.assignment_id IS NOT NULL THEN
        SELECT created_at INTO before FROM yuetan_event WHERE assignment_id = NEW.assignment_id
        ORDER BY created_at DESC LIMIT 1;
    END IF;
    IF before > NEW.created_at THEN
        -- What was done while the clock was wrong, and noticed to be, bears a time to come: that keeps nobody waiting.
        IF before - NEW.created_at > interval '1 minute' AND NOT EXISTS (
            SELECT 1 FROM yuetan_clockjump WHERE ended_at IS NOT NULL AND known_at <= before
        ) THEN
            RAISE EXCEPTION 'an event of % would lie before the one it follows, of %', NEW.created_at, before
                USING ERRCODE = 'YT001';
        END IF;
        NEW.created_at := before;
    END IF;
    RETURN NEW;
END $$;
"""
CORRECTED = """
CREATE OR REPLACE FUNCTION yuetan_receipt_is_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM yuetan_document AS paper
        JOIN yuetan_event AS event ON event.case_id = paper.case_id OR event.letter_id = paper.letter_id
            OR event.measure_laid_id = paper.measure_laid_id OR event.assignment_id = paper.assignment_id
        WHERE paper.id = OLD.document_id AND event.verb = 'correct_receipt' AND yuetan_event_is_of_now(event.xmin)
    ) AND NOT (TG_OP = 'DELETE' AND yuetan_is_destroying())
    THEN RAISE EXCEPTION 'receipt changes by an event alone: correct_receipt' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""
# As in 0088, with one more column.
DOCUMENT = (
    *("html", "sha256", "prefix", "year", "serial", "kind", "issued_at", "entry_id", "check_code"),
    *("title", "addressee", "issued_by_id", "case_id", "letter_id", "measure_laid_id", "wording_sha256", "sheet_id"),
    *("meeting_id", "assignment_id"),
)
# As in 0089; a task may be of an assignment, whose event it then asks for.
TASKS = """
CREATE FUNCTION yuetan_assignment_has_no_open_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM yuetan_assignment WHERE id = NEW.id) = 'concluded'
        AND EXISTS (SELECT FROM yuetan_task WHERE assignment_id = NEW.id AND state <> 'accepted')
    THEN RAISE EXCEPTION 'no assignment is concluded with an open task' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER concluded_without_open_task AFTER UPDATE ON yuetan_assignment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION yuetan_assignment_has_no_open_task();
DROP TRIGGER kept_as_assigned ON yuetan_task;
CREATE TRIGGER kept_as_assigned BEFORE UPDATE ON yuetan_task FOR EACH ROW WHEN (
    (NEW.case_id, NEW.measure_laid_id, NEW.assignment_id, NEW.measure_id, NEW.number, NEW.assigned_on, NEW.first_due_on)
    IS DISTINCT FROM
    (OLD.case_id, OLD.measure_laid_id, OLD.assignment_id, OLD.measure_id, OLD.number, OLD.assigned_on, OLD.first_due_on)
) EXECUTE FUNCTION yuetan_refuse_change();
DROP TRIGGER state_has_an_event ON yuetan_task;
CREATE CONSTRAINT TRIGGER state_has_an_event AFTER UPDATE ON yuetan_task DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state IS DISTINCT FROM OLD.state) EXECUTE FUNCTION yuetan_changed_by_its_step(
        'case_id',
        'hand_in_report register_report accept_task return_task send_back reopen void_document revoke_assignment'
    );
CREATE OR REPLACE FUNCTION yuetan_changed_by_its_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
    of_case uuid;
    of_measure uuid;
    of_assignment uuid;
BEGIN
    -- The arguments: the column that leads to the case, and the verbs, one of which is taken in this transaction.
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    IF TG_ARGV[0] = 'interview_id'
    THEN SELECT case_id INTO of_case FROM yuetan_interview WHERE id = changed.interview_id;
    ELSE of_case := to_jsonb(changed) ->> TG_ARGV[0];
    END IF;
    IF of_case IS NULL THEN of_measure := to_jsonb(changed) ->> 'measure_laid_id'; END IF;
    IF of_case IS NULL THEN of_assignment := to_jsonb(changed) ->> 'assignment_id'; END IF;
    IF NOT EXISTS (
        SELECT 1 FROM yuetan_event
        WHERE case_id = of_case AND verb = ANY (string_to_array(TG_ARGV[1], ' ')) AND yuetan_event_is_of_now(xmin)
    ) AND NOT EXISTS (
        SELECT 1 FROM yuetan_event
        WHERE measure_laid_id = of_measure AND verb = ANY (string_to_array(TG_ARGV[1], ' '))
            AND yuetan_event_is_of_now(xmin)
    ) AND NOT EXISTS (
        SELECT 1 FROM yuetan_event
        WHERE assignment_id = of_assignment AND verb = ANY (string_to_array(TG_ARGV[1], ' '))
            AND yuetan_event_is_of_now(xmin)
    ) AND NOT (TG_OP = 'DELETE' AND yuetan_is_destroying())
    THEN RAISE EXCEPTION '% changes by an event alone: %', TG_TABLE_NAME, TG_ARGV[1]
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""
HANDED_OUT = ("regulation_id", "meeting_id", "received_letter_id", "matter", "source_number", "drafter_id", "created_at")


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


KEPT = f"""
CREATE TRIGGER kept BEFORE DELETE ON yuetan_assignment FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_handed_out BEFORE UPDATE ON yuetan_assignment
    FOR EACH ROW WHEN ({changed(HANDED_OUT)}) EXECUTE FUNCTION yuetan_refuse_change();
CREATE CONSTRAINT TRIGGER state_has_an_event AFTER UPDATE ON yuetan_assignment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION yuetan_state_has_an_event('assignment_id');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('yuetan', '0091_more_keys_by_time'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('opened_on', models.DateField(blank=True, null=True, verbose_name='向该单位开放之日')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', django_fsm.FSMField(choices=[('running', '办理中'), ('concluded', '已办结'), ('revoked', '已撤销交办')], default='running', max_length=20, protected=True, verbose_name='状态')),
                ('matter', models.CharField(max_length=300, verbose_name='事由')),
                ('source_number', models.CharField(blank=True, max_length=210, verbose_name='来源文号')),
                ('created_at', models.DateTimeField(default=yuetan.rules.dates.clock.now, verbose_name='交办时间')),
                ('concluded_on', models.DateField(blank=True, null=True, verbose_name='办结日期')),
            ],
            options={
                'ordering': ('-created_at', '-id'),
                'permissions': [('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '整改任务销号'), ('return_task', '退回整改报告'), ('chase', '催办整改任务'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止整改任务计时'), ('resume_task', '恢复整改任务计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('sign_inspection', '签认督查、核查、回头看记录，上传签字的记录'), ('register_report', '代录纸质整改报告'), ('register_progress', '代录纸质进展报告'), ('register_extension', '代录纸质延期申请'), ('register_chase_answer', '代录纸质催办回复'), ('register_supervision_receipt', '登记督办单的纸质回执'), ('register_supervision_answer', '代录纸质督办单回复'), ('see_assignments', '查看交办事项（单位只看自己的）'), ('hand_out_assignment', '把会议议定事项、三书一函的整改交给单位承办'), ('conclude_assignment', '办结交办事项'), ('revoke_assignment', '撤销交办'), ('carry_over_assignment', '将已撤并单位的交办事项转由承接单位办理')],
                'default_permissions': (),
            },
            bases=(django_fsm.FSMModelMixin, yuetan.models.case.task_account.HasTasks, yuetan.models.flow.step.HasSteps, models.Model),
        ),
        migrations.CreateModel(
            name='AssignmentGroupPermission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AssignmentUserPermission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'abstract': False,
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='task',
            options={'default_permissions': (), 'ordering': ('case_id', 'measure_laid_id', 'assignment_id', 'number')},
        ),
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_of_one_subject',
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='document_of_one_subject',
        ),
        migrations.RemoveConstraint(
            model_name='draftfield',
            name='one_draft_field_per_name',
        ),
        migrations.RemoveConstraint(
            model_name='draftfield',
            name='draft_field_belongs_to_one_form',
        ),
        migrations.RemoveConstraint(
            model_name='follow',
            name='follow_of_one_subject',
        ),
        migrations.RemoveConstraint(
            model_name='inspectionteam',
            name='team_of_one_origin',
        ),
        migrations.RemoveConstraint(
            model_name='paperfiling',
            name='filing_of_one_subject',
        ),
        migrations.RemoveConstraint(
            model_name='pendingstep',
            name='a_pending_step_is_of_one_subject',
        ),
        migrations.RemoveConstraint(
            model_name='pendingstep',
            name='a_pending_step_once_for_each_recipient',
        ),
        migrations.RemoveConstraint(
            model_name='searchentry',
            name='search_entry_of_one_subject',
        ),
        migrations.RemoveConstraint(
            model_name='searchentry',
            name='one_search_entry_a_side',
        ),
        migrations.RemoveConstraint(
            model_name='task',
            name='one_task_per_number',
        ),
        migrations.RemoveConstraint(
            model_name='task',
            name='task_of_one_origin',
        ),
        migrations.RemoveIndex(
            model_name='searchentry',
            name='search_by_grams',
        ),
        migrations.RunSQL(DROP_FORMER_GRAMS, migrations.RunSQL.noop),
        migrations.RunSQL(GRAMS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='pendingstep',
            name='verb',
            field=models.CharField(choices=[('submit', '报核'), ('return_for_changes', '退回修改'), ('take_back', '取回修改'), ('endorse', '核稿同意，报审定'), ('approve', '审定同意'), ('decline', '不予约谈'), ('confirm_approval', '复核登记的审定同意'), ('confirm_decline', '复核登记的不予约谈'), ('serve_notice', '书面通知'), ('reschedule', '改期'), ('hold_interview', '记录约谈'), ('issue_minutes', '印发纪要'), ('assign', '交办整改'), ('begin_inspection', '启动督查'), ('send_back', '退回整改'), ('reopen', '复发重启整改'), ('close', '办结销号'), ('withdraw', '撤回'), ('draft', '拟稿'), ('revise_draft', '修改建议'), ('register_decision', '登记审定'), ('return_registration', '退回审定登记'), ('acknowledge_receipt', '签收通知'), ('register_receipt', '登记纸质回执'), ('prepare_submission', '填写书面材料'), ('hand_in_submission', '提交书面材料'), ('ask_leave', '请假'), ('decide_leave', '审批请假'), ('record_absence', '记录缺席'), ('revise_minutes', '修改纪要'), ('confirm_minutes', '确认纪要文本'), ('return_minutes', '退回修改纪要'), ('send_minutes', '送被约谈方确认'), ('answer_minutes', '反馈纪要意见'), ('correct_minutes', '拟定纪要更正'), ('confirm_correction', '确认更正并印发'), ('prepare_report', '填写整改报告'), ('hand_in_report', '报送整改报告'), ('prepare_progress', '填写进展报告'), ('hand_in_progress', '报送进展报告'), ('note_progress', '批阅进展报告'), ('accept_task', '销号'), ('return_task', '退回整改报告'), ('chase', '催办'), ('answer_chase', '回复催办'), ('record_site_check', '记录现场核查'), ('ask_extension', '申请延期'), ('decide_extension', '审批延期'), ('pause_task', '中止计时'), ('resume_task', '恢复计时'), ('issue_supervision_letter', '印发督办单'), ('acknowledge_supervision', '签收督办单'), ('answer_supervision', '回复督办单'), ('conclude_inspection', '记录督查情况'), ('record_revisit', '记录回头看'), ('sign_inspection', '签认督查记录'), ('request_send_back', '提请退回整改'), ('request_reopening', '提请重启整改'), ('refuse_rework', '不同意重新整改'), ('record_consequence', '记录问责处理'), ('confirm_consequence', '核对问责处理'), ('set_retention', '调整保管期限'), ('place_hold', '冻结卷宗'), ('lift_hold', '解除冻结'), ('register_submission', '代录书面材料'), ('register_leave', '代录请假'), ('register_minutes_answer', '代录纪要意见'), ('register_report', '代录整改报告'), ('register_progress', '代录进展报告'), ('register_extension', '代录延期申请'), ('register_chase_answer', '代录催办回复'), ('register_supervision_receipt', '登记督办单纸质回执'), ('register_supervision_answer', '代录督办单回复'), ('carry_over', '转由承接单位办理'), ('set_readers', '设定知悉范围'), ('record_earlier_case', '补录约谈事项'), ('hand_in_earlier_case', '补录完毕，送复核'), ('confirm_earlier_case', '复核补录'), ('return_earlier_case', '退回补录'), ('discard_earlier_case', '作废补录'), ('draft_letter', '起草提醒函'), ('approve_letter', '签发提醒函'), ('return_letter', '退回提醒函'), ('take_back_letter', '取回提醒函'), ('revise_letter', '修改提醒函'), ('cancel_letter', '作废提醒函草稿'), ('acknowledge_letter', '签收提醒函'), ('prepare_letter_answer', '填写提醒函答复'), ('answer_letter', '答复提醒函'), ('register_letter_receipt', '登记提醒函纸质回执'), ('register_letter_answer', '代录提醒函答复'), ('carry_over_letter', '提醒函转由承接单位办理'), ('draft_measure', '起草责任措施'), ('revise_measure', '修改责任措施'), ('submit_measure', '报核责任措施'), ('return_measure', '退回责任措施'), ('endorse_measure', '核稿责任措施，报领导审定'), ('decide_measure', '审定责任措施'), ('decline_measure', '不予实施责任措施'), ('withdraw_measure', '撤回责任措施'), ('serve_measure', '印发送达责任措施'), ('acknowledge_measure', '签收责任措施'), ('register_measure_receipt', '登记责任措施纸质回执'), ('open_interview', '据通报提出约谈建议'), ('conclude_measure', '认定整改完成'), ('carry_over_measure', '责任措施转由承接单位办理'), ('hand_out_assignment', '交办'), ('conclude_assignment', '办结交办事项'), ('revoke_assignment', '撤销交办'), ('carry_over_assignment', '交办事项转由承接单位办理'), ('void_document', '作废文书'), ('correct_receipt', '更正纸质回执'), ('upload_scan', '上传盖章扫描件')], max_length=40),
        ),
        migrations.AlterField(
            model_name='task',
            name='state',
            field=django_fsm.FSMField(choices=[('assigned', '待报告'), ('reported', '已报告，待核查'), ('returned', '已退回，待重新报告'), ('accepted', '已销号'), ('revoked', '已撤销')], default='assigned', max_length=20, protected=True, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='drafter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assignment',
            name='first_unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit', verbose_name='原单位'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='yuetan.meeting'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='received_letter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='yuetan.receivedletter'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='regulation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.regulation'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='yuetan.unit', verbose_name='承办单位'),
        ),
        migrations.AddField(
            model_name='alert',
            name='assignment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='yuetan.assignment'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='assignment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='yuetan.assignment'),
        ),
        migrations.AddField(
            model_name='document',
            name='assignment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='yuetan.assignment'),
        ),
        migrations.AddField(
            model_name='draftfield',
            name='assignment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft_fields', to='yuetan.assignment'),
        ),
        migrations.AddField(
            model_name='event',
            name='assignment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='yuetan.assignment'),
        ),
        migrations.AddField(
            model_name='follow',
            name='assignment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='yuetan.assignment'),
        ),
        migrations.AddField(
            model_name='inspectionteam',
            name='assignment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspection_teams', to='yuetan.assignment'),
        ),
        migrations.AddField(
            model_name='paperfiling',
            name='assignment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='paper_filings', to='yuetan.assignment'),
        ),
        migrations.AddField(
            model_name='pendingstep',
            name='assignment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pending_steps', to='yuetan.assignment'),
        ),
        migrations.AddField(
            model_name='searchentry',
            name='assignment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='search_entries', to='yuetan.assignment'),
        ),
        migrations.AddField(
            model_name='task',
            name='assignment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='yuetan.assignment'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(models.Func(models.F('words'), models.F('letter'), models.F('measure_laid'), models.F('assignment'), models.F('is_inner'), models.F('unit'), models.F('id'), function='yuetan_search_grams', output_field=django.contrib.postgres.search.SearchVectorField()), name='search_by_grams'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True), models.Q(('purpose', 'letter_answer'), _negated=True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True), ('purpose__in', ('letter_answer', 'former_receipt', 'receipt', 'paper_filing'))), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False), ('purpose__in', ('former_receipt', 'receipt', 'paper_filing', 'report', 'site_check', 'signed_sheet'))), models.Q(('assignment__isnull', False), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('purpose__in', ('former_receipt', 'receipt', 'paper_filing', 'report', 'site_check', 'signed_sheet'))), _connector='OR'), name='attachment_of_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('assignment__isnull', False), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', False)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', False), ('sheet__isnull', True)), _connector='OR'), name='document_of_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='draftfield',
            constraint=models.UniqueConstraint(fields=('case', 'letter', 'measure_laid', 'assignment', 'verb', 'unit', 'task', 'owner', 'name'), name='one_draft_field_per_name', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='draftfield',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True), ('unit', None)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('owner__isnull', False), ('unit__isnull', False), ('verb', 'draft')), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('owner__isnull', False), ('unit', None), ('verb__in', ('draft_letter', 'draft_measure'))), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True), ('owner__isnull', False), ('unit', None), ('verb__in', ('prepare_letter_answer', 'revise_letter'))), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False), ('unit', None)), models.Q(('assignment__isnull', False), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('unit', None)), _connector='OR'), name='draft_field_belongs_to_one_form'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False)), models.Q(('assignment__isnull', False), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True)), _connector='OR'), name='follow_of_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(fields=('person', 'assignment'), name='assignment_followed_once'),
        ),
        migrations.AddConstraint(
            model_name='inspectionteam',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('measure_laid__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('measure_laid__isnull', False)), models.Q(('assignment__isnull', False), ('case__isnull', True), ('measure_laid__isnull', True)), _connector='OR'), name='team_of_one_origin'),
        ),
        migrations.AddConstraint(
            model_name='paperfiling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False)), models.Q(('assignment__isnull', False), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True)), _connector='OR'), name='filing_of_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='pendingstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False)), models.Q(('assignment__isnull', False), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True)), _connector='OR'), name='a_pending_step_is_of_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='pendingstep',
            constraint=models.UniqueConstraint(fields=('case', 'letter', 'measure_laid', 'assignment', 'verb', 'role', 'group', 'person', 'from_at'), name='a_pending_step_once_for_each_recipient', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False)), models.Q(('assignment__isnull', False), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True)), _connector='OR'), name='search_entry_of_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=models.UniqueConstraint(fields=('case', 'letter', 'measure_laid', 'assignment', 'is_inner'), name='one_search_entry_a_side', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(fields=('case', 'measure_laid', 'assignment', 'number'), name='one_task_per_number', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('measure_laid__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('measure_laid__isnull', False)), models.Q(('assignment__isnull', False), ('case__isnull', True), ('measure_laid__isnull', True)), _connector='OR'), name='task_of_one_origin'),
        ),
        migrations.AddField(
            model_name='assignmentgrouppermission',
            name='content_object',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='group_grants', to='yuetan.assignment'),
        ),
        migrations.AddField(
            model_name='assignmentgrouppermission',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.group'),
        ),
        migrations.AddField(
            model_name='assignmentgrouppermission',
            name='permission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission'),
        ),
        migrations.AddField(
            model_name='assignmentuserpermission',
            name='content_object',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='user_grants', to='yuetan.assignment'),
        ),
        migrations.AddField(
            model_name='assignmentuserpermission',
            name='permission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission'),
        ),
        migrations.AddField(
            model_name='assignmentuserpermission',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['-created_at', '-id'], name='assignments_newest'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['unit', '-created_at', '-id'], name='assignments_of_unit'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=django.contrib.postgres.indexes.GinIndex(models.Func(models.Func(models.F('matter'), function='yuetan_search_words', output_field=models.TextField()), function='yuetan_bigrams', output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)), name='assignments_by_words'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['running', 'concluded', 'revoked'])), name='assignment_in_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('meeting__isnull', False), ('received_letter', None)), models.Q(('meeting', None), ('received_letter__isnull', False)), _connector='OR'), name='assignment_of_one_source'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concluded_on__isnull', False), ('state', 'concluded')), models.Q(models.Q(('state', 'concluded'), _negated=True), ('concluded_on', None)), _connector='OR'), name='assignment_concluded_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'revoked'), _negated=True), fields=('received_letter',), name='one_assignment_per_received_letter'),
        ),
        migrations.AlterUniqueTogether(
            name='assignmentgrouppermission',
            unique_together={('group', 'permission', 'content_object')},
        ),
        migrations.AlterUniqueTogether(
            name='assignmentuserpermission',
            unique_together={('user', 'permission', 'content_object')},
        ),
        migrations.RunSQL(DROP_FORMER_SEARCH, migrations.RunSQL.noop),
        migrations.RunSQL(TEXT, migrations.RunSQL.noop),
        migrations.RunSQL(SOURCE, migrations.RunSQL.noop),
        migrations.RunSQL(FOLLOWS, migrations.RunSQL.noop),
        migrations.RunSQL(CORRECTED, migrations.RunSQL.noop),
        migrations.RunSQL(TASKS, migrations.RunSQL.noop),
        migrations.RunSQL(keep_document(DOCUMENT), migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
