"""Counters of 统计; `manage.py load` counts the cases that were there before."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0068_statistics_sheets'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseTally',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='tally', serialize=False, to='yuetan.case')),
                ('lines', models.JSONField(default=list, verbose_name='计数')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fact', models.CharField(max_length=24)),
                ('item', models.BigIntegerField(default=0)),
                ('day', models.DateField(null=True)),
                ('first_of', models.PositiveSmallIntegerField()),
                ('is_hidden', models.BooleanField(default=False)),
                ('number', models.BigIntegerField()),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit')),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['unit', 'fact', 'day'], name='tally_of_unit')],
            },
        ),
    ]
