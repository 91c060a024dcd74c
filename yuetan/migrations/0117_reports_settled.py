"""信息报送: paper returns, a day to put right what was returned, what is owed no more, incidents that were concealed."""

import django.db.models.deletion
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models

VERSION = ("report_id", "version", "values", "is_zero", "reason", "entered_by_id", "entered_at")
PAPER = ("signer_id", "brought_by", "brought_by_title")
CONFIRMED = ("confirmed_at", "confirmed_by_id", "sent_back_at", "sent_back_by_id", "sent_back_reason")
MARK = ("report_id", "version_id", "kind", "words", "marked_by_id", "marked_at")
REPORT = ("period_id", "unit_id", "serial", "due_at")


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f'{row}."{column}"' for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept(version, mark, more):
    """The three triggers, made anew for these columns; `more` is what else a report row refuses."""
    return f"""
    DROP TRIGGER kept_as_entered ON yuetan_reportversion;
    CREATE TRIGGER kept_as_entered BEFORE UPDATE ON yuetan_reportversion FOR EACH ROW WHEN (
        OLD.sent_back_at IS NOT NULL OR OLD.accepted_at IS NOT NULL OR OLD.returned_at IS NOT NULL
        OR (OLD.confirmed_at IS NOT NULL AND {changed(CONFIRMED)}) OR {changed(version)}
    ) EXECUTE FUNCTION yuetan_refuse_change();
    DROP TRIGGER kept_as_marked ON yuetan_reportmark;
    CREATE TRIGGER kept_as_marked BEFORE UPDATE ON yuetan_reportmark FOR EACH ROW WHEN (
        OLD.withdrawn_at IS NOT NULL OR {changed(mark)}
    ) EXECUTE FUNCTION yuetan_refuse_change();
    DROP TRIGGER kept_as_owed ON yuetan_periodicreport;
    CREATE TRIGGER kept_as_owed BEFORE UPDATE ON yuetan_periodicreport FOR EACH ROW WHEN (
        {changed(REPORT)} {more}
        OR (OLD.handed_in_at IS NOT NULL AND NEW.handed_in_at IS DISTINCT FROM OLD.handed_in_at)
    ) EXECUTE FUNCTION yuetan_refuse_change();
    """


