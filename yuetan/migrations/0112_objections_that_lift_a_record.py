"""A decision on an objection says whether a record still stands, where one record alone makes a unit 不合格."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0108_gravity_door_to_interview'),
    ]

    operations = [
        migrations.AddField(
            model_name='assessmentobjection',
            name='record_stands',
            field=models.BooleanField(blank=True, null=True, verbose_name='仍有记录成立'),
        ),
        migrations.RemoveConstraint(model_name='assessmentobjection', name='assessment_objection_is_decided_whole'),
        migrations.AddConstraint(
            model_name='assessmentobjection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', ''), ('outcome', ''), ('points', None), ('record_stands', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decision', ''), _negated=True), models.Q(models.Q(('outcome', 'upheld'), ('points__isnull', False)), models.Q(('outcome', 'dismissed'), ('points', None), ('record_stands', None)), _connector='OR')), _connector='OR'), name='assessment_objection_is_decided_whole'),
        ),
    ]
