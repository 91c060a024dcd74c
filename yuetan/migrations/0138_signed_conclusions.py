"""集体结论 of a meeting: how they came to it, and the sheet that they signed; the triggers keep both as the rest."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0137_objections_on_paper'),
    ]

    operations = [
        migrations.AddField(
            model_name='agendaitem',
            name='discussion',
            field=models.TextField(blank=True, default='', verbose_name='讨论过程'),
        ),
        migrations.AddField(
            model_name='agendafile',
            name='is_signed',
            field=models.BooleanField(default=False, verbose_name='集体结论签名页'),
        ),
    ]
