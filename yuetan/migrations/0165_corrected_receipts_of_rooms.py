"""更正纸质回执 of 会议 and 督导: the columns of a receipt of paper change where a correction of now says so."""

import django.db.models.deletion
from django.db import migrations, models

RECEIVED = ("received_by_id", "received_name", "received_title", "received_at")
SENT = ("public_id", "meeting_id", "unit_id", "post_id")
IN_VISIT = "IF OLD.informed_at IS NOT NULL AND OLD.dropped_at IS NULL"
IN_MEETING = "IF EXISTS (SELECT FROM yuetan_meeting WHERE id = of_meeting AND minuted_at IS NOT NULL) THEN"
AFTER_MINUTES = f"""{IN_MEETING}
            IF TG_TABLE_NAME = 'yuetan_invitation' AND TG_OP = 'UPDATE' THEN
                IF yuetan_receipt_alone_changes(to_jsonb(OLD), to_jsonb(NEW), 'received')
                THEN RETURN NEW; -- kept_as_sent asks for its correction
                END IF;
            END IF;"""
OF_VISIT = f"""IF yuetan_room_receipt_is_corrected(to_jsonb(OLD), to_jsonb(NEW), 'received', 'round_notice')
        OR yuetan_room_receipt_is_corrected(to_jsonb(OLD), to_jsonb(NEW), 'opinion_received', 'round_opinion')
    THEN RETURN NEW;
    END IF;
    {IN_VISIT}"""


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f'{row}."{column}"' for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept_as_sent(function):
    """The trigger of 0144 on who signed for a notice, with this function."""
    return f"""
DROP TRIGGER kept_as_sent ON yuetan_invitation;
CREATE TRIGGER kept_as_sent BEFORE UPDATE ON yuetan_invitation FOR EACH ROW WHEN (
    {changed(SENT)} OR (OLD.received_at IS NOT NULL AND {changed(RECEIVED)})
) EXECUTE FUNCTION {function}();
"""


def instead(function, before, after):
    """The function, in which one passage becomes another."""
    return f"""
DO $do$
DECLARE
    body text := pg_get_functiondef('{function}()'::regprocedure);
BEGIN
    IF position($old${before}$old$ IN body) = 0 THEN RAISE EXCEPTION '{function} is another one';
    END IF;
    EXECUTE replace(body, $old${before}$old$, $new${after}$new$);
END $do$;
"""  # nosec B608 - made of what stands here


FUNCTIONS = """
CREATE FUNCTION yuetan_receipt_alone_changes(stood jsonb, stands jsonb, columns text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT stood ->> (columns || '_at') IS NOT NULL
        AND stood ->> (columns || '_by_id') IS NULL AND stands ->> (columns || '_by_id') IS NULL
        AND stood - ARRAY[columns || '_name', columns || '_title', columns || '_at']
            = stands - ARRAY[columns || '_name', columns || '_title', columns || '_at']
$$;
CREATE FUNCTION yuetan_says_corrected(after jsonb, stands jsonb, columns text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN after = '{}'::jsonb THEN stands ->> (columns || '_at') IS NULL
        ELSE (after ->> 'signer', after ->> 'title', (after ->> 'signed_on')::date) IS NOT DISTINCT FROM (
            stands ->> (columns || '_name'), stands ->> (columns || '_title'),
            ((stands ->> (columns || '_at'))::timestamptz AT TIME ZONE 'Asia/Shanghai')::date
        ) END
$$;
CREATE FUNCTION yuetan_room_receipt_is_corrected(stood jsonb, stands jsonb, columns text, paper_kind text)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT yuetan_receipt_alone_changes(stood, stands, columns) AND EXISTS (
        SELECT FROM yuetan_document AS paper
        JOIN yuetan_receiptcorrection AS made ON made.document_id = paper.id
        WHERE paper.visit_id = (stood ->> 'id')::uuid AND paper.kind = paper_kind AND paper.replaced_by_id IS NULL
            AND yuetan_event_is_of_now(made.xmin) AND yuetan_says_corrected(made.after, stands, columns)
    )
$$;
CREATE FUNCTION yuetan_notice_receipt_is_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF yuetan_receipt_alone_changes(to_jsonb(OLD), to_jsonb(NEW), 'received') AND EXISTS (
        SELECT FROM yuetan_receiptcorrection AS made WHERE made.invitation_id = OLD.id
            AND yuetan_event_is_of_now(made.xmin) AND yuetan_says_corrected(made.after, to_jsonb(NEW), 'received')
    ) THEN RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what was sent, and who signed for it, is kept' USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION yuetan_keep_receipt_scan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    virus_check CONSTANT text[] := ARRAY['check_state', 'checked_at', 'threat'];
BEGIN
    IF TG_OP = 'DELETE' AND yuetan_is_destroying() THEN RETURN OLD;
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - virus_check - 'is_former' IS DISTINCT FROM to_jsonb(OLD) - virus_check - 'is_former'
        OR (OLD.is_former AND NOT NEW.is_former)
    THEN RAISE EXCEPTION '% rows are kept as written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
SCANS = (
    "DROP TRIGGER kept ON yuetan_receiptscan; CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_receiptscan "
    "FOR EACH ROW EXECUTE FUNCTION {function}();"
)
GONE = """
DROP FUNCTION yuetan_keep_receipt_scan(); DROP FUNCTION yuetan_notice_receipt_is_corrected();
DROP FUNCTION yuetan_room_receipt_is_corrected(jsonb, jsonb, text, text);
DROP FUNCTION yuetan_says_corrected(jsonb, jsonb, text); DROP FUNCTION yuetan_receipt_alone_changes(jsonb, jsonb, text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0163_marks_of_each_change'),
    ]

    operations = [
        migrations.AddField(
            model_name='receiptcorrection',
            name='invitation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipt_corrections', to='yuetan.invitation'),
        ),
        migrations.AddField(
            model_name='receiptscan',
            name='is_former',
            field=models.BooleanField(default=False, verbose_name='更正前的纸质回执'),
        ),
        migrations.AddField(
            model_name='receiptscan',
            name='came_with',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='yuetan.receiptcorrection'),
        ),
        migrations.AlterField(
            model_name='receiptscan',
            name='invitation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipt_scans', to='yuetan.invitation'),
        ),
        migrations.RemoveConstraint(
            model_name='receiptscan',
            name='one_receipt_scan_of_a_round_paper',
        ),
        migrations.AddConstraint(
            model_name='receiptscan',
            constraint=models.UniqueConstraint(condition=models.Q(('invitation', None), ('is_former', False)), fields=('document',), name='one_receipt_scan_of_a_round_paper'),
        ),
        migrations.AddConstraint(
            model_name='receiptscan',
            constraint=models.UniqueConstraint(condition=models.Q(('is_former', False)), fields=('invitation',), name='one_receipt_scan_of_an_invitation'),
        ),
        migrations.RunSQL(
            FUNCTIONS
            + kept_as_sent("yuetan_notice_receipt_is_corrected")
            + instead("yuetan_visit_is_corrected", IN_VISIT, OF_VISIT)
            + instead("yuetan_keep_minuted", IN_MEETING, AFTER_MINUTES)
            + SCANS.format(function="yuetan_keep_receipt_scan"),
            SCANS.format(function="yuetan_keep_scan")
            + instead("yuetan_keep_minuted", AFTER_MINUTES, IN_MEETING)
            + instead("yuetan_visit_is_corrected", OF_VISIT, IN_VISIT)
            + kept_as_sent("yuetan_refuse_change")
            + GONE,
        ),
    ]
