"""Names of persons written before they were kept in one way: blanks, dots and signs nobody sees.

Receipts and events stay as they were signed and written.
"""

from django.db import migrations

from yuetan.rules.text.person_names import joined_names, person_name

ONE = (("User", "name"), ("Participant", "name"))
SEVERAL = (
    ("Measure", "responsible_person"), ("Task", "responsible_person"), ("Inspection", "inspectors"),
    ("Revisit", "inspectors"), ("SiteCheck", "inspectors"),
)


def write_as_kept(apps, schema_editor):
    for fields, kept in ((ONE, person_name), (SEVERAL, joined_names)):
        for model, field in fields:
            rows = apps.get_model("yuetan", model)._base_manager
            for key, text in rows.exclude(**{field: ""}).values_list("pk", field):
                name = kept(text)
                if name and name != text:
                    rows.filter(pk=key).update(**{field: name})


class Migration(migrations.Migration):
    dependencies = [("yuetan", "0008_units_kept_for_good")]
    operations = [migrations.RunPython(write_as_kept, migrations.RunPython.noop)]
