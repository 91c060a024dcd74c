"""Leave, receipts of paper, files under the headings of the written material, and the limits told with a notice.

Files of written material handed in before stay without a heading: nobody said to which they belong.
"""

import django.db.models.deletion
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from yuetan.rules.dates.working_days import Calendar, add_working_days

# The office's settings of these limits are loaded after the tables are there; so what they begin with.
OFFICER_DAYS, DIRECTOR_DAYS, SUBMISSION_DAYS = 1, 3, 1
NOTICES = ("interview_notice", "reschedule_notice")


def set_limits(apps, schema_editor):
    """Interviews announced and not yet held get their limits, counted from the notice that holds."""
    calendar = _calendar(apps)
    documents = apps.get_model("yuetan", "Document").objects
    for case in apps.get_model("yuetan", "Case").objects.filter(state="notified", scheduled_at__isnull=False):
        notice = documents.filter(case=case, kind__in=NOTICES, replaced_by=None).order_by("-issued_at").first()
        if notice is None:
            continue
        served, held = (timezone.localtime(each).date() for each in (notice.issued_at, case.scheduled_at))
        case.receipt_due_on = add_working_days(served, OFFICER_DAYS, calendar)
        case.receipt_director_on = add_working_days(served, DIRECTOR_DAYS, calendar)
        case.submission_due_on = max(served, add_working_days(held, -SUBMISSION_DAYS, calendar))
        case.save(update_fields=["receipt_due_on", "receipt_director_on", "submission_due_on"])


def forget_limits(apps, schema_editor):
    """Going back the columns go."""


def _calendar(apps):
    days = list(apps.get_model("yuetan", "CalendarDay").objects.values_list("day", "is_working"))
    return Calendar(
        holidays=frozenset(day for day, works in days if not works),
        workdays=frozenset(day for day, works in days if works),
        years=frozenset(day.year for day, _ in days),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("yuetan", "0017_delegations"),
    ]

    operations = [
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='请假原因')),
                ('asked_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('granted', models.BooleanField(null=True)),
                ('opinion', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('asked_at', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_belongs_where_its_purpose_says',
        ),
        migrations.AddField(
            model_name='attachment',
            name='part',
            field=models.CharField(blank=True, choices=[('situation', '基本情况'), ('problems', '存在问题'), ('causes', '原因分析'), ('measures', '采取的整改措施')], max_length=20, verbose_name='部分'),
        ),
        migrations.AddField(
            model_name='case',
            name='receipt_director_on',
            field=models.DateField(blank=True, null=True, verbose_name='签收逾期报主任的期限'),
        ),
        migrations.AddField(
            model_name='case',
            name='receipt_due_on',
            field=models.DateField(blank=True, null=True, verbose_name='签收期限'),
        ),
        migrations.AddField(
            model_name='case',
            name='submission_due_on',
            field=models.DateField(blank=True, null=True, verbose_name='书面材料提交期限'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='registered_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='receipt',
            name='registered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='receipt',
            name='scan',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='yuetan.attachment'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='signer_name',
            field=models.CharField(blank=True, max_length=40, verbose_name='签收人'),
        ),
        migrations.AddField(
            model_name='submission',
            name='due_on',
            field=models.DateField(blank=True, null=True, verbose_name='提交时的期限'),
        ),
        migrations.AddField(
            model_name='taskreport',
            name='due_on',
            field=models.DateField(blank=True, null=True, verbose_name='报送时的期限'),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='purpose',
            field=models.CharField(choices=[('evidence', '依据材料'), ('approval', '审定凭据'), ('submission', '书面材料'), ('report', '整改佐证'), ('receipt', '纸质回执')], max_length=20),
        ),
        migrations.AlterField(
            model_name='receipt',
            name='signed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('purpose__in', ('evidence', 'approval', 'receipt')), ('report', None), ('submission', None)), models.Q(('purpose', 'submission'), ('report', None), ('submission__isnull', False)), models.Q(('purpose', 'report'), ('report__isnull', False), ('submission', None)), _connector='OR'), name='attachment_belongs_where_its_purpose_says'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('part', ''), ('purpose', 'submission'), _connector='OR'), name='only_written_material_has_parts'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('registered_at', None), ('registered_by', None), ('scan', None), ('signed_by__isnull', False), ('signer_name', '')), models.Q(('registered_at__isnull', False), ('registered_by__isnull', False), ('scan__isnull', False), ('signed_by', None), models.Q(('signer_name', ''), _negated=True)), _connector='OR'), name='receipt_signed_here_or_on_paper'),
        ),
        migrations.AddField(
            model_name='leave',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='leave',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='yuetan.case'),
        ),
        migrations.AddField(
            model_name='leave',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='leave',
            name='notice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='yuetan.document'),
        ),
        migrations.AddField(
            model_name='leave',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='yuetan.post'),
        ),
        migrations.AddConstraint(
            model_name='leave',
            constraint=models.UniqueConstraint(condition=models.Q(('granted', None), ('granted', True), _connector='OR'), fields=('notice', 'post'), name='one_leave_an_interviewee'),
        ),
        migrations.AddConstraint(
            model_name='leave',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('granted', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('granted__isnull', False)), _connector='OR'), name='leave_is_decided_by_somebody'),
        ),
        migrations.RunPython(set_limits, forget_limits),
    ]
