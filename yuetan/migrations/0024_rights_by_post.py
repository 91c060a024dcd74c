from django.db import migrations


class Migration(migrations.Migration):
    """People are parties to cases by the posts they hold, asked when it matters; no row a case and person any more."""

    dependencies = [
        ('yuetan', '0023_pending_steps'),
    ]

    operations = [
        migrations.RunSQL('DELETE FROM yuetan_caseuserpermission', migrations.RunSQL.noop),
    ]
