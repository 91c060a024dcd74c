"""督导: rounds, teams, visits of units, findings, files and what followed; final once a unit was told.

A paper may be of a visit, and a 交办事项 may come from one.
"""

import django.db.models.deletion
import uuid
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models


# The function of 0095, with one more column.
DOCUMENT = (
    *("html", "sha256", "prefix", "year", "serial", "kind", "issued_at", "entry_id", "check_code"),
    *("title", "addressee", "issued_by_id", "case_id", "letter_id", "measure_laid_id", "wording_sha256", "sheet_id"),
    *("meeting_id", "assignment_id", "inquiry_id", "assessment_id"),
)
# The trigger of 0092, with one more column.
HANDED_OUT = ("regulation_id", "meeting_id", "received_letter_id", "matter", "source_number", "drafter_id", "created_at")
PLANNED = (
    *("kind", "title", "basis", "begins_on", "ends_on", "demands", "partners", "announced_by_id", "announced_at"),
)
VISITED = (
    *("day", "points", "finding_count", "problem_count", "findings_changed_at", "conclusion", "demands"),
    *("concluded_on", "concluded_by", "concluded_at", "recorded_by_id", "informed_by_id", "informed_at"),
    *("dropped_by_id", "dropped_at", "drop_reason"),
)
RECEIVED = ("received_by_id", "received_title", "received_at")
FOUND = (
    *("id", "visit_id", "number", "seen_on", "place", "words", "is_problem", "seen_by", "recorded_by_id"),
    "recorded_at",
)


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


def keep_assignment(columns):
    """The trigger on what was handed out, and from where."""
    return f"""
    DROP TRIGGER kept_as_handed_out ON yuetan_assignment;
    CREATE TRIGGER kept_as_handed_out BEFORE UPDATE ON yuetan_assignment
    FOR EACH ROW WHEN ({changed(columns)}) EXECUTE FUNCTION yuetan_refuse_change()
    """


