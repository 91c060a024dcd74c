"""议题材料, and the units that attend for one item: neither changes, and they go only before the meeting."""

import django.db.models.deletion
import uuid
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE FUNCTION yuetan_keep_of_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_item bigint;
BEGIN
    IF TG_OP = 'DELETE' AND yuetan_is_destroying() THEN RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN of_item := NEW.item_id; ELSE of_item := OLD.item_id;
    END IF;
    IF EXISTS (
        SELECT FROM yuetan_meeting met JOIN yuetan_agendaitem item ON item.meeting_id = met.id
        WHERE item.id = of_item AND (met.minuted_at IS NOT NULL OR met.cancelled_at IS NOT NULL
        OR (TG_OP = 'DELETE' AND met.held_at IS NOT NULL))
    ) THEN RAISE EXCEPTION '% rows stay as the meeting had them', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kept BEFORE UPDATE ON yuetan_agendafile FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();
CREATE TRIGGER kept_as_held BEFORE INSERT OR DELETE ON yuetan_agendafile FOR EACH ROW
EXECUTE FUNCTION yuetan_keep_of_item();
CREATE TRIGGER kept BEFORE UPDATE ON yuetan_unitatitem FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_held BEFORE INSERT OR DELETE ON yuetan_unitatitem FOR EACH ROW
EXECUTE FUNCTION yuetan_keep_of_item();
"""
DROPPED = """
DROP TRIGGER kept_as_held ON yuetan_unitatitem; DROP TRIGGER kept ON yuetan_unitatitem;
DROP TRIGGER kept_as_held ON yuetan_agendafile; DROP TRIGGER kept ON yuetan_agendafile;
DROP FUNCTION yuetan_keep_of_item();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0105_corrections_of_meetings'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaFile',
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
                ('file', models.FileField(upload_to='meetings/%Y/')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='yuetan.agendaitem')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('uploaded_at', 'id'),
                'default_permissions': (),
                'indexes': [models.Index(fields=['sha256'], name='yuetan_agen_sha256_459853_idx'), models.Index(fields=['offered_sha256'], name='yuetan_agen_offered_dec5bc_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('check_state', 'quarantined'), ('threat', ''), _connector='XOR'), name='agenda_file_names_its_threat')],
            },
        ),
        migrations.CreateModel(
            name='UnitAtItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attending', to='yuetan.agendaitem')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit')),
            ],
            options={
                'ordering': ('item', 'pk'),
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('item', 'unit'), name='one_place_per_unit_at_item')],
            },
        ),
        migrations.RunSQL(KEPT, DROPPED),
    ]
