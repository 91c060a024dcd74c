from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("yuetan", "0018_notice_and_leave"),
    ]

    operations = []
