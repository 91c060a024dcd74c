import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OBSERVER = "observer"


def names_to_rows(apps, schema_editor):
    """Each line that was typed as 列席人员 becomes somebody at the table."""
    participant = apps.get_model("yuetan", "Participant")
    for interview in apps.get_model("yuetan", "Interview").objects.exclude(observers="").iterator():
        names = [line.strip() for line in interview.observers.splitlines() if line.strip()]
        participant.objects.bulk_create(
            participant(interview=interview, kind=OBSERVER, number=number, name=name[:500])
            for number, name in enumerate(names, start=1)
        )


def rows_to_names(apps, schema_editor):
    """Observers as lines again; who sat on the interviewer's side had no place before."""
    participant = apps.get_model("yuetan", "Participant")
    for interview in apps.get_model("yuetan", "Interview").objects.iterator():
        rows = participant.objects.filter(interview=interview, kind=OBSERVER).order_by("number")
        interview.observers = "\n".join(f"{row.title}{row.name}" for row in rows)
        interview.save(update_fields=["observers"])


class Migration(migrations.Migration):
    dependencies = [
        ("yuetan", "0018_notice_and_leave"),
    ]

    operations = [
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("interviewer_side", "约谈方参加人员"), ("observer", "列席人员")], max_length=20
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=500, verbose_name="姓名")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="单位及职务")),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participants",
                        to="yuetan.interview",
                    ),
                ),
            ],
            options={
                "ordering": ("kind", "number"),
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("interview", "kind", "number"), name="one_participant_per_number"
                    )
                ],
            },
        ),
        migrations.RunPython(names_to_rows, rows_to_names),
        migrations.RemoveField(model_name="interview", name="observers"),
        migrations.AddField(
            model_name="intervieweeattendance",
            name="arrived_at",
            field=models.TimeField(null=True, verbose_name="到会时间"),
        ),
        migrations.AlterField(
            model_name="intervieweeattendance",
            name="attendance",
            field=models.CharField(
                choices=[("present", "本人到会"), ("on_leave", "请假（获准）"), ("absent", "缺席")], max_length=10
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="returned_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="returned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="minutes",
            name="return_reason",
            field=models.TextField(blank=True, verbose_name="退回原因"),
        ),
    ]
