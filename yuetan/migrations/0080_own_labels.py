"""What one office calls otherwise than another stands in no migration: labels only, no table is changed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0079_changed_rows_by_a_kept_plan'),
    ]

    operations = [
        migrations.AlterField(
            model_name='case',
            name='acting_for',
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AlterField(
            model_name='citation',
            name='unit_kind',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name='interviewerrule',
            name='interviewer',
            field=models.CharField(max_length=24),
        ),
        migrations.AlterField(
            model_name='interviewerrule',
            name='unit_kind',
            field=models.CharField(max_length=20),
        ),
        migrations.AlterField(
            model_name='letter',
            name='capacity',
            field=models.CharField(max_length=20),
        ),
        migrations.AlterField(
            model_name='letter',
            name='lead_matter',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AlterField(
            model_name='pendingstep',
            name='role',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AlterField(
            model_name='post',
            name='kind',
            field=models.CharField(max_length=24),
        ),
        migrations.AlterField(
            model_name='rung',
            name='decided_by',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name='unit',
            name='kind',
            field=models.CharField(max_length=20),
        ),
    ]
