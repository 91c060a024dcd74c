import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0016_grounds_and_versions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(verbose_name='结束日期')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='委托原因')),
                ('made_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('-begins_on', '-id'),
                'permissions': [('delegate_approval', '委托审定、查看本人的委托')],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='case',
            name='approval_meeting',
            field=models.CharField(blank=True, max_length=100, verbose_name='会议名称及届次'),
        ),
        migrations.AddField(
            model_name='case',
            name='approved_for',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='officesetting',
            name='kind',
            field=models.CharField(choices=[('number', '数字'), ('text', '文字'), ('posts', '职务'), ('flag', '是否')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_for', models.F('drafter')), _negated=True), models.Q(('approved_for', models.F('endorser')), _negated=True), models.Q(('approved_for', models.F('approver')), _negated=True)), name='delegator_is_a_fourth_person'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='delegate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_held', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='delegation',
            name='delegator',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_given', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='delegation_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('delegate', models.F('delegator')), _negated=True), name='delegation_is_to_another'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ended_at', None)), expressions=[(models.Func('delegator_id', 'delegator_id', models.Value('[]'), function='int8range'), '&&'), (models.Func('begins_on', 'ends_on', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='one_delegation_at_a_time'),
        ),
        migrations.AddField(
            model_name='case',
            name='approved_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        # What was decided before is bound to the text as it stands, which is the one version there is of it.
        migrations.RunSQL(
            "UPDATE yuetan_case SET approved_sha256 = version.sha256 FROM yuetan_proposalversion version "
            "WHERE version.case_id = yuetan_case.id AND yuetan_case.approver_id IS NOT NULL AND version.number = "
            "(SELECT max(number) FROM yuetan_proposalversion WHERE case_id = yuetan_case.id)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('approver', None), models.Q(('approved_sha256', ''), _negated=True), _connector='OR'), name='a_decision_is_bound_to_a_text'),
        ),
        # What was delegated stays as it was made; it may be ended once.
        migrations.RunSQL(
            "CREATE TRIGGER kept BEFORE DELETE ON yuetan_delegation "
            "FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change()",
            "DROP TRIGGER kept ON yuetan_delegation",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER kept_as_made BEFORE UPDATE ON yuetan_delegation FOR EACH ROW WHEN ("
            "OLD.ended_at IS NOT NULL OR (NEW.delegator_id, NEW.delegate_id, NEW.begins_on, NEW.ends_on, NEW.made_at) "
            "IS DISTINCT FROM (OLD.delegator_id, OLD.delegate_id, OLD.begins_on, OLD.ends_on, OLD.made_at)) "
            "EXECUTE FUNCTION yuetan_refuse_change()",
            "DROP TRIGGER kept_as_made ON yuetan_delegation",
        ),
    ]
