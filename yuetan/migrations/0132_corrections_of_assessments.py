"""A published result is put right by a decided correction: what was published is kept beside what stands since."""

import django.db.models.deletion
import uuid
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models

RESULT = ("total", "rank", "grade")
PUBLISHED = ("published_total", "published_rank", "published_grade")
COUNTED = (
    *("id", "assessment_id", "year", "round", "unit_id", "unit_name", "group_place", "group_name", "lines", "points", "fails"),
)
PROPOSED = ("id", "sheet_id", "lines", "reason", "proposed_by_id", "proposed_at")


def of_row(row, columns):
    """The columns of the row before or after the change."""
    return "(" + ", ".join(f"{row}.{column}" for column in columns) + ")"


def changed(columns):
    """Whether one of these columns changes."""
    return f"{of_row('NEW', columns)} IS DISTINCT FROM {of_row('OLD', columns)}"


# What was published is written down once, as it stood, and with it alone the result may change.
PUT_RIGHT = f"""
    NEW.published_grade <> '' AND CASE WHEN OLD.published_grade = ''
        THEN {of_row("NEW", PUBLISHED)} IS NOT DISTINCT FROM {of_row("OLD", RESULT)}
        ELSE {of_row("NEW", PUBLISHED)} IS NOT DISTINCT FROM {of_row("OLD", PUBLISHED)}
    END
"""
KEPT_AS_COUNTED = f"""
    DROP TRIGGER kept_as_counted ON yuetan_assessmentsheet;
    CREATE TRIGGER kept_as_counted BEFORE UPDATE ON yuetan_assessmentsheet FOR EACH ROW WHEN (
        {changed(COUNTED)} OR (OLD.grade <> '' AND NOT ({PUT_RIGHT})) OR (OLD.grade = '' AND NEW.published_grade <> '')
    ) EXECUTE FUNCTION yuetan_refuse_change();
"""
KEPT_BEFORE = f"""
    DROP TRIGGER kept_as_counted ON yuetan_assessmentsheet;
    CREATE TRIGGER kept_as_counted BEFORE UPDATE ON yuetan_assessmentsheet FOR EACH ROW WHEN (
        OLD.grade <> '' OR {changed(COUNTED)}
    ) EXECUTE FUNCTION yuetan_refuse_change();
"""
KEPT = f"""
    CREATE TRIGGER kept BEFORE DELETE ON yuetan_assessmentcorrection
    FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
    CREATE TRIGGER kept_as_proposed BEFORE UPDATE ON yuetan_assessmentcorrection FOR EACH ROW WHEN (
        OLD.decided_at IS NOT NULL OR {changed(PROPOSED)}
    ) EXECUTE FUNCTION yuetan_refuse_change();
"""
DROPPED = """
    DROP TRIGGER kept ON yuetan_assessmentcorrection; DROP TRIGGER kept_as_proposed ON yuetan_assessmentcorrection;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0131_letters_go_over'),
    ]

    operations = [
        migrations.CreateModel(
            name='AssessmentCorrection',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('lines', models.JSONField(default=list, verbose_name='更正的得分')),
                ('reason', models.TextField(verbose_name='更正原因')),
                ('proposed_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('granted', models.BooleanField(null=True)),
                ('opinion', models.TextField(blank=True, verbose_name='审定意见')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('former_total', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='原总分')),
                ('former_rank', models.PositiveIntegerField(default=0, verbose_name='原名次')),
                ('former_grade', models.CharField(blank=True, choices=[('excellent', '优秀'), ('qualified', '合格'), ('unqualified', '不合格')], max_length=12, verbose_name='原等次')),
                ('total', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='更正后总分')),
                ('rank', models.PositiveIntegerField(default=0, verbose_name='更正后名次')),
                ('grade', models.CharField(blank=True, choices=[('excellent', '优秀'), ('qualified', '合格'), ('unqualified', '不合格')], max_length=12, verbose_name='更正后等次')),
            ],
            options={
                'ordering': ('proposed_at', 'pk'),
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='assessment',
            options={'default_permissions': (), 'ordering': ('-year',), 'permissions': [('see_assessment', '查看考核（单位只看自己的得分和公布的结果）'), ('keep_assessment_scheme', '设立年度考核、修改考核方案'), ('score_assessment', '考核的人工评分、撤销评分'), ('present_assessment', '将考核得分送单位核对'), ('withdraw_assessment_sheets', '撤回送核的考核得分'), ('raise_assessment_objection', '对本单位的考核得分提出异议（办公室代录纸质异议）'), ('decide_assessment_objection', '处理对考核得分的异议（评分人、登记人以外的人）'), ('close_assessment', '关闭年度考核，确定名次和等次'), ('publish_assessment', '印发考核结果通报'), ('propose_assessment_correction', '提出更正公布的考核结果'), ('decide_assessment_correction', '审定考核更正、印发更正通报（提出人以外的人）')]},
        ),
        migrations.RemoveConstraint(
            model_name='assessmentpaper',
            name='assessment_paper_is_of_one_thing',
        ),
        migrations.AddField(
            model_name='assessmentsheet',
            name='published_grade',
            field=models.CharField(blank=True, choices=[('excellent', '优秀'), ('qualified', '合格'), ('unqualified', '不合格')], max_length=12, verbose_name='公布的等次'),
        ),
        migrations.AddField(
            model_name='assessmentsheet',
            name='published_rank',
            field=models.PositiveIntegerField(default=0, verbose_name='公布的名次'),
        ),
        migrations.AddField(
            model_name='assessmentsheet',
            name='published_total',
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='公布的总分'),
        ),
        migrations.AddConstraint(
            model_name='assessmentsheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_grade', ''), ('published_rank', 0), ('published_total', None)), models.Q(('published_rank__gt', 0), ('published_total__isnull', False), ('total__isnull', False), models.Q(('published_grade', ''), _negated=True)), _connector='OR'), name='assessment_sheet_is_corrected_whole'),
        ),
        migrations.AddField(
            model_name='assessmentcorrection',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessmentcorrection',
            name='document',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessment_correction', to='yuetan.document'),
        ),
        migrations.AddField(
            model_name='assessmentcorrection',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessmentcorrection',
            name='sheet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='yuetan.assessmentsheet'),
        ),
        migrations.AddField(
            model_name='assessmentpaper',
            name='correction',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='yuetan.assessmentcorrection'),
        ),
        migrations.AddConstraint(
            model_name='assessmentpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('correction', None), ('objection', None), ('score__isnull', False)), models.Q(('correction', None), ('objection__isnull', False), ('score', None)), models.Q(('correction__isnull', False), ('objection', None), ('score', None)), _connector='OR'), name='assessment_paper_is_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='assessmentcorrection',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('sheet',), name='one_open_assessment_correction'),
        ),
        migrations.AddConstraint(
            model_name='assessmentcorrection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('document', None), ('grade', ''), ('granted', None), ('opinion', ''), ('rank', 0), ('total', None), ('former_grade', ''), ('former_rank', 0), ('former_total', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('opinion', ''), _negated=True), models.Q(models.Q(('document', None), ('grade', ''), ('granted', False), ('rank', 0), ('total', None), ('former_grade', ''), ('former_rank', 0), ('former_total', None)), models.Q(('former_rank__gt', 0), ('former_total__isnull', False), ('granted', True), ('rank__gt', 0), ('total__isnull', False), models.Q(('grade', ''), ('former_grade', ''), ('document', None), _connector='OR', _negated=True)), _connector='OR')), _connector='OR'), name='assessment_correction_is_decided_whole'),
        ),
        migrations.AddConstraint(
            model_name='assessmentcorrection',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', models.F('proposed_by')), _negated=True), name='two_persons_correct_assessment'),
        ),
        migrations.RunSQL(KEPT_AS_COUNTED, KEPT_BEFORE),
        migrations.RunSQL(KEPT, DROPPED),
    ]
