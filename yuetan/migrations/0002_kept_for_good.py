"""What is written once stays: events, the law, issued papers and their numbers, scans, versions, delegations.

Only single rows are guarded (TRUNCATE stays possible, because the test runner empties tables by it).
"""

from django.db import migrations

# Tables whose rows are neither changed nor deleted.
KEPT_AS_WRITTEN = (
    *("event", "regulation", "article", "ground", "interviewerrule", "citation"),
    *("receipt", "printing", "standardparagraph", "proposalversion"),
)

FUNCTIONS = """
CREATE FUNCTION yuetan_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are kept as written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION yuetan_keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION yuetan_keep_scan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    virus_check CONSTANT text[] := ARRAY['check_state', 'checked_at', 'threat'];
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - virus_check IS DISTINCT FROM to_jsonb(OLD) - virus_check
    THEN RAISE EXCEPTION '% rows are kept as written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION yuetan_keep_scan();
DROP FUNCTION yuetan_keep_number();
DROP FUNCTION yuetan_keep_document();
DROP FUNCTION yuetan_refuse_change();
"""

# What was delegated stays as it was made; it may be ended once.
DELEGATION_CHANGED = (
    "OLD.ended_at IS NOT NULL OR (NEW.delegator_id, NEW.delegate_id, NEW.begins_on, NEW.ends_on, NEW.made_at) "
    "IS DISTINCT FROM (OLD.delegator_id, OLD.delegate_id, OLD.begins_on, OLD.ends_on, OLD.made_at)"
)


def trigger(name: str, when: str, table: str, function: str, condition: str = "") -> migrations.RunSQL:
    """A trigger on each row of a table, and how it is taken back."""
    only = f"WHEN ({condition}) " if condition else ""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {when} ON yuetan_{table} FOR EACH ROW {only}EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {name} ON yuetan_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("yuetan", "0001_schema")]
    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        *(trigger("kept", "UPDATE OR DELETE", table, "yuetan_refuse_change") for table in KEPT_AS_WRITTEN),
        trigger("kept", "UPDATE OR DELETE", "scan", "yuetan_keep_scan"),
        trigger("kept_as_issued", "UPDATE", "document", "yuetan_keep_document"),
        trigger(
            "kept_facts", "UPDATE", "document", "yuetan_refuse_change", "NEW.facts IS DISTINCT FROM OLD.facts"
        ),
        trigger("kept", "DELETE", "document", "yuetan_refuse_change"),
        trigger("kept_as_given", "UPDATE", "numberentry", "yuetan_keep_number"),
        trigger("kept", "DELETE", "numberentry", "yuetan_refuse_change"),
        trigger("kept", "DELETE", "delegation", "yuetan_refuse_change"),
        trigger("kept_as_made", "UPDATE", "delegation", "yuetan_refuse_change", DELEGATION_CHANGED),
    ]
