"""考核: schemes, scores, sheets and objections; what stands of them never changes. A paper may be of an assessment."""

import django.db.models.deletion
import uuid
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models

# The function of 0088, with one more column.
DOCUMENT = (
    *("html", "sha256", "prefix", "year", "serial", "kind", "issued_at", "entry_id", "check_code"),
    *("title", "addressee", "issued_by_id", "case_id", "letter_id", "measure_laid_id", "wording_sha256", "sheet_id"),
    *("meeting_id", "assignment_id", "inquiry_id"),
)
SET_UP = ("id", "year", "created_by_id", "created_at")
PRESENTED = ("round", "scheme_id", "presented_by_id", "presented_at", "object_until", "closed_by_id", "closed_at")
SCORED = ("assessment_id", "unit_id", "indicator", "points", "reason", "scored_by_id", "scored_at")
COUNTED = (
    *("id", "assessment_id", "year", "round", "unit_id", "unit_name", "group_place", "group_name", "lines", "points", "fails"),
)
RAISED = ("id", "sheet_id", "indicator", "words", "raised_by_id", "raised_at", "from_paper")


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


def kept(table, name, condition):
    """No row is deleted, and none changed where the condition holds."""
    return f"""
    CREATE TRIGGER kept BEFORE DELETE ON yuetan_{table} FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
    CREATE TRIGGER {name} BEFORE UPDATE ON yuetan_{table}
    FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION yuetan_refuse_change();
    """


