"""Numbers, check codes and the digests of stored PDFs stay as they were written; what was voided stays voided."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE OR REPLACE FUNCTION yuetan_keep_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.html, NEW.sha256, NEW.prefix, NEW.year, NEW.serial, NEW.kind, NEW.issued_at, NEW.entry_id, NEW.check_code)
       IS DISTINCT FROM
       (OLD.html, OLD.sha256, OLD.prefix, OLD.year, OLD.serial, OLD.kind, OLD.issued_at, OLD.entry_id, OLD.check_code)
       OR (OLD.pdf_sha256 <> '' AND (NEW.pdf, NEW.pdf_sha256) IS DISTINCT FROM (OLD.pdf, OLD.pdf_sha256))
    THEN RAISE EXCEPTION 'an issued paper is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION yuetan_keep_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.prefix, NEW.year, NEW.serial, NEW.kind, NEW.case_id, NEW.purpose, NEW.given_by_id, NEW.given_at)
       IS DISTINCT FROM
       (OLD.prefix, OLD.year, OLD.serial, OLD.kind, OLD.case_id, OLD.purpose, OLD.given_by_id, OLD.given_at)
       OR (OLD.used_at IS NOT NULL AND (NEW.used_at, NEW.used_by_id, NEW.used_for)
           IS DISTINCT FROM (OLD.used_at, OLD.used_by_id, OLD.used_for))
       OR (OLD.voided_at IS NOT NULL AND (NEW.voided_at, NEW.voided_by_id, NEW.void_reason)
           IS DISTINCT FROM (OLD.voided_at, OLD.voided_by_id, OLD.void_reason))
    THEN RAISE EXCEPTION 'a number that was given stays as it was written' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER keep_number BEFORE UPDATE ON yuetan_numberentry
FOR EACH ROW EXECUTE FUNCTION yuetan_keep_number();
CREATE TRIGGER keep_entry BEFORE DELETE ON yuetan_numberentry
FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
"""

LET_GO = """
DROP TRIGGER keep_entry ON yuetan_numberentry;
DROP TRIGGER keep_number ON yuetan_numberentry;
DROP FUNCTION yuetan_keep_number();
CREATE OR REPLACE FUNCTION yuetan_keep_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.html, NEW.sha256, NEW.prefix, NEW.year, NEW.serial, NEW.kind, NEW.issued_at)
       IS DISTINCT FROM (OLD.html, OLD.sha256, OLD.prefix, OLD.year, OLD.serial, OLD.kind, OLD.issued_at)
    THEN RAISE EXCEPTION 'an issued paper is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("yuetan", "0005_numbers_given_before")]
    operations = [
        migrations.AlterField(
            model_name="document",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="document", to="yuetan.numberentry"
            ),
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
