from django.db import migrations

RULES = ("officesetting", "calendarday", "calendaryear", "article", "citation", "interviewerrule", "standardparagraph")

# One row. Its value is random, so that none ever comes back: not after a rollback, and not in a copy of the database.
VERSION = """
CREATE TABLE yuetan_ruleversion (version uuid NOT NULL);
INSERT INTO yuetan_ruleversion VALUES (gen_random_uuid());
CREATE FUNCTION yuetan_new_rule_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE yuetan_ruleversion SET version = gen_random_uuid();
    RETURN NULL;
END $$;
"""
NO_VERSION = "DROP FUNCTION yuetan_new_rule_version(); DROP TABLE yuetan_ruleversion"


def changed_by_table(table: str) -> migrations.RunSQL:
    """A new version with every statement that changes a table of rules."""
    return migrations.RunSQL(
        f"CREATE TRIGGER new_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON yuetan_{table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION yuetan_new_rule_version()",
        f"DROP TRIGGER new_version ON yuetan_{table}",
    )


class Migration(migrations.Migration):
    """The version of the office's rules and of the law, by which a process knows whether it has read them."""

    dependencies = [("yuetan", "0024_rights_by_post")]
    operations = [migrations.RunSQL(VERSION, NO_VERSION), *(changed_by_table(table) for table in RULES)]
