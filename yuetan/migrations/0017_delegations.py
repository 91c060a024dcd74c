from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("yuetan", "0016_grounds_and_versions"),
    ]

    operations = []
