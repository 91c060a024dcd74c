from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("yuetan", "0015_typed_texts"),
    ]

    operations = []
