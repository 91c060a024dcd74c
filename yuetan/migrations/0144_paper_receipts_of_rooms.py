"""纸质回执 of 会议通知, 督导通知书 and 督导意见书; the name of who signed by hand stays as the rest of a receipt does."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

import yuetan.rules.dates.clock

# The columns of the triggers of 0088 and 0130.
VISITED = (
    *("day", "points", "finding_count", "problem_count", "findings_changed_at", "conclusion", "demands"),
    *("concluded_on", "concluded_by", "concluded_at", "recorded_by_id", "informed_by_id", "informed_at"),
    *("dropped_by_id", "dropped_at", "drop_reason", "discussion", "moved_from", "move_reason", "opinion_corrected_at"),
)
RECEIVED = ("received_by_id", "received_title", "received_at")
SENT = ("public_id", "meeting_id", "unit_id", "post_id")
SAID = ("conclusion", "demands", "discussion", "concluded_on", "concluded_by")
COUNTED = ("finding_count", "problem_count", "opinion_corrected_at")
SIGNED = ("opinion_received_by_id", "opinion_received_title", "opinion_received_at")
LAST = "SELECT max(confirmed_at) FROM yuetan_opinioncorrection WHERE visit_id ="


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f'{row}."{column}"' for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept(received, *names):
    """The triggers on a receipt of a room, kept whole once it is there, and the function of 0130 that lets it go again
    where the 督导意见书 is replaced; `names` are columns of that too."""
    free = f"'{{{','.join((*SAID, *COUNTED, *SIGNED, *names))}}}'::text[]"
    return f"""
DROP TRIGGER kept_as_sent ON yuetan_invitation;
CREATE TRIGGER kept_as_sent BEFORE UPDATE ON yuetan_invitation FOR EACH ROW WHEN (
    {changed(SENT)} OR (OLD.received_at IS NOT NULL AND {changed(received)})
) EXECUTE FUNCTION yuetan_refuse_change();
DROP TRIGGER kept_as_informed ON yuetan_roundvisit;
CREATE TRIGGER kept_as_informed BEFORE UPDATE ON yuetan_roundvisit FOR EACH ROW WHEN (
    {changed(("id", "round_id", "unit_id"))}
    OR OLD.dropped_at IS NOT NULL OR OLD.opinion_received_at IS NOT NULL
    OR (OLD.received_at IS NOT NULL AND {changed(received)})
    OR (OLD.informed_at IS NOT NULL AND {changed((*VISITED, *received))})
) EXECUTE FUNCTION yuetan_visit_is_corrected();
CREATE OR REPLACE FUNCTION yuetan_visit_is_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.informed_at IS NOT NULL AND OLD.dropped_at IS NULL AND NEW.opinion_received_at IS NULL
        AND NEW.opinion_corrected_at IS DISTINCT FROM OLD.opinion_corrected_at
        AND NEW.opinion_corrected_at = ({LAST} OLD.id)
        AND to_jsonb(NEW) - {free} = to_jsonb(OLD) - {free}
        AND EXISTS (
            SELECT FROM yuetan_opinioncorrection AS made
            WHERE made.visit_id = OLD.id AND made.confirmed_at = NEW.opinion_corrected_at AND NOT EXISTS (
                SELECT FROM jsonb_each(made.text -> 'visit') AS said
                WHERE to_jsonb(NEW) -> said.key IS DISTINCT FROM said.value
            )
        )
    THEN RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what a unit was told is not changed' USING ERRCODE = 'restrict_violation';
