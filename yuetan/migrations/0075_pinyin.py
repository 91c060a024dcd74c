"""The whole pinyin of units and people beside its initials."""

from django.db import migrations, models

from yuetan.rules.pinyin import person_pinyin, pinyin_from_each_sign


def write_pinyin(apps, schema_editor):
    for name, spelled in (("Unit", pinyin_from_each_sign), ("User", person_pinyin)):
        for row in apps.get_model("yuetan", name).objects.all().iterator():
            row.pinyin = spelled(row.name)
            row.save(update_fields=["pinyin"])


class Migration(migrations.Migration):
    dependencies = [
        ("yuetan", "0074_retention_and_holds"),
    ]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="pinyin",
            field=models.TextField(blank=True, verbose_name="拼音"),
        ),
        migrations.AddField(
            model_name="user",
            name="pinyin",
            field=models.CharField(blank=True, max_length=240, verbose_name="拼音"),
        ),
        migrations.RunPython(write_pinyin, migrations.RunPython.noop),
    ]
