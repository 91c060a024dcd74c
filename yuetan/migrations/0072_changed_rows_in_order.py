"""What a transaction has changed is taken in order, past what was taken before: a long one costs each row once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0071_search_by_places'),
    ]

    operations = [
        migrations.AlterField(
            model_name='changedrow',
            name='transaction',
            field=models.BigIntegerField(),
        ),
        migrations.AddIndex(
            model_name='changedrow',
            index=models.Index(fields=['transaction', 'id'], name='changed_row_of_transaction'),
        ),
    ]
