"""What is typed into letters and their answers is kept as what is typed into steps is."""

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
    ]
