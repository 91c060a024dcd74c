import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import yuetan.rules.dates.clock


class Migration(migrations.Migration):
    dependencies = [
        ("yuetan", "0014_uploads"),
    ]

    operations = [
        migrations.CreateModel(
            name="TypedText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("value", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ("typed_at", models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ("case", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="typed_texts", to="yuetan.case")),
                ("owner", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="typed_texts", to=settings.AUTH_USER_MODEL)),
                ("task", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="yuetan.task")),
                ("typed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("unit", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="yuetan.unit")),
            ],
            options={
                "ordering": ("id",),
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "verb", "unit", "task", "owner", "name"),
                        name="one_typed_text_per_field",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case", None), ("owner__isnull", False), ("unit__isnull", False)),
                            models.Q(("case__isnull", False), ("unit", None)),
                            _connector="OR",
                        ),
                        name="typed_text_is_of_a_case_or_of_a_new_proposal",
                    ),
                ],
            },
        ),
    ]
