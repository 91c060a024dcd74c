"""Files know what was offered and what looking for viruses found; a scan stays as written but for the latter."""

from django.db import migrations, models

STATES = [("unchecked", "未配置查毒"), ("waiting", "待查毒"), ("clean", "已查毒，无异常"), ("quarantined", "已隔离")]

LET_GO = "DROP TRIGGER kept ON yuetan_scan"
KEEP = (
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_scan "
    "FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change()"
)
# Files kept so far were kept as they were offered.
AS_OFFERED = "UPDATE yuetan_attachment SET offered_sha256 = sha256; UPDATE yuetan_scan SET offered_sha256 = sha256"

KEEP_BUT_FOR_THE_CHECK = """
CREATE FUNCTION yuetan_keep_scan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found CONSTANT text[] := ARRAY['check_state', 'checked_at', 'threat'];
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - found IS DISTINCT FROM to_jsonb(OLD) - found
    THEN RAISE EXCEPTION '% rows are kept as written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_scan
FOR EACH ROW EXECUTE FUNCTION yuetan_keep_scan();
"""
LET_GO_OF_ALL = "DROP TRIGGER kept ON yuetan_scan; DROP FUNCTION yuetan_keep_scan()"


def _fields(model):
    return [
        migrations.AddField(
            model_name=model,
            name="check_state",
            field=models.CharField(choices=STATES, default="unchecked", max_length=20),
        ),
        migrations.AddField(
            model_name=model, name="checked_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name=model, name="threat", field=models.CharField(blank=True, max_length=200)
        ),
        migrations.AddField(
            model_name=model,
            name="offered_sha256",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
    ]


def _guards(model, of_kept, of_offered):
    named = models.Q(("check_state", "quarantined"), ("threat", ""), _connector="XOR")
    return [
        migrations.AddConstraint(
            model_name=model, constraint=models.CheckConstraint(condition=named, name=f"{model}_names_its_threat")
        ),
        migrations.AddIndex(model_name=model, index=models.Index(fields=["sha256"], name=of_kept)),
        migrations.AddIndex(model_name=model, index=models.Index(fields=["offered_sha256"], name=of_offered)),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("yuetan", "0013_words_of_both_sides"),
    ]

    operations = [
        *_fields("attachment"),
        *_fields("scan"),
        migrations.RunSQL(LET_GO, KEEP),
        migrations.RunSQL(AS_OFFERED, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP_BUT_FOR_THE_CHECK, LET_GO_OF_ALL),
        *_guards("attachment", "yuetan_atta_sha256_789a24_idx", "yuetan_atta_offered_7ca35c_idx"),
        *_guards("scan", "yuetan_scan_sha256_f298de_idx", "yuetan_scan_offered_ab4c6e_idx"),
    ]
