"""报送对象: a version of a scheme says whom its reports are for; empty, as all that there are, where that is the office."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0138_signed_conclusions'),
    ]

    operations = [
        migrations.AddField(
            model_name='schemeversion',
            name='receiver',
            field=models.CharField(blank=True, db_default='', default='', max_length=100, verbose_name='报送对象'),
        ),
    ]
