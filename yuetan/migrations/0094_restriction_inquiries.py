"""资格限制查询: what was asked of the register, never changed but that it is replied to; and its 复函."""

import django.db.models.deletion
import uuid
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models


DOCUMENT = (
    *("html", "sha256", "prefix", "year", "serial", "kind", "issued_at", "entry_id", "check_code", "title"),
    *("addressee", "issued_by_id", "case_id", "letter_id", "measure_laid_id", "wording_sha256", "sheet_id"),
    *("meeting_id", "assignment_id"),
)


def keep_document(columns):
    """The function of 0092: it refuses a change of an issued paper in these columns, or in its PDF once there is one."""
    new, old = (", ".join(f'{row}."{column}"' for column in columns) for row in ("NEW", "OLD"))
    return f"""
    CREATE OR REPLACE FUNCTION yuetan_keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF ({new}) IS DISTINCT FROM ({old})
            OR (OLD.pdf_sha256 <> '' AND NEW.pdf_sha256 IS DISTINCT FROM OLD.pdf_sha256)
            OR (NEW.page_count IS DISTINCT FROM OLD.page_count AND (OLD.pdf_sha256 <> '' OR NEW.pdf_sha256 = ''))
            OR (OLD.pdf <> '' AND NEW.pdf IS DISTINCT FROM OLD.pdf)
        THEN RAISE EXCEPTION 'an issued paper is not changed' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$
    """


KEPT = """
CREATE TRIGGER kept BEFORE DELETE ON yuetan_restrictioninquiry
FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_asked BEFORE UPDATE ON yuetan_restrictioninquiry FOR EACH ROW WHEN (
    OLD.replied_at IS NOT NULL
    OR (NEW.organ, NEW.letter_number, NEW.letter_on, NEW.purpose, NEW.day, NEW.unit_id, NEW.person_id,
        NEW.person_name, NEW.asked_title, NEW.person_title, NEW.is_unknown, NEW.asked_by_id, NEW.asked_at)
    IS DISTINCT FROM (OLD.organ, OLD.letter_number, OLD.letter_on, OLD.purpose, OLD.day, OLD.unit_id, OLD.person_id,
        OLD.person_name, OLD.asked_title, OLD.person_title, OLD.is_unknown, OLD.asked_by_id, OLD.asked_at)
) EXECUTE FUNCTION yuetan_refuse_change();
"""
DROPPED = """
DROP TRIGGER kept ON yuetan_restrictioninquiry; DROP TRIGGER kept_as_asked ON yuetan_restrictioninquiry;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0093_restrictions'),
    ]

    operations = [
        migrations.CreateModel(
            name='RestrictionInquiry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organ', models.CharField(max_length=100, verbose_name='来函机关')),
                ('letter_number', models.CharField(max_length=100, verbose_name='来函文号')),
                ('letter_on', models.DateField(verbose_name='来函日期')),
                ('purpose', models.CharField(max_length=200, verbose_name='用途')),
                ('day', models.DateField(verbose_name='查询的日期')),
                ('person_name', models.CharField(blank=True, max_length=40, verbose_name='姓名')),
                ('asked_title', models.CharField(blank=True, max_length=200, verbose_name='来函写明的职务')),
                ('person_title', models.CharField(blank=True, max_length=200, verbose_name='登记的职务')),
                ('is_unknown', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField(default=yuetan.rules.dates.clock.now, verbose_name='登记时间')),
                ('replied_at', models.DateTimeField(blank=True, null=True, verbose_name='复函时间')),
                ('in_force_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='复函所列的限制')),
            ],
            options={
                'ordering': ('-asked_at', '-id'),
                'permissions': [('see_restriction_inquiries', '查看资格限制查询'), ('ask_restrictions', '登记资格限制查询'), ('reply_restrictions', '印发资格限制查询的复函（登记人以外的人）')],
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='document_of_one_subject',
        ),
        migrations.RemoveIndex(
            model_name='document',
            name='document_lacks_scan',
        ),
        migrations.AlterField(
            model_name='destroyedpaper',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AlterField(
            model_name='numberentry',
            name='kind',
            field=models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('circular', '通报'), ('statistics', '约谈工作统计表'), ('meeting_notice', '会议通知'), ('meeting_minutes', '会议纪要'), ('restriction_reply', '资格限制查询复函'), ('approval_form', '约谈建议呈批表'), ('measure_form', '责任措施呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种'),
        ),
        migrations.AddField(
            model_name='restrictioninquiry',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='restrictioninquiry',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='restrictioninquiry',
            name='replied_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='restrictioninquiry',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit'),
        ),
        migrations.AddField(
            model_name='document',
            name='inquiry',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='document', to='yuetan.restrictioninquiry'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('is_scanned', False), ('replaced_by', None), models.Q(('kind__in', ('minutes', 'statistics', 'meeting_notice', 'meeting_minutes', 'restriction_reply')), _negated=True)), fields=['-issued_at', '-serial', '-id'], name='document_lacks_scan'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('assignment__isnull', False), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', False)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', False), ('sheet__isnull', True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('inquiry__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True), ('meeting__isnull', True), ('sheet__isnull', True)), _connector='OR'), name='document_of_one_subject'),
        ),
        migrations.AddIndex(
            model_name='restrictioninquiry',
            index=models.Index(fields=['-asked_at', '-id'], name='inquiry_newest'),
        ),
        migrations.AddIndex(
            model_name='restrictioninquiry',
            index=models.Index(condition=models.Q(('replied_at', None)), fields=['-asked_at', '-id'], name='inquiry_unreplied'),
        ),
        migrations.AddConstraint(
            model_name='restrictioninquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_title', ''), ('is_unknown', False), ('person', None), ('person_name', ''), ('unit__isnull', False)), models.Q(('unit', None), models.Q(('person_name', ''), ('asked_title', ''), _connector='OR', _negated=True)), _connector='OR'), name='inquiry_about_unit_or_person'),
        ),
        migrations.AddConstraint(
            model_name='restrictioninquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('in_force_count', None), ('replied_at', None), ('replied_by', None)), models.Q(('in_force_count__isnull', False), ('replied_at__isnull', False), ('replied_by__isnull', False)), _connector='OR'), name='inquiry_is_replied_whole'),
        ),
        migrations.RunSQL(KEPT, DROPPED),
        migrations.RunSQL(keep_document((*DOCUMENT, "inquiry_id")), keep_document(DOCUMENT)),
    ]
