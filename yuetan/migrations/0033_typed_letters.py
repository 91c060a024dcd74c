"""What is typed into letters and their answers is kept as what is typed into steps is; 书记 are listed before 镇长."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0032_kept_evidence'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='typedtext',
            name='one_typed_text_per_field',
        ),
        migrations.RemoveConstraint(
            model_name='typedtext',
            name='typed_text_is_of_a_case_or_of_a_new_proposal',
        ),
        migrations.AddField(
            model_name='typedtext',
            name='letter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='typed_texts', to='yuetan.letter'),
        ),
        migrations.AddConstraint(
            model_name='typedtext',
            constraint=models.UniqueConstraint(fields=('case', 'verb', 'unit', 'task', 'letter', 'owner', 'name'), name='one_typed_text_per_field', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='typedtext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('letter', None), ('unit', None)), models.Q(('case', None), ('letter', None), ('owner__isnull', False), ('unit__isnull', False), ('verb', 'draft')), models.Q(('case', None), ('letter', None), ('owner__isnull', False), ('unit', None), ('verb', 'draft_letter')), models.Q(('case', None), ('letter__isnull', False), ('owner__isnull', False), ('unit', None), ('verb', 'answer_letter')), _connector='OR'), name='typed_text_is_of_a_case_or_of_a_form_of_ones_own'),
        ),
        migrations.AlterModelOptions(
            name='post',
            options={'default_permissions': (), 'ordering': ('unit', models.Case(models.When(kind='group_leader', then=0), models.When(kind='first_deputy_leader', then=1), models.When(kind='deputy_leader', then=2), models.When(kind='office_director', then=3), models.When(kind='case_officer', then=4), models.When(kind='supervisor', then=5), models.When(kind='system_administrator', then=6), models.When(kind='security_auditor', then=7), models.When(kind='unit_head', then=8), models.When(kind='party_secretary', then=9), models.When(kind='government_head', then=10), models.When(kind='liaison', then=11)), '-began_on')},
        ),
    ]
