from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("yuetan", "0022_chases"),
    ]

    operations = []
