"""Who missed its reports is read off an index alone, as is how many wait for the office or are excused; late, returned and
extended tasks of a unit are found without reading those of all others."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0146_guests_of_rounds'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='periodicreport',
            name='reports_to_accept',
        ),
        migrations.AddIndex(
            model_name='periodicreport',
            index=models.Index(condition=models.Q(('state__in', ['handed_in', 'excused']), models.Q(('accepted__isnull', False), models.Q(('state', 'accepted'), _negated=True)), _connector='OR'), fields=['period', 'state'], include=('accepted',), name='reports_by_state'),
        ),
        migrations.AddIndex(
            model_name='periodicreport',
            index=models.Index(condition=models.Q(('released_at', None), models.Q(('handed_in_at', None), ('again_by__isnull', False), _connector='OR')), fields=['period', 'unit'], include=('due_at', 'handed_in_at', 'again_by', 'accepted'), name='reports_missed'),
        ),
        migrations.AddIndex(
            model_name='extension',
            index=models.Index(condition=models.Q(('decided_at__isnull', False), ('granted', True)), fields=['task'], name='extension_given_of_task'),
        ),
        migrations.AddIndex(
            model_name='taskreport',
            index=models.Index(condition=models.Q(('kind', 'completion'), ('handed_in_at__date__gt', models.F('due_on')), ('handed_in_at__isnull', False)), fields=['task'], name='report_late_of_task'),
        ),
        migrations.AddIndex(
            model_name='taskreport',
            index=models.Index(condition=models.Q(('kind', 'completion'), ('decided_at__isnull', False), ('outcome', 'returned')), fields=['task'], name='report_returned_of_task'),
        ),
    ]
