"""移出议题: a unit that was convened for items that left the agenda is not to come any more."""

from django.db import migrations, models

# Who attended for an item that stood on the agenda when the notice went out was convened for items alone.
FILL = """
ALTER TABLE yuetan_invitation DISABLE TRIGGER kept_as_minuted;
UPDATE yuetan_invitation SET only_for_items = true
FROM yuetan_unitatitem heard
JOIN yuetan_agendaitem item ON item.id = heard.item_id
JOIN yuetan_meeting meeting ON meeting.id = item.meeting_id
WHERE yuetan_invitation.meeting_id = meeting.id AND yuetan_invitation.unit_id = heard.unit_id
    AND item.added_at <= meeting.convened_at;
ALTER TABLE yuetan_invitation ENABLE TRIGGER kept_as_minuted;
"""


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
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('only_for_items', False), ('unit__isnull', False), _connector='OR'), name='units_alone_attend_for_items'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('only_for_items', True), ('presence', '')), _connector='OR'), name='invitation_withdrawn_of_who_attends_for_items'),
        ),
    ]
