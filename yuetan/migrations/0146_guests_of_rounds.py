"""People of other departments in a team of 督导: a member without an account is named by name, department and post."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0145_sheets_as_evidence'),
    ]

    operations = [
        migrations.AddField(
            model_name='roundmember',
            name='department',
            field=models.CharField(blank=True, max_length=60, verbose_name='所在单位'),
        ),
        migrations.AddField(
            model_name='roundmember',
            name='name',
            field=models.CharField(blank=True, max_length=40, verbose_name='姓名'),
        ),
        migrations.AlterField(
            model_name='roundmember',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='roundmember',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on', None), ('person', None)), fields=('round', 'name', 'department'), name='one_place_a_guest_in_a_round'),
        ),
        migrations.AddConstraint(
            model_name='roundmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('department', ''), ('name', ''), ('person__isnull', False)), models.Q(('leads', False), ('person', None), models.Q(('name', ''), _negated=True), models.Q(('department', ''), _negated=True), models.Q(('title', ''), _negated=True)), _connector='OR'), name='round_member_is_known_or_of_a_department'),
        ),
    ]
