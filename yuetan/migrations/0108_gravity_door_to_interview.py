"""An interview that came by gravity: the door of the 责任制 and its reasons, never beside a measure not met in time."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0107_proof_of_a_post'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='door',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.door'),
        ),
        migrations.AddField(
            model_name='case',
            name='door_words',
            field=models.TextField(blank=True, verbose_name='符合条件的说明'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('door', None), ('door_words', '')), models.Q(('door__isnull', False), models.Q(('door_words', ''), _negated=True)), _connector='OR'), name='case_by_gravity_says_why'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('door', None), ('rung_laid', None), _connector='OR'), name='case_by_one_door'),
        ),
    ]
