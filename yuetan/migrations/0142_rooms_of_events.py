"""已办事项 of the rooms of the year: an event names the row that it is about; what was logged before stays as it is.

Of 三书一函 the same paper that came to several units is looked up by its key.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0140_receiver_of_reports'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='room',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='event',
            name='room_uuid',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='event',
            name='room_number',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='receivedletter',
            index=models.Index(
                condition=models.Q(('withdrawn_at', None)), fields=['paper_key'], name='received_letters_of_paper'
            ),
        ),
    ]
