"""The organ that wrote a letter grants another day for the reply: each change is kept, with the day before it."""

import django.db.models.deletion
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models

KEPT = """
    CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_receivedduechange
    FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0132_corrections_of_assessments'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReceivedDueChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('after_version', models.PositiveSmallIntegerField(verbose_name='改定时已有的回复版次')),
                ('former_due', models.DateField(blank=True, null=True, verbose_name='原回复期限')),
                ('due_on', models.DateField(verbose_name='改定的回复期限')),
                ('ground', models.TextField(verbose_name='依据')),
                ('set_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
            ],
            options={
                'ordering': ('letter', 'after_version', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='receivedpaper',
            name='received_paper_is_of_one_thing',
        ),
        migrations.AddField(
            model_name='receivedduechange',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='due_changes', to='yuetan.receivedletter'),
        ),
        migrations.AddField(
            model_name='receivedduechange',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='receivedpaper',
            name='due_change',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='yuetan.receivedduechange'),
        ),
        migrations.AddConstraint(
            model_name='receivedpaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closing__isnull', True), ('due_change__isnull', True), ('letter__isnull', False), ('reply__isnull', True)), models.Q(('closing__isnull', True), ('due_change__isnull', True), ('letter__isnull', True), ('reply__isnull', False)), models.Q(('closing__isnull', False), ('due_change__isnull', True), ('letter__isnull', True), ('reply__isnull', True)), models.Q(('closing__isnull', True), ('due_change__isnull', False), ('letter__isnull', True), ('reply__isnull', True)), _connector='OR'), name='received_paper_is_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='receivedduechange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', ''), _negated=True), models.Q(('former_due', None), models.Q(('due_on', models.F('former_due')), _negated=True), _connector='OR')), name='received_due_change_changes'),
        ),
        migrations.RunSQL(KEPT, "DROP TRIGGER kept ON yuetan_receivedduechange;"),
    ]