KEPT = (
    kept(
        "assessment",
        "kept_as_closed",
        "OLD.published_at IS NOT NULL"
        f" OR (OLD.closed_at IS NOT NULL AND {changed(PRESENTED)}) OR {changed(SET_UP)}",
    )
    + kept("assessmentscore", "kept_as_scored", f"OLD.withdrawn_at IS NOT NULL OR {changed(SCORED)}")
    + kept("assessmentsheet", "kept_as_counted", f"OLD.grade <> '' OR {changed(COUNTED)}")
    + kept("assessmentobjection", "kept_as_raised", f"OLD.decided_at IS NOT NULL OR {changed(RAISED)}")
    + """
    CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_assessmentscheme
    FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
    CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_assessmentpaper
    FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();
    """
)
DROPPED = """
DROP TRIGGER kept ON yuetan_assessment; DROP TRIGGER kept_as_closed ON yuetan_assessment;
DROP TRIGGER kept ON yuetan_assessmentscore; DROP TRIGGER kept_as_scored ON yuetan_assessmentscore;
DROP TRIGGER kept ON yuetan_assessmentsheet; DROP TRIGGER kept_as_counted ON yuetan_assessmentsheet;
DROP TRIGGER kept ON yuetan_assessmentobjection; DROP TRIGGER kept_as_raised ON yuetan_assessmentobjection;
DROP TRIGGER kept ON yuetan_assessmentscheme; DROP TRIGGER kept ON yuetan_assessmentpaper;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0094_restriction_inquiries'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(unique=True, verbose_name='年度')),
                ('created_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('round', models.PositiveSmallIntegerField(default=0, verbose_name='第几次送核')),
                ('presented_at', models.DateTimeField(blank=True, null=True, verbose_name='送单位核对时间')),
                ('object_until', models.DateField(blank=True, null=True, verbose_name='异议期限')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='关闭时间')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='公布时间')),
            ],
            options={
                'ordering': ('-year',),
                'permissions': [('see_assessment', '查看考核（单位只看自己的得分和公布的结果）'), ('keep_assessment_scheme', '设立年度考核、修改考核方案'), ('score_assessment', '考核的人工评分、撤销评分'), ('present_assessment', '将考核得分送单位核对'), ('withdraw_assessment_sheets', '撤回送核的考核得分'), ('raise_assessment_objection', '对本单位的考核得分提出异议（办公室代录纸质异议）'), ('decide_assessment_objection', '处理对考核得分的异议（评分人、登记人以外的人）'), ('close_assessment', '关闭年度考核，确定名次和等次'), ('publish_assessment', '印发考核结果通报')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AssessmentObjection',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('indicator', models.CharField(max_length=10, verbose_name='指标')),
                ('words', models.TextField(verbose_name='异议和理由')),
                ('raised_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('from_paper', models.BooleanField(default=False, verbose_name='办公室代录')),
                ('outcome', models.CharField(blank=True, choices=[('upheld', '异议成立，改为下列得分'), ('dismissed', '异议不成立，得分不变')], max_length=10, verbose_name='处理结果')),
                ('decision', models.TextField(blank=True, verbose_name='处理意见')),
                ('points', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='改为得分')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('raised_at', 'pk'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AssessmentPaper',
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
                ('file', models.FileField(upload_to='assessment/%Y/')),
            ],
            options={
                'ordering': ('uploaded_at', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AssessmentScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('source', models.CharField(max_length=200, verbose_name='依据')),
                ('first_day', models.DateField(verbose_name='统计起始日')),
                ('last_day', models.DateField(verbose_name='统计截止日')),
                ('groups', models.JSONField(default=list, verbose_name='组别')),
                ('indicators', models.JSONField(default=list, verbose_name='指标')),
                ('excellent_from', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='优秀的最低得分')),
                ('qualified_from', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='合格的最低得分')),
                ('reason', models.TextField(blank=True, verbose_name='修改原因')),
                ('entered_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
            ],
            options={
                'ordering': ('assessment', 'version'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AssessmentScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(max_length=10, verbose_name='指标')),
                ('points', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='得分')),
                ('reason', models.TextField(verbose_name='评分理由')),
                ('scored_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawal_reason', models.TextField(blank=True, verbose_name='撤销原因')),
            ],
            options={
                'ordering': ('assessment', 'unit', 'indicator', 'pk'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AssessmentSheet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('round', models.PositiveSmallIntegerField(verbose_name='第几次送核')),
                ('unit_name', models.CharField(max_length=200, verbose_name='单位名称')),
                ('group_place', models.PositiveSmallIntegerField()),
                ('group_name', models.CharField(max_length=40, verbose_name='组别')),
                ('lines', models.JSONField(default=list, verbose_name='各项得分')),
                ('points', models.DecimalField(decimal_places=1, max_digits=5, verbose_name='送核得分')),
                ('fails', models.BooleanField(default=False, verbose_name='直接不合格')),
                ('total', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='总分')),
                ('rank', models.PositiveIntegerField(default=0, verbose_name='名次')),
                ('grade', models.CharField(blank=True, choices=[('excellent', '优秀'), ('qualified', '合格'), ('unqualified', '不合格')], max_length=12, verbose_name='等次')),
            ],
            options={
                'ordering': ('assessment', 'group_place', 'unit_name', 'pk'),
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='document_of_one_subject',
        ),
        migrations.AlterField(
            model_name='destroyedpaper',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='numberentry',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('assessment_circular', '考核结果通报'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessment',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessment',
            name='presented_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessment',
            name='published_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='document',
            name='assessment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='yuetan.assessment'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', False), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', False), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', False)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', False), ('sheet__isnull', True)), models.Q(('assessment__isnull', True), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('assessment__isnull', False), ('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), _connector='OR'), name='document_of_one_subject'),
        ),
        migrations.AddField(
            model_name='assessmentobjection',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessmentobjection',
            name='raised_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessmentpaper',
            name='objection',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='yuetan.assessmentobjection'),
        ),
        migrations.AddField(
            model_name='assessmentpaper',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessmentscheme',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schemes', to='yuetan.assessment'),
        ),
        migrations.AddField(
            model_name='assessmentscheme',
            name='entered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessment',
            name='scheme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.assessmentscheme'),
        ),
        migrations.AddField(
            model_name='assessmentscore',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='yuetan.assessment'),
        ),
        migrations.AddField(
            model_name='assessmentscore',
            name='scored_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessmentscore',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit'),
        ),
        migrations.AddField(
            model_name='assessmentscore',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessmentpaper',
            name='score',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='yuetan.assessmentscore'),
        ),
        migrations.AddField(
            model_name='assessmentsheet',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='yuetan.assessment'),
        ),
        migrations.AddField(
            model_name='assessmentsheet',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessment_sheets', to='yuetan.unit'),
        ),
        migrations.AddField(
            model_name='assessmentobjection',
            name='sheet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='yuetan.assessmentsheet'),
        ),
        migrations.AddConstraint(
            model_name='assessmentscheme',
            constraint=models.UniqueConstraint(fields=('assessment', 'version'), name='one_assessment_scheme_per_version'),
        ),
        migrations.AddConstraint(
            model_name='assessmentscheme',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='assessment_scheme_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='assessmentscheme',
            constraint=models.CheckConstraint(condition=models.Q(('excellent_from__gt', models.F('qualified_from'))), name='assessment_grades_follow_each_other'),
        ),
        migrations.AddConstraint(
            model_name='assessmentscheme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('version', 1)), models.Q(('version__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='assessment_scheme_change_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('object_until', None), ('presented_at', None), ('presented_by', None), ('scheme', None)), models.Q(('object_until__isnull', False), ('presented_at__isnull', False), ('presented_by__isnull', False), ('round__gt', 0), ('scheme__isnull', False)), _connector='OR'), name='assessment_is_presented_whole'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('presented_at__isnull', False)), _connector='OR'), name='assessment_is_closed_once_presented'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('published_by', None)), models.Q(('closed_at__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='assessment_is_published_once_closed'),
        ),
        migrations.AddIndex(
            model_name='assessmentscore',
            index=models.Index(fields=['unit', 'assessment'], name='assessment_scores_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='assessmentscore',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('assessment', 'unit', 'indicator'), name='one_assessment_score_in_force'),
        ),
        migrations.AddConstraint(
            model_name='assessmentscore',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='assessment_score_is_withdrawn_whole'),
        ),
        migrations.AddIndex(
            model_name='assessmentpaper',
            index=models.Index(fields=['sha256'], name='yuetan_asse_sha256_e339a5_idx'),
        ),
        migrations.AddIndex(
            model_name='assessmentpaper',
            index=models.Index(fields=['offered_sha256'], name='yuetan_asse_offered_b4b061_idx'),
        ),
        migrations.AddConstraint(
            model_name='assessmentpaper',
            constraint=models.CheckConstraint(condition=models.Q(('check_state', 'quarantined'), ('threat', ''), _connector='XOR'), name='assessment_paper_names_its_threat'),
        ),
        migrations.AddConstraint(
            model_name='assessmentpaper',
            constraint=models.CheckConstraint(condition=models.Q(('score__isnull', False), ('objection__isnull', False), _connector='XOR'), name='assessment_paper_is_of_one_thing'),
        ),
        migrations.AddIndex(
            model_name='assessmentsheet',
            index=models.Index(fields=['-year', 'group_place', 'rank', 'id'], name='assessment_sheets_in_rank'),
        ),
        migrations.AddIndex(
            model_name='assessmentsheet',
            index=models.Index(fields=['unit', '-year', 'group_place', 'rank', 'id'], name='assessment_sheets_of_unit'),
        ),
        migrations.AddConstraint(
            model_name='assessmentsheet',
            constraint=models.UniqueConstraint(fields=('assessment', 'round', 'unit'), name='one_assessment_sheet_per_unit'),
        ),
        migrations.AddConstraint(
            model_name='assessmentsheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('grade', ''), ('rank', 0), ('total', None)), models.Q(('rank__gt', 0), ('total__isnull', False), models.Q(('grade', ''), _negated=True)), _connector='OR'), name='assessment_sheet_is_ranked_whole'),
        ),
        migrations.AddConstraint(
            model_name='assessmentobjection',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('sheet', 'indicator'), name='one_open_objection_per_line'),
        ),
        migrations.AddConstraint(
            model_name='assessmentobjection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', ''), ('outcome', ''), ('points', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decision', ''), _negated=True), models.Q(models.Q(('outcome', 'upheld'), ('points__isnull', False)), models.Q(('outcome', 'dismissed'), ('points', None)), _connector='OR')), _connector='OR'), name='assessment_objection_is_decided_whole'),
        ),
        migrations.RunSQL(keep_document((*DOCUMENT, "assessment_id")), keep_document(DOCUMENT)),
        migrations.RunSQL(KEPT, DROPPED),
    ]
