from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("yuetan", "0017_delegations"),
    ]

    operations = []
