"""The date agreed for a task bears a name of its own beside the one that pauses extend it to."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0002_kept_for_good'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='task', name='a_pause_never_shortens'),
        migrations.RenameField(model_name='task', old_name='due_on', new_name='agreed_due_on'),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('effective_due_on__gte', models.F('agreed_due_on'))), name='a_pause_never_shortens'),
        ),
    ]
