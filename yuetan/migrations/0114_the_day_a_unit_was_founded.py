"""The day on which a unit was founded; nothing on record tells it of those that are there, so theirs stays empty."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0112_objections_that_lift_a_record'),
    ]

    operations = [
        migrations.AddField(
            model_name='unit',
            name='began_on',
            field=models.DateField(blank=True, null=True, verbose_name='设立日期'),
        ),
    ]
