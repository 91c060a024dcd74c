from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("yuetan", "0013_words_of_both_sides"),
    ]

    operations = []
