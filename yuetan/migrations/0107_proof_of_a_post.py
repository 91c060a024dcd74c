"""任职凭据: the paper that proves the post of a leader who had none on record; it never changes."""

import django.db.models.deletion
from django.db import migrations, models

MADE = (
    "measure_laid_id", "effect_id", "unit_id", "post_id", "person_id", "person_name", "person_title", "first_day",
    "last_day", "added_by_id", "added_reason", "created_at",
)
ENDED = ("until", "ended_on", "end_kind", "end_reason", "end_paper", "ended_by_id", "ended_at")


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept_as_made(made):
    """The trigger: a row ends early, once; nothing else of it ever changes."""
    return f"""
DROP TRIGGER kept_as_made ON yuetan_restriction;
CREATE TRIGGER kept_as_made BEFORE UPDATE ON yuetan_restriction FOR EACH ROW WHEN (
    (OLD.ended_on IS NOT NULL AND {changed(ENDED)}) OR {changed(made)}
) EXECUTE FUNCTION yuetan_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0106_files_of_items'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_belongs_where_its_purpose_says',
        ),
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_of_one_subject',
        ),
        migrations.AddField(
            model_name='restriction',
            name='proof',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.attachment'),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='purpose',
            field=models.CharField(choices=[('evidence', '依据材料'), ('former_evidence', '原依据材料'), ('approval', '审定凭据'), ('submission', '书面材料'), ('report', '整改佐证'), ('receipt', '纸质回执'), ('former_receipt', '更正前的纸质回执'), ('paper_filing', '纸质材料扫描件'), ('site_check', '现场核查照片'), ('consequence', '问责处理决定文书'), ('signed_sheet', '签字的督查记录'), ('letter_answer', '提醒函答复材料'), ('earlier_paper', '补录原件'), ('consultation', '有关部门意见'), ('team_report', '工作组报告材料'), ('delisting_request', '申请摘牌材料'), ('delisting_proposal', '提请摘牌材料'), ('referral', '移送、建议的回执和结果'), ('plea', '申述材料'), ('post_proof', '任职凭据')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('purpose__in', ('evidence', 'former_evidence', 'approval', 'site_check', 'consequence', 'signed_sheet', 'earlier_paper', 'consultation', 'referral', 'former_receipt', 'team_report', 'delisting_proposal', 'post_proof', 'receipt', 'paper_filing', 'letter_answer', 'delisting_request', 'plea')), ('report', None), ('submission', None)), models.Q(('purpose', 'submission'), ('report', None), ('submission__isnull', False)), models.Q(('purpose', 'report'), ('report__isnull', False), ('submission', None)), _connector='OR'), name='attachment_belongs_where_its_purpose_says'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True), models.Q(('purpose__in', ('letter_answer', 'team_report', 'plea', 'post_proof', 'delisting_request', 'delisting_proposal')), _negated=True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True), ('purpose__in', ('letter_answer', 'former_receipt', 'receipt', 'paper_filing'))), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False), ('purpose__in', ('former_receipt', 'receipt', 'paper_filing', 'report', 'site_check', 'signed_sheet', 'consultation', 'referral', 'team_report', 'delisting_request', 'delisting_proposal', 'plea', 'post_proof'))), models.Q(('assignment__isnull', False), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('purpose__in', ('former_receipt', 'receipt', 'paper_filing', 'report', 'site_check', 'signed_sheet'))), _connector='OR'), name='attachment_of_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=models.CheckConstraint(condition=models.Q(('proof', None), ('added_by__isnull', False), _connector='OR'), name='restriction_proof_of_an_addition'),
        ),
        migrations.RunSQL(kept_as_made((*MADE, "proof_id")), kept_as_made(MADE)),
    ]
