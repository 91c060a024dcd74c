"""A paper and a task keep the unit to which they are open: none while their matter of before (补录) is being entered."""

import django.db.models.deletion
from django.db import migrations, models

INDEXES = {
    "document": ("document_of_unit", ["-issued_at", "-serial", "-id"]),
    "task": ("task_of_unit", ["effective_due_on", "id"]),
}
CLOSED = (
    "UPDATE yuetan_case SET opened_on = NULL WHERE earlier NOT IN ('', 'confirmed')",
    "UPDATE yuetan_document SET open_to_id = NULL FROM yuetan_case AS c WHERE c.id = case_id AND c.opened_on IS NULL",
    "UPDATE yuetan_task SET open_to_id = NULL FROM yuetan_case AS c WHERE c.id = case_id AND c.opened_on IS NULL",
)


def renamed(table, index, order):
    """The operations on one table; the index is made anew, for Django does not rename what it is made of."""
    key = models.ForeignKey(
        db_index=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="yuetan.unit",
    )
    return (
        migrations.RemoveIndex(model_name=table, name=index),
        migrations.RenameField(model_name=table, old_name="unit", new_name="open_to"),
        migrations.AlterField(model_name=table, name="open_to", field=key),
        migrations.AddIndex(model_name=table, index=models.Index(fields=["open_to", *order], name=index)),
    )


class Migration(migrations.Migration):
    dependencies = [("yuetan", "0026_search_words")]
    operations = [
        *(operation for table, (index, order) in INDEXES.items() for operation in renamed(table, index, order)),
        migrations.RemoveIndex(model_name="numberentry", name="number_in_order"),
        migrations.AddIndex(
            model_name="numberentry",
            index=models.Index(fields=["-year", "prefix", "serial", "id"], name="number_in_order"),
        ),
        *(migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in CLOSED),
    ]
