"""书面建议 goes to two bodies, and each takes and answers it by itself: a row for each, where one stood for both.

What was recorded of receipt and outcome is that of the superior, which is named first; of the commission above nothing
was ever recorded, so it is waited for. `manage.py load` writes what is awaited by that.
"""

import django.db.models.deletion
from django.db import migrations, models

AS_HANDED = ("measure_laid_id", "kind", "reason", "document_id", "referred_by_id", "referred_at")


def split(organ, superior):
    """The superior, and the commission above; that is empty where nobody had entered it."""
    if superior and organ.startswith(f"{superior}、"):
        return superior, organ.removeprefix(f"{superior}、")
    first, comma, second = organ.rpartition("、")
    return (first, second) if comma else (organ, "")


def one_row_a_body(apps, schema_editor):
    """Split each row of a 书面建议."""
    referral = apps.get_model("yuetan", "Referral")
    for row in referral.objects.filter(kind="proposal").select_related("measure_laid__unit").order_by("pk"):
        first, second = split(row.organ, row.measure_laid.unit.superior)
        referral.objects.filter(pk=row.pk).update(organ=first)
        if second and second != first:  # one body in both places answers once
            referral.objects.create(organ=second, **{name: getattr(row, name) for name in AS_HANDED})


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0120_signed_papers_of_measures'),
    ]

    operations = [
        migrations.AlterField(
            model_name='referral',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='yuetan.document'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.UniqueConstraint(fields=('document', 'organ'), name='one_referral_a_paper_and_body'),
        ),
        migrations.RunSQL("ALTER TABLE yuetan_referral DISABLE TRIGGER kept_as_handed_over", migrations.RunSQL.noop),
        migrations.RunPython(one_row_a_body, migrations.RunPython.noop),
        migrations.RunSQL(
            ["SET CONSTRAINTS ALL IMMEDIATE", "ALTER TABLE yuetan_referral ENABLE TRIGGER kept_as_handed_over"],
            migrations.RunSQL.noop,
        ),
    ]