KEPT = kept((*VERSION, *PAPER), (*MARK, "occurred_on"), "OR OLD.released_at IS NOT NULL") + """
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_schemeend FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
"""
DROPPED = "DROP TRIGGER kept ON yuetan_schemeend;" + kept(VERSION, MARK, "")
# 是 counts in the sums as one; then what ended units owe is settled, for from then on the trigger keeps its figures.
SETTLED = """
UPDATE yuetan_periodicreport AS report SET figures = counted.figures
FROM (
    SELECT version.id, jsonb_object_agg(figure.key, CASE figure.value WHEN 'true' THEN '1'::jsonb
        WHEN 'false' THEN '0'::jsonb ELSE figure.value END) AS figures
    FROM yuetan_reportversion AS version CROSS JOIN LATERAL jsonb_each(version.values) AS figure
    WHERE jsonb_typeof(figure.value) IN ('number', 'boolean')
    GROUP BY version.id HAVING bool_or(jsonb_typeof(figure.value) = 'boolean')
) AS counted
WHERE counted.id = report.accepted_id;
UPDATE yuetan_periodicreport AS report
SET state = 'unit_ended', released_at = now(), release_reason = '单位已撤并、停用'
FROM yuetan_unit AS unit
WHERE unit.id = report.unit_id AND unit.retired_on IS NOT NULL
    AND report.state IN ('awaited', 'awaits_confirmation', 'sent_back', 'returned');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0116_objections_that_go_on'),
    ]

    operations = [
        migrations.CreateModel(
            name='SchemeEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_day', models.DateField(verbose_name='不再报送自')),
                ('reason', models.TextField(verbose_name='停止原因')),
                ('ended_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
            ],
            options={
                'ordering': ('pk',),
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='periodicreport',
            options={'default_permissions': (), 'ordering': ('-pk',), 'permissions': [('see_reports', '查看报表（单位只看自己的）'), ('fill_report', '填报本单位的报表'), ('confirm_report', '确认、退回本单位的报表'), ('accept_report', '收下、退回单位的报表'), ('register_paper_report', '代录纸质报表'), ('excuse_reports', '决定本期不报'), ('chase_reports', '催报')]},
        ),
        migrations.AlterModelOptions(
            name='reportscheme',
            options={'default_permissions': (), 'ordering': ('pk',), 'permissions': [('keep_schemes', '设立、修改、停止报送事项')]},
        ),
        migrations.RemoveConstraint(
            model_name='reportversion',
            name='report_return_is_whole',
        ),
        migrations.AddField(
            model_name='periodicreport',
            name='again_by',
            field=models.DateField(blank=True, null=True, verbose_name='重新报送的期限'),
        ),
        migrations.AddField(
            model_name='periodicreport',
            name='release_reason',
            field=models.TextField(blank=True, db_default='', verbose_name='不再应报的原因'),
        ),
        migrations.AddField(
            model_name='periodicreport',
            name='released_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='不再应报的时间'),
        ),
        migrations.AddField(
            model_name='periodicreport',
            name='released_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportmark',
            name='occurred_on',
            field=models.DateField(blank=True, null=True, verbose_name='发生日期'),
        ),
        migrations.AddField(
            model_name='reportversion',
            name='again_by',
            field=models.DateField(blank=True, null=True, verbose_name='重新报送的期限'),
        ),
        migrations.AddField(
            model_name='reportversion',
            name='brought_by',
            field=models.CharField(blank=True, max_length=40, verbose_name='送交人'),
        ),
        migrations.AddField(
            model_name='reportversion',
            name='brought_by_title',
            field=models.CharField(blank=True, max_length=200, verbose_name='送交人单位和职务'),
        ),
        migrations.AddField(
            model_name='reportversion',
            name='signer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.post'),
        ),
        migrations.AlterField(
            model_name='periodicreport',
            name='state',
            field=models.CharField(choices=[('awaited', '待填报'), ('awaits_confirmation', '待本单位确认'), ('sent_back', '本单位退回修改'), ('handed_in', '已报送'), ('returned', '办公室退回'), ('accepted', '已收'), ('excused', '本期不报'), ('stopped', '已停止报送'), ('unit_ended', '已撤并，不再报送')], default='awaited', max_length=20, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='reportmark',
            name='version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='yuetan.reportversion'),
        ),
        migrations.AddIndex(
            model_name='periodicreport',
            index=models.Index(condition=models.Q(('again_by__isnull', False)), fields=['period'], name='reports_to_put_right'),
        ),
        migrations.AddConstraint(
            model_name='periodicreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('release_reason', ''), ('released_at', None), ('released_by', None), models.Q(('state__in', ['excused', 'stopped', 'unit_ended']), _negated=True)), models.Q(('released_at__isnull', False), ('state__in', ['excused', 'stopped', 'unit_ended']), models.Q(('release_reason', ''), _negated=True)), _connector='OR'), name='report_is_released_whole'),
        ),
        migrations.AddConstraint(
            model_name='reportmark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('occurred_on', None), ('version__isnull', False)), models.Q(('kind', 'concealed'), ('occurred_on__isnull', False), ('version', None)), _connector='OR'), name='report_mark_is_of_a_version_or_a_day'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('again_by', None), ('return_reason', ''), ('returned_at', None), ('returned_by', None)), models.Q(('accepted_at', None), ('confirmed_at__isnull', False), ('returned_at__isnull', False), ('returned_by__isnull', False), models.Q(('return_reason', ''), _negated=True)), _connector='OR'), name='report_return_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('brought_by', ''), ('brought_by_title', ''), ('signer', None)), models.Q(('confirmed_at__isnull', False), ('signer__isnull', False), models.Q(('brought_by', ''), _negated=True), models.Q(('brought_by_title', ''), _negated=True)), _connector='OR'), name='report_on_paper_is_whole'),
        ),
        migrations.AddField(
            model_name='schemeend',
            name='ended_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='schemeend',
            name='scheme',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='yuetan.reportscheme'),
        ),
        migrations.RunSQL(KEPT, DROPPED),
        migrations.RunSQL(SETTLED, migrations.RunSQL.noop),
    ]
