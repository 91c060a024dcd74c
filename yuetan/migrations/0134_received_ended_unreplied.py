"""Indexes over the few 三书一函 that ended without a reply, and over their closings: statistics say how they did."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0133_due_changes_of_letters'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='receivedclosing',
            index=models.Index(condition=models.Q(('kind__in', ('unit_ended', 'recalled'))), fields=['id'], include=('kind',), name='received_closings_no_reply'),
        ),
        migrations.AddIndex(
            model_name='receivedletter',
            index=models.Index(condition=models.Q(('withdrawn_at', None), ('closing__isnull', False), ('reply', None)), fields=['received_on'], include=('kind', 'unit', 'closing'), name='received_letters_no_reply'),
        ),
    ]
