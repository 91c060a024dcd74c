"""An index behind the order of every list; by itself, for what 0019 wrote must be committed before."""

import django.db.models.deletion
import yuetan.rules.dates.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0020_list_columns'),
    ]

    operations = [
        migrations.AlterField(
            model_name='document',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit'),
        ),
        migrations.AlterField(
            model_name='task',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit'),
        ),
        migrations.AlterModelOptions(
            name='delivery',
            options={'default_permissions': (), 'ordering': ('-changed_at', '-id'), 'permissions': [('see_deliveries', '查看消息投送记录、重新投送')]},
        ),
        migrations.AlterModelOptions(
            name='document',
            options={'default_permissions': (), 'ordering': ('-issued_at', '-serial', '-id'), 'permissions': [('void_document', '作废文书')]},
        ),
        migrations.AlterModelOptions(
            name='letter',
            options={'default_permissions': (), 'ordering': ('-created_at', '-id'), 'permissions': [('see_letter', '查看提醒函（被提醒单位只看印发后的）'), ('draft_letter', '起草提醒函'), ('approve_letter', '签发提醒函'), ('return_letter', '退回提醒函'), ('revise_letter', '修改退回的提醒函'), ('cancel_letter', '作废没有印发的提醒函草稿'), ('acknowledge_letter', '签收提醒函'), ('prepare_letter_answer', '填写提醒函答复'), ('answer_letter', '答复提醒函'), ('carry_over_letter', '将已撤并单位的提醒函转由承接单位办理')]},
        ),
        migrations.AlterField(
            model_name='printing',
            name='at',
            field=models.DateTimeField(default=yuetan.rules.dates.clock.now, verbose_name='时间'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['unit', '-register_year', '-register_serial'], name='case_of_unit'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['state', '-register_year', '-register_serial'], name='case_in_state'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['-changed_at', '-id'], name='delivery_newest'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['state', '-changed_at', '-id'], name='delivery_in_state'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['-issued_at', '-serial', '-id'], name='document_newest'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['unit', '-issued_at', '-serial', '-id'], name='document_of_unit'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['kind', '-issued_at', '-serial', '-id'], name='document_of_kind'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['year', '-issued_at', '-serial', '-id'], name='document_of_year'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('is_scanned', False), ('replaced_by', None), models.Q(('kind__in', ('minutes',)), _negated=True)), fields=['-issued_at', '-serial', '-id'], name='document_lacks_scan'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['-created_at', '-id'], name='letter_newest'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(fields=['unit', '-created_at', '-id'], name='letter_of_unit'),
        ),
        migrations.AddIndex(
            model_name='numberentry',
            index=models.Index(fields=['-year', 'prefix', 'serial'], name='number_in_order'),
        ),
        migrations.AddIndex(
            model_name='printing',
            index=models.Index(fields=['-at', '-id'], name='printing_newest'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['effective_due_on', 'id'], name='task_by_limit'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['unit', 'effective_due_on', 'id'], name='task_of_unit'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('state', 'accepted'), _negated=True), fields=['effective_due_on', 'id'], name='task_open_by_limit'),
        ),
    ]
