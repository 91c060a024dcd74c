"""A report is named on pages by a key that counts nothing; rows of before get one of the database each."""

import django.contrib.postgres.functions
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0086_measures_ended'),
    ]

    operations = [
        migrations.AddField(
            model_name='periodicreport',
            name='public_id',
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
