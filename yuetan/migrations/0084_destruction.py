"""销毁 of cases whose 保管期限 is over: its lists, what remains, and the one way past the triggers that keep the record.

What goes, goes by the function of the owner that `manage.py migrate` writes (loading/destruction_function.py). While it
works it leaves a row in a table that nobody else can write; only then do these triggers let rows go.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import yuetan.rules.dates.clock
from django.conf import settings
from django.db import migrations, models

RUNNING = """
CREATE TABLE yuetan_destroying (transaction bigint PRIMARY KEY);
CREATE FUNCTION yuetan_is_destroying() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM yuetan_destroying WHERE transaction = pg_current_xact_id_if_assigned()::text::bigint
    )
$$;

CREATE OR REPLACE FUNCTION yuetan_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND yuetan_is_destroying() THEN RETURN OLD;
    END IF;
    IF TG_TABLE_NAME = 'yuetan_numberentry' AND yuetan_is_destroying() THEN RETURN NEW; -- its case is taken out
    END IF;
    RAISE EXCEPTION '% rows are kept as written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE FUNCTION yuetan_keep_scan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    virus_check CONSTANT text[] := ARRAY['check_state', 'checked_at', 'threat'];
BEGIN
    IF TG_OP = 'DELETE' AND yuetan_is_destroying() THEN RETURN OLD;
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - virus_check IS DISTINCT FROM to_jsonb(OLD) - virus_check
    THEN RAISE EXCEPTION '% rows are kept as written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION yuetan_keep_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.prefix, NEW.year, NEW.serial, NEW.kind, NEW.purpose, NEW.given_by_id, NEW.given_at)
       IS DISTINCT FROM
       (OLD.prefix, OLD.year, OLD.serial, OLD.kind, OLD.purpose, OLD.given_by_id, OLD.given_at)
       OR (NEW.case_id IS DISTINCT FROM OLD.case_id AND NOT yuetan_is_destroying())
       OR (OLD.used_at IS NOT NULL AND (NEW.used_at, NEW.used_by_id, NEW.used_for)
           IS DISTINCT FROM (OLD.used_at, OLD.used_by_id, OLD.used_for))
       OR (OLD.voided_at IS NOT NULL AND (NEW.voided_at, NEW.voided_by_id, NEW.void_reason)
           IS DISTINCT FROM (OLD.voided_at, OLD.voided_by_id, OLD.void_reason))
    THEN RAISE EXCEPTION 'a number that was given stays as it was written' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION yuetan_changed_by_its_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
    of_case uuid;
BEGIN
    -- The arguments: the column that leads to the case, and the verbs, one of which is taken in this transaction.
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    IF TG_ARGV[0] = 'interview_id'
    THEN SELECT case_id INTO of_case FROM yuetan_interview WHERE id = changed.interview_id;
    ELSE of_case := to_jsonb(changed) ->> TG_ARGV[0];
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM yuetan_event
        WHERE case_id = of_case AND verb = ANY (string_to_array(TG_ARGV[1], ' ')) AND yuetan_event_is_of_now(xmin)
    ) AND NOT (TG_OP = 'DELETE' AND yuetan_is_destroying())
    THEN RAISE EXCEPTION '% changes by an event alone: %', TG_TABLE_NAME, TG_ARGV[1]
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION yuetan_receipt_is_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM yuetan_document AS paper
        JOIN yuetan_event AS event ON event.case_id = paper.case_id OR event.letter_id = paper.letter_id
        WHERE paper.id = OLD.document_id AND event.verb = 'correct_receipt' AND yuetan_event_is_of_now(event.xmin)
    ) AND NOT (TG_OP = 'DELETE' AND yuetan_is_destroying())
    THEN RAISE EXCEPTION 'receipt changes by an event alone: correct_receipt' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
