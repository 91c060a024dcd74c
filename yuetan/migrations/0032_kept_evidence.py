"""Evidence taken off a draft stays with the version that was handed in."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0025_task_accounts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_belongs_where_its_purpose_says',
        ),
        migrations.AlterField(
            model_name='attachment',
            name='purpose',
            field=models.CharField(choices=[('evidence', '依据材料'), ('former_evidence', '原依据材料'), ('approval', '审定凭据'), ('submission', '书面材料'), ('report', '整改佐证'), ('receipt', '纸质回执'), ('site_check', '现场核查照片')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('purpose__in', ('evidence', 'former_evidence', 'approval', 'site_check', 'receipt')), ('report', None), ('submission', None)), models.Q(('purpose', 'submission'), ('report', None), ('submission__isnull', False)), models.Q(('purpose', 'report'), ('report__isnull', False), ('submission', None)), _connector='OR'), name='attachment_belongs_where_its_purpose_says'),
        ),
    ]