END $$;
"""  # nosec B608 - made of what stands here


SCANS = """
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_receiptscan FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0142_rooms_of_events'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReceiptScan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=130)),
                ('offered_name', models.CharField(blank=True, max_length=130)),
                ('kind', models.CharField(max_length=10)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('offered_sha256', models.CharField(max_length=64)),
                ('check_state', models.CharField(choices=[('unchecked', '未配置查毒'), ('waiting', '待查毒'), ('clean', '已查毒，无异常'), ('quarantined', '已隔离')], default='unchecked', max_length=20)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('threat', models.CharField(blank=True, max_length=200)),
                ('uploaded_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('file', models.FileField(upload_to='receipts/%Y/')),
            ],
            options={
                'ordering': ('uploaded_at', 'id'),
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='meeting',
            options={'default_permissions': (), 'ordering': ('-begins_at', '-pk'), 'permissions': [('see_meetings', '查看会议（其他人只看发给自己的通知和交办的议定事项）'), ('call_meeting', '召集、修改、取消会议，安排议程'), ('convene_meeting', '印发会议通知，登记纸质回执'), ('receive_meeting_notice', '签收发给本人、本单位的会议通知'), ('record_meeting', '登记到会情况、结论、议定事项'), ('issue_meeting_minutes', '印发会议纪要')]},
        ),
        migrations.AlterModelOptions(
            name='supervisionround',
            options={'default_permissions': (), 'ordering': ('-begins_on', '-pk'), 'permissions': [('see_rounds', '查看督导（单位只看自己的，明察暗访到督导日期以后才看得到）'), ('plan_round', '制定、修改、取消督导，改定督导日期，不再督导某一单位'), ('announce_round', '印发督导通知书，登记督导文书的纸质回执'), ('record_round_finding', '登记、撤回督导情况'), ('conclude_visit', '登记督导的集体结论'), ('issue_round_opinion', '印发督导意见书'), ('end_round', '结束督导'), ('receive_round_paper', '签收发给本单位的督导通知书、督导意见书')]},
        ),
        migrations.RemoveConstraint(
            model_name='invitation',
            name='invitation_is_received_whole',
        ),
        migrations.RemoveConstraint(
            model_name='opinioncorrection',
            name='opinion_before_was_received_whole',
        ),
        migrations.RemoveConstraint(
            model_name='roundvisit',
            name='visit_received_whole',
        ),
        migrations.RemoveConstraint(
            model_name='roundvisit',
            name='visit_opinion_received_whole',
        ),
        migrations.AddField(
            model_name='invitation',
            name='received_name',
            field=models.CharField(blank=True, max_length=40, verbose_name='纸质回执的签收人'),
        ),
        migrations.AddField(
            model_name='opinioncorrection',
            name='received_name',
            field=models.CharField(blank=True, max_length=40, verbose_name='更正前纸质回执的签收人'),
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='opinion_received_name',
            field=models.CharField(blank=True, max_length=40, verbose_name='督导意见书纸质回执的签收人'),
        ),
        migrations.AddField(
            model_name='roundvisit',
            name='received_name',
            field=models.CharField(blank=True, max_length=40, verbose_name='纸质回执的签收人'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('received_at', None), ('received_by', None), ('received_name', ''), ('received_title', '')), models.Q(('received_at__isnull', False), models.Q(('received_by__isnull', False), models.Q(('received_name', ''), _negated=True), _connector='XOR')), _connector='OR'), name='invitation_is_received_whole'),
        ),
        migrations.AddConstraint(
            model_name='opinioncorrection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('received_at', None), ('received_by', None), ('received_name', ''), ('received_title', '')), models.Q(('received_at__isnull', False), models.Q(('received_by__isnull', False), models.Q(('received_name', ''), _negated=True), _connector='XOR')), _connector='OR'), name='opinion_before_was_received_whole'),
        ),
        migrations.AddConstraint(
            model_name='roundvisit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('received_at', None), ('received_by', None), ('received_name', ''), ('received_title', '')), models.Q(('received_at__isnull', False), models.Q(('received_by__isnull', False), models.Q(('received_name', ''), _negated=True), _connector='XOR')), _connector='OR'), name='visit_received_whole'),
        ),
        migrations.AddConstraint(
            model_name='roundvisit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opinion_received_at', None), ('opinion_received_by', None), ('opinion_received_name', ''), ('opinion_received_title', '')), models.Q(('opinion_received_at__isnull', False), models.Q(('opinion_received_by__isnull', False), models.Q(('opinion_received_name', ''), _negated=True), _connector='XOR')), _connector='OR'), name='visit_opinion_received_whole'),
        ),
        migrations.AddField(
            model_name='receiptscan',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipt_scans', to='yuetan.document'),
        ),
        migrations.AddField(
            model_name='receiptscan',
            name='invitation',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipt_scan', to='yuetan.invitation'),
        ),
        migrations.AddField(
            model_name='receiptscan',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='receiptscan',
            index=models.Index(fields=['sha256'], name='yuetan_rece_sha256_8ed4e5_idx'),
        ),
        migrations.AddIndex(
            model_name='receiptscan',
            index=models.Index(fields=['offered_sha256'], name='yuetan_rece_offered_976db7_idx'),
        ),
        migrations.AddConstraint(
            model_name='receiptscan',
            constraint=models.CheckConstraint(condition=models.Q(('check_state', 'quarantined'), ('threat', ''), _connector='XOR'), name='receipt_scan_names_its_threat'),
        ),
        migrations.AddConstraint(
            model_name='receiptscan',
            constraint=models.UniqueConstraint(condition=models.Q(('invitation', None)), fields=('document',), name='one_receipt_scan_of_a_round_paper'),
        ),
        migrations.RunSQL(
            kept((*RECEIVED, "received_name"), "opinion_received_name") + SCANS,
            "DROP TRIGGER kept ON yuetan_receiptscan;" + kept(RECEIVED),
        ),
    ]