"""
# Nothing is ever destroyed then, and the triggers refuse as they did.
STOPPED = """
DROP FUNCTION IF EXISTS yuetan_destroy_case(uuid);
CREATE OR REPLACE FUNCTION yuetan_is_destroying() RETURNS boolean LANGUAGE sql STABLE AS 'SELECT false';
DROP TABLE yuetan_destroying
"""
KEPT = """
CREATE TRIGGER kept BEFORE DELETE ON yuetan_destruction FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_decided BEFORE UPDATE ON yuetan_destruction FOR EACH ROW WHEN (
    OLD.carried_out_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
    OR (NEW.opinion, NEW.drawn_up_by_id, NEW.drawn_up_title, NEW.drawn_up_at)
        IS DISTINCT FROM (OLD.opinion, OLD.drawn_up_by_id, OLD.drawn_up_title, OLD.drawn_up_at)
    OR (OLD.decided_at IS NOT NULL
        AND (NEW.agreed, NEW.decision_words, NEW.decided_by_id, NEW.decided_title, NEW.decided_at) IS DISTINCT FROM
            (OLD.agreed, OLD.decision_words, OLD.decided_by_id, OLD.decided_title, OLD.decided_at))
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept BEFORE DELETE ON yuetan_destructionentry FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_listed BEFORE UPDATE ON yuetan_destructionentry FOR EACH ROW WHEN (
    OLD.case_id IS NULL OR (NEW.destruction_id, NEW.case_key, NEW.register_year, NEW.register_serial, NEW.unit_id,
        NEW.title, NEW.closed_on, NEW.retention, NEW.keep_until)
    IS DISTINCT FROM (OLD.destruction_id, OLD.case_key, OLD.register_year, OLD.register_serial, OLD.unit_id,
        OLD.title, OLD.closed_on, OLD.retention, OLD.keep_until)
) EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_destroyedpaper
FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept BEFORE DELETE ON yuetan_destroyedfile FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
CREATE TRIGGER kept_as_listed BEFORE UPDATE ON yuetan_destroyedfile FOR EACH ROW WHEN (
    OLD.removed_at IS NOT NULL
    OR (NEW.entry_id, NEW.name, NEW.sha256) IS DISTINCT FROM (OLD.entry_id, OLD.name, OLD.sha256)
) EXECUTE FUNCTION yuetan_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0083_reporting'),
    ]

    operations = [
        migrations.CreateModel(
            name='Destruction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opinion', models.TextField(verbose_name='鉴定意见')),
                ('drawn_up_title', models.CharField(max_length=200)),
                ('drawn_up_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('agreed', models.BooleanField(null=True, verbose_name='是否同意')),
                ('decision_words', models.TextField(blank=True, verbose_name='审批意见')),
                ('decided_title', models.CharField(blank=True, max_length=200)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('carried_out_title', models.CharField(blank=True, max_length=200)),
                ('carried_out_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawal_reason', models.TextField(blank=True, verbose_name='撤销原因')),
                ('carried_out_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drawn_up_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-id',),
                'permissions': [('draw_up_destruction', '鉴定到期的卷宗，拟制、撤销销毁清册'), ('decide_destruction', '批准、不批准销毁'), ('carry_out_destruction', '监销并销毁（拟制人、批准人以外的人）')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DestructionEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_key', models.UUIDField()),
                ('register_year', models.PositiveSmallIntegerField()),
                ('register_serial', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=300, verbose_name='题名')),
                ('closed_on', models.DateField(verbose_name='办结日期')),
                ('retention', models.CharField(choices=[('permanent', '永久'), ('thirty', '30年'), ('ten', '10年')], max_length=10, verbose_name='保管期限')),
                ('keep_until', models.DateField(verbose_name='保管期满日')),
                ('readers', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, null=True, size=None, verbose_name='知悉范围')),
                ('paper_count', models.PositiveIntegerField(default=0, verbose_name='文书')),
                ('file_count', models.PositiveIntegerField(default=0, verbose_name='文件')),
                ('letter_count', models.PositiveIntegerField(default=0, verbose_name='提醒函')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='destruction_entries', to='yuetan.case')),
                ('destruction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='yuetan.destruction')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit')),
            ],
            options={
                'ordering': ('register_year', 'register_serial'),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DestroyedPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document_key', models.UUIDField(unique=True)),
                ('kind', models.CharField(choices=[('interview_notice', '约谈通知书'), ('reschedule_notice', '改期通知'), ('cancellation', '取消约谈的通知'), ('minutes', '约谈纪要'), ('reminder_letter', '提醒函'), ('supervision_letter', '整改督办单'), ('statistics', '约谈工作统计表'), ('approval_form', '约谈建议呈批表'), ('task_list', '整改任务清单'), ('sign_in_sheet', '签到表')], max_length=24, verbose_name='文种')),
                ('issued_at', models.DateTimeField(verbose_name='印发时间')),
                ('is_replaced', models.BooleanField(default=False)),
                ('check_code', models.CharField(max_length=16, null=True, unique=True)),
                ('wording_sha256', models.CharField(blank=True, max_length=64)),
                ('pdf_sha256', models.CharField(blank=True, db_index=True, max_length=64)),
                ('page_count', models.PositiveSmallIntegerField(null=True)),
                ('title_length', models.PositiveSmallIntegerField()),
                ('number_entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='destroyed_paper', to='yuetan.numberentry')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='yuetan.destructionentry')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DestroyedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='yuetan.destructionentry')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.CheckConstraint(condition=models.Q(('opinion', ''), _negated=True), name='destruction_has_its_opinion'),
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed', None), ('decided_at', None), ('decided_by', None)), models.Q(('agreed__isnull', False), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='destruction_is_decided_whole'),
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('carried_out_at', None), ('carried_out_by', None)), models.Q(('agreed', True), ('carried_out_at__isnull', False), ('carried_out_by__isnull', False), ('withdrawn_at', None)), _connector='OR'), name='destruction_is_agreed_first'),
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='destruction_is_withdrawn_whole'),
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), models.Q(('decided_by', models.F('drawn_up_by')), _negated=True), _connector='OR'), models.Q(('carried_out_by', None), models.Q(models.Q(('carried_out_by', models.F('drawn_up_by')), _negated=True), models.Q(('carried_out_by', models.F('decided_by')), _negated=True)), _connector='OR')), name='three_persons_destroy'),
        ),
        migrations.AddIndex(
            model_name='destructionentry',
            index=models.Index(fields=['case_key'], name='destruction_entry_of_case'),
        ),
        migrations.AddConstraint(
            model_name='destructionentry',
            constraint=models.UniqueConstraint(fields=('destruction', 'case_key'), name='one_entry_per_destruction_and_case'),
        ),
        migrations.AddIndex(
            model_name='destroyedfile',
            index=models.Index(condition=models.Q(('removed_at', None)), fields=['id'], name='destroyed_file_to_remove'),
        ),
        migrations.RunSQL(RUNNING, STOPPED),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
