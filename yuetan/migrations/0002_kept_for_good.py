"""What is written once stays: events, the law, and the wording of issued papers.

Only single rows are guarded (TRUNCATE stays possible, because the test runner empties tables by it).
"""

from django.db import migrations

KEPT = ("event", "regulation", "article", "ground", "interviewerrule", "citation", "receipt")

REFUSE = """
CREATE FUNCTION yuetan_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are kept as written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION yuetan_keep_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.html, NEW.sha256, NEW.prefix, NEW.year, NEW.serial, NEW.kind, NEW.issued_at)
       IS DISTINCT FROM (OLD.html, OLD.sha256, OLD.prefix, OLD.year, OLD.serial, OLD.kind, OLD.issued_at)
    THEN RAISE EXCEPTION 'an issued paper is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER keep_wording BEFORE UPDATE ON yuetan_document
FOR EACH ROW EXECUTE FUNCTION yuetan_keep_wording();
CREATE TRIGGER keep_document BEFORE DELETE ON yuetan_document
FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change();
"""

ALLOW = """
DROP TRIGGER keep_document ON yuetan_document;
DROP TRIGGER keep_wording ON yuetan_document;
DROP FUNCTION yuetan_keep_wording();
DROP FUNCTION yuetan_refuse_change();
"""


def _guard(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_{table} "
        "FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change()",
        f"DROP TRIGGER kept ON yuetan_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("yuetan", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW), *(_guard(table) for table in KEPT)]
