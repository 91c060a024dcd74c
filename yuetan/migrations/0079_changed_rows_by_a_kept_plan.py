"""Changed rows are noted by a statement that a connection plans once a table; EXECUTE had it planned for each change."""

from django.db import migrations

KEPT_PLAN = """
CREATE OR REPLACE FUNCTION yuetan_note_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The arguments: the name of the table in the record, and its key, which for a few is no id.
    IF TG_ARGV[1] = 'id' THEN
        INSERT INTO yuetan_changedrow (transaction, table_name, row_key)
        SELECT pg_current_xact_id()::text::bigint, TG_ARGV[0], id::text FROM changed;
    ELSE
        EXECUTE format(
            'INSERT INTO yuetan_changedrow (transaction, table_name, row_key) '
            'SELECT pg_current_xact_id()::text::bigint, %L, %I::text FROM changed', TG_ARGV[0], TG_ARGV[1]
        );
    END IF;
    RETURN NULL;
END $$;
"""
PLANNED_ANEW = """
CREATE OR REPLACE FUNCTION yuetan_note_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The arguments: the name of the table in the record, and its key.
    EXECUTE format(
        'INSERT INTO yuetan_changedrow (transaction, table_name, row_key) '
        'SELECT pg_current_xact_id()::text::bigint, %L, %I::text FROM changed', TG_ARGV[0], TG_ARGV[1]
    );
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("yuetan", "0078_readers"),
    ]

    operations = [migrations.RunSQL(KEPT_PLAN, PLANNED_ANEW)]
