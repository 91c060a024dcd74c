"""移出议题: a unit that was convened for items that left the agenda is not to come any more.

Of notices that went out before, nobody can say who was convened for items alone: they stay in force.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0158_moments_of_a_year'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='only_for_items',
            field=models.BooleanField(default=False, verbose_name='只列席个别议题'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='不用再参加会议'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('only_for_items', False), ('unit__isnull', False), _connector='OR'), name='units_alone_attend_for_items'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('only_for_items', True), ('presence', '')), _connector='OR'), name='invitation_withdrawn_of_who_attends_for_items'),
        ),
    ]