FUNCTIONS = """
CREATE FUNCTION yuetan_round_is_planned() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_round uuid;
BEGIN
    IF TG_OP = 'INSERT' THEN of_round := NEW.round_id; ELSE of_round := OLD.round_id; END IF;
    IF EXISTS (
        SELECT FROM yuetan_supervisionround WHERE id = of_round
            AND (announced_at IS NOT NULL OR ended_at IS NOT NULL OR cancelled_at IS NOT NULL)
    ) OR EXISTS (
        SELECT FROM yuetan_roundfinding AS found JOIN yuetan_roundvisit AS visit ON visit.id = found.visit_id
        WHERE visit.round_id = of_round
    )
    THEN RAISE EXCEPTION 'who goes where is not changed once a round has begun' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION yuetan_visit_is_not_informed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM yuetan_roundvisit WHERE id = NEW.visit_id AND (informed_at IS NOT NULL OR dropped_at IS NOT NULL))
    THEN RAISE EXCEPTION 'nothing is found once a unit was told' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
KEPT = f"""
CREATE TRIGGER kept BEFORE DELETE ON yuetan_supervisionround FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_planned BEFORE UPDATE ON yuetan_supervisionround FOR EACH ROW WHEN (
    OLD.ended_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL
    OR (OLD.announced_at IS NOT NULL AND {changed(PLANNED)})
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept BEFORE INSERT OR UPDATE OR DELETE ON yuetan_roundmember
FOR EACH ROW EXECUTE FUNCTION yuetan_round_is_planned();
CREATE TRIGGER kept BEFORE INSERT OR DELETE ON yuetan_roundvisit
FOR EACH ROW EXECUTE FUNCTION yuetan_round_is_planned();
CREATE TRIGGER kept_as_informed BEFORE UPDATE ON yuetan_roundvisit FOR EACH ROW WHEN (
    {changed(("id", "round_id", "unit_id"))}
    OR OLD.dropped_at IS NOT NULL OR OLD.opinion_received_at IS NOT NULL
    OR (OLD.received_at IS NOT NULL AND {changed(RECEIVED)})
    OR (OLD.informed_at IS NOT NULL AND {changed((*VISITED, *RECEIVED))})
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept BEFORE DELETE ON yuetan_roundfinding FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_recorded BEFORE UPDATE ON yuetan_roundfinding FOR EACH ROW WHEN (
    OLD.withdrawn_at IS NOT NULL OR {changed(FOUND)}
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_before_informed BEFORE INSERT OR UPDATE ON yuetan_roundfinding
FOR EACH ROW EXECUTE FUNCTION yuetan_visit_is_not_informed();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_roundfile FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_roundfollowup
FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
"""
DROPPED = """
DROP TRIGGER kept ON yuetan_roundfollowup; DROP TRIGGER kept ON yuetan_roundfile;
DROP TRIGGER kept_before_informed ON yuetan_roundfinding; DROP TRIGGER kept_as_recorded ON yuetan_roundfinding;
DROP TRIGGER kept ON yuetan_roundfinding; DROP TRIGGER kept_as_informed ON yuetan_roundvisit;
DROP TRIGGER kept ON yuetan_roundvisit; DROP TRIGGER kept ON yuetan_roundmember;
DROP TRIGGER kept_as_planned ON yuetan_supervisionround; DROP TRIGGER kept ON yuetan_supervisionround;
DROP FUNCTION yuetan_visit_is_not_informed(); DROP FUNCTION yuetan_round_is_planned();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0099_pleas'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoundFile',
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
                ('file', models.FileField(upload_to='rounds/%Y/')),
            ],
            options={
                'ordering': ('uploaded_at', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RoundFinding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('seen_on', models.DateField(verbose_name='现场日期')),
                ('place', models.CharField(blank=True, max_length=100, verbose_name='地点')),
                ('words', models.TextField(verbose_name='情况')),
                ('is_problem', models.BooleanField(default=False, verbose_name='是问题')),
                ('seen_by', models.JSONField(default=list, verbose_name='在场的督导组成员')),
                ('recorded_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawal_reason', models.TextField(blank=True, verbose_name='撤回原因')),
            ],
            options={
                'ordering': ('visit', 'number'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RoundFollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('linked_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
            ],
            options={
                'ordering': ('pk',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RoundMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='职务')),
                ('leads', models.BooleanField(default=False, verbose_name='带队')),
            ],
            options={
                'ordering': ('-leads', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RoundVisit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='督导日期')),
                ('points', models.TextField(verbose_name='督导内容')),
                ('received_title', models.CharField(blank=True, max_length=200)),
                ('received_at', models.DateTimeField(blank=True, null=True, verbose_name='签收时间')),
                ('finding_count', models.PositiveSmallIntegerField(default=0, verbose_name='督导情况')),
                ('problem_count', models.PositiveSmallIntegerField(default=0, verbose_name='发现的问题')),
                ('findings_changed_at', models.DateTimeField(blank=True, null=True)),
                ('conclusion', models.TextField(blank=True, verbose_name='督导结论')),
                ('demands', models.TextField(blank=True, verbose_name='整改要求')),
                ('concluded_on', models.DateField(blank=True, null=True, verbose_name='集体研究日期')),
                ('concluded_by', models.JSONField(blank=True, default=list, verbose_name='参加集体研究的人员')),
                ('concluded_at', models.DateTimeField(blank=True, null=True)),
                ('informed_at', models.DateTimeField(blank=True, null=True, verbose_name='反馈时间')),
                ('opinion_received_title', models.CharField(blank=True, max_length=200)),
                ('opinion_received_at', models.DateTimeField(blank=True, null=True)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('drop_reason', models.TextField(blank=True, verbose_name='不再督导的原因')),
            ],
            options={
                'ordering': ('-day', '-pk'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SupervisionRound',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('linked', '联动督导'), ('dispatched', '特派督导'), ('follow_up', '跟踪督查'), ('joint', '联合督查'), ('unannounced', '明察暗访')], max_length=16, verbose_name='督导形式')),
                ('title', models.CharField(max_length=80, verbose_name='督导名称')),
                ('basis', models.CharField(max_length=200, verbose_name='督导依据')),
                ('begins_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(verbose_name='结束日期')),
                ('demands', models.TextField(blank=True, verbose_name='有关要求')),
                ('partners', models.TextField(blank=True, verbose_name='联合的部门和人员')),
                ('planned_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('announced_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancel_reason', models.TextField(blank=True, verbose_name='取消原因')),
            ],
            options={
                'ordering': ('-begins_on', '-pk'),
                'permissions': [('see_rounds', '查看督导（单位只看自己的，明察暗访到督导日期以后才看得到）'), ('plan_round', '制定、修改、取消督导，改定督导日期，不再督导某一单位'), ('announce_round', '印发督导通知书'), ('record_round_finding', '登记、撤回督导情况'), ('conclude_visit', '登记督导的集体结论'), ('issue_round_opinion', '印发督导意见书'), ('end_round', '结束督导'), ('receive_round_paper', '签收发给本单位的督导通知书、督导意见书')],
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='assignment',
            name='assignment_of_one_source',
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
            model_name='destroyedpaper',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('plea_answer', '申述答复'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('round_notice', '督导通知书'), ('round_opinion', '督导意见书'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('plea_answer', '申述答复'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('round_notice', '督导通知书'), ('round_opinion', '督导意见书'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='numberentry',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('veto_decision', '一票否决决定书'), ('listed_supervision', '挂牌督办通知书'), ('delisting', '摘牌通知书'), ('plea_answer', '申述答复'), ('veto_proposal', '书面建议'), ('referral_letter', '移送函'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('round_notice', '督导通知书'), ('round_opinion', '督导意见书'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AddField(
            model_name='roundfile',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundfinding',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundfinding',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundfile',
            name='finding',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='yuetan.roundfinding'),
        ),
        migrations.AddField(
            model_name='roundfollowup',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='round_links', to='yuetan.case'),
        ),
        migrations.AddField(
            model_name='roundfollowup',
            name='letter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='round_links', to='yuetan.letter'),
        ),
        migrations.AddField(
            model_name='roundfollowup',
            name='linked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundfollowup',
            name='measure_laid',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='round_links', to='yuetan.accountabilitymeasure'),
        ),
        migrations.AddField(
            model_name='roundmember',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='dropped_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='opinion_received_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='received_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='informed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='round_visits', to='yuetan.unit'),
        ),
        migrations.AddField(
            model_name='roundfollowup',
            name='visit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='yuetan.roundvisit'),
        ),
        migrations.AddField(
            model_name='roundfinding',
            name='visit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='yuetan.roundvisit'),
        ),
        migrations.AddField(
            model_name='roundfile',
            name='visit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='yuetan.roundvisit'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='round_visit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='yuetan.roundvisit'),
        ),
        migrations.AddField(
            model_name='document',
            name='visit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='yuetan.roundvisit'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('is_scanned', False), ('replaced_by', None), models.Q(('kind__in', ('minutes', 'statistics', 'meeting_notice', 'meeting_minutes', 'restriction_reply', 'round_notice', 'round_opinion')), _negated=True)), fields=['-issued_at', '-serial', '-id'], name='document_lacks_scan'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('meeting__isnull', False), ('received_letter', None), ('round_visit', None)), models.Q(('meeting', None), ('received_letter__isnull', False), ('round_visit', None)), models.Q(('meeting', None), ('received_letter', None), ('round_visit__isnull', False)), _connector='OR'), name='assignment_of_one_source'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'revoked'), _negated=True), fields=('round_visit',), name='one_assignment_per_round_visit'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', False), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', False), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', False), ('visit__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', False), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('assessment__isnull', False), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True), ('visit__isnull', False)), _connector='OR'), name='document_of_one_subject'),
        ),
        migrations.AddField(
            model_name='supervisionround',
            name='announced_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='supervisionround',
            name='cancelled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='supervisionround',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='supervisionround',
            name='planned_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='yuetan.supervisionround'),
        ),
        migrations.AddField(
            model_name='roundmember',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='yuetan.supervisionround'),
        ),
        migrations.AddConstraint(
            model_name='roundfollowup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('letter', None), ('measure_laid', None)), models.Q(('case', None), ('letter__isnull', False), ('measure_laid', None)), models.Q(('case', None), ('letter', None), ('measure_laid__isnull', False)), _connector='OR'), name='round_link_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='roundfollowup',
            constraint=models.UniqueConstraint(fields=('visit', 'case'), name='case_follows_a_visit_once'),
        ),
        migrations.AddConstraint(
            model_name='roundfollowup',
            constraint=models.UniqueConstraint(fields=('visit', 'letter'), name='letter_follows_a_visit_once'),
        ),
        migrations.AddConstraint(
            model_name='roundfollowup',
            constraint=models.UniqueConstraint(fields=('visit', 'measure_laid'), name='measure_laid_follows_a_visit_once'),
        ),
        migrations.AddConstraint(
            model_name='roundfinding',
            constraint=models.UniqueConstraint(fields=('visit', 'number'), name='one_finding_per_number'),
        ),
        migrations.AddConstraint(
            model_name='roundfinding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='finding_is_withdrawn_whole'),
        ),
        migrations.AddIndex(
            model_name='roundfile',
            index=models.Index(fields=['sha256'], name='yuetan_roun_sha256_734d73_idx'),
        ),
        migrations.AddIndex(
            model_name='roundfile',
            index=models.Index(fields=['offered_sha256'], name='yuetan_roun_offered_f804ca_idx'),
        ),
        migrations.AddConstraint(
            model_name='roundfile',
            constraint=models.CheckConstraint(condition=models.Q(('check_state', 'quarantined'), ('threat', ''), _connector='XOR'), name='round_file_names_its_threat'),
        ),
        migrations.AddConstraint(
            model_name='roundfile',
            constraint=models.CheckConstraint(condition=models.Q(('finding__isnull', False), ('visit__isnull', False), _connector='XOR'), name='round_file_is_of_one_thing'),
        ),
        migrations.AddIndex(
            model_name='supervisionround',
            index=models.Index(fields=['kind', '-ends_on'], name='rounds_of_kind'),
        ),
        migrations.AddConstraint(
            model_name='supervisionround',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='round_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='supervisionround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'unannounced'), _negated=True), ('announced_at', None), _connector='OR'), name='covert_round_is_not_announced'),
        ),
        migrations.AddConstraint(
            model_name='supervisionround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('announced_at', None), ('announced_by', None)), models.Q(('announced_at__isnull', False), ('announced_by__isnull', False)), _connector='OR'), name='round_announced_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='supervisionround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='round_ended_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='supervisionround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancel_reason', ''), ('cancelled_at', None), ('cancelled_by', None)), models.Q(('cancelled_at__isnull', False), ('cancelled_by__isnull', False), ('ended_at', None), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='round_is_cancelled_whole'),
        ),
        migrations.AddIndex(
            model_name='roundvisit',
            index=models.Index(fields=['-day', '-id'], name='round_visits_newest'),
        ),
        migrations.AddIndex(
            model_name='roundvisit',
            index=models.Index(fields=['unit', '-day', '-id'], name='round_visits_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='roundvisit',
            constraint=models.UniqueConstraint(fields=('round', 'unit'), name='one_visit_per_unit'),
        ),
        migrations.AddConstraint(
            model_name='roundvisit',
            constraint=models.CheckConstraint(condition=models.Q(('problem_count__lte', models.F('finding_count'))), name='problems_are_findings'),
        ),
        migrations.AddConstraint(
            model_name='roundvisit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concluded_at', None), ('concluded_by', []), ('concluded_on', None), ('conclusion', ''), ('recorded_by', None)), models.Q(('concluded_at__isnull', False), ('concluded_on__isnull', False), ('recorded_by__isnull', False), models.Q(('conclusion', ''), _negated=True), models.Q(('concluded_by', []), _negated=True)), _connector='OR'), name='visit_is_concluded_whole'),
        ),
        migrations.AddConstraint(
            model_name='roundvisit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('informed_at', None), ('informed_by', None)), models.Q(('concluded_at__isnull', False), ('dropped_at', None), ('informed_at__isnull', False), ('informed_by__isnull', False)), _connector='OR'), name='visit_is_informed_of_a_conclusion'),
        ),
        migrations.AddConstraint(
            model_name='roundvisit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drop_reason', ''), ('dropped_at', None), ('dropped_by', None)), models.Q(('dropped_at__isnull', False), ('dropped_by__isnull', False), models.Q(('drop_reason', ''), _negated=True)), _connector='OR'), name='visit_is_dropped_whole'),
        ),
        migrations.AddConstraint(
            model_name='roundvisit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('received_at', None), ('received_by', None), ('received_title', '')), models.Q(('received_at__isnull', False), ('received_by__isnull', False)), _connector='OR'), name='visit_received_whole'),
        ),
        migrations.AddConstraint(
            model_name='roundvisit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opinion_received_at', None), ('opinion_received_by', None), ('opinion_received_title', '')), models.Q(('opinion_received_at__isnull', False), ('opinion_received_by__isnull', False)), _connector='OR'), name='visit_opinion_received_whole'),
        ),
        migrations.AddConstraint(
            model_name='roundmember',
            constraint=models.UniqueConstraint(fields=('round', 'person'), name='one_place_a_person_in_a_round'),
        ),
        migrations.AddConstraint(
            model_name='roundmember',
            constraint=models.UniqueConstraint(condition=models.Q(('leads', True)), fields=('round',), name='one_leads_a_round'),
        ),
        migrations.RunSQL(keep_document((*DOCUMENT, "visit_id")), keep_document(DOCUMENT)),
        migrations.RunSQL(keep_assignment((*HANDED_OUT, "round_visit_id")), keep_assignment(HANDED_OUT)),
        migrations.RunSQL(FUNCTIONS + KEPT, DROPPED),
    ]
