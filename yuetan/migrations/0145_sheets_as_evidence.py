"""得分表 as evidence: which file of a proposal or a measure shows which sheet, with what result; kept as written."""

import django.db.models.deletion
from django.db import migrations, models


KEPT = """
    CREATE TRIGGER kept_as_shown BEFORE UPDATE ON yuetan_sheetevidence
    FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
"""
DROPPED = "DROP TRIGGER kept_as_shown ON yuetan_sheetevidence;"


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0144_paper_receipts_of_rooms'),
    ]

    operations = [
        migrations.CreateModel(
            name='SheetEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('total', models.DecimalField(decimal_places=1, max_digits=5, verbose_name='总分')),
                ('rank', models.PositiveIntegerField(verbose_name='名次')),
                ('grade', models.CharField(choices=[('excellent', '优秀'), ('qualified', '合格'), ('unqualified', '不合格')], max_length=12, verbose_name='等次')),
            ],
            options={
                'ordering': ('pk',),
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_of_one_subject',
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', True), ('case__isnull', False), ('letter__isnull', True), ('measure_laid__isnull', True), models.Q(('purpose__in', ('letter_answer', 'team_report', 'plea', 'post_proof', 'delisting_request', 'delisting_proposal')), _negated=True)), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', False), ('measure_laid__isnull', True), ('purpose__in', ('letter_answer', 'former_receipt', 'receipt', 'paper_filing'))), models.Q(('assignment__isnull', True), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', False), ('purpose__in', ('former_receipt', 'receipt', 'paper_filing', 'report', 'site_check', 'signed_sheet', 'evidence', 'approval', 'consultation', 'referral', 'team_report', 'delisting_request', 'delisting_proposal', 'plea', 'post_proof'))), models.Q(('assignment__isnull', False), ('case__isnull', True), ('letter__isnull', True), ('measure_laid__isnull', True), ('purpose__in', ('former_receipt', 'receipt', 'paper_filing', 'report', 'site_check', 'signed_sheet'))), _connector='OR'), name='attachment_of_one_subject'),
        ),
        migrations.AddField(
            model_name='sheetevidence',
            name='attachment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sheet_shown', to='yuetan.attachment'),
        ),
        migrations.AddField(
            model_name='sheetevidence',
            name='sheet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shown_as_evidence', to='yuetan.assessmentsheet'),
        ),
        migrations.RunSQL(KEPT, DROPPED),
    ]
