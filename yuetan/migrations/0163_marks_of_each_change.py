"""待办: a subject has a mark of each change that concerns it, so that none is lost to who takes another away."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0162_answers_at_meetings'),
    ]

    operations = [
        migrations.AlterField(
            model_name='stalepending',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='yuetan.case'),
        ),
        migrations.AlterField(
            model_name='stalepending',
            name='letter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='yuetan.letter'),
        ),
        migrations.AlterField(
            model_name='stalepending',
            name='measure_laid',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='yuetan.accountabilitymeasure'),
        ),
        migrations.AlterField(
            model_name='stalepending',
            name='assignment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='yuetan.assignment'),
        ),
    ]
