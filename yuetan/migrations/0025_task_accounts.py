from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("yuetan", "0024_letter_answers"),
    ]

    operations = []
