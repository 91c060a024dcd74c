"""Keys of what units come to are made of the time and chance: a counted one told them how much the office does.

They still grow, so that rows keep their order; microseconds are counted from 2020 on, which lasts until 2091. The
sequence stays with its table for whoever sets keys aside in bulk.
"""

from django.db import migrations

TABLES = (
    *("alert", "task", "taskreport", "extension", "pause", "chase", "supervisionletter", "consequence", "reworkrequest"),
    *("leave", "absence", "submission", "interview", "measure", "minutes", "minutesversion", "minutescorrection"),
    *("intervieweeattendance", "participant", "inspection", "sitecheck", "taskfinding", "revisit", "receipt"),
)
FUNCTION = """
CREATE FUNCTION yuetan_key_by_time() RETURNS bigint LANGUAGE sql VOLATILE AS
$$ SELECT (((extract(epoch FROM clock_timestamp()) - 1577836800) * 1000000)::bigint << 12)
    | floor(random() * 4096)::bigint $$
"""


def by_time(table: str) -> str:
    """Take the default of a table's key away from its sequence."""
    table = f"yuetan_{table}"
    return f"""
DO $$
DECLARE last bigint;
BEGIN
    SELECT nextval(pg_get_serial_sequence('{table}', 'id')) INTO last;
    ALTER TABLE {table} ALTER COLUMN id DROP IDENTITY;
    EXECUTE format('CREATE SEQUENCE {table}_id_seq START %s OWNED BY {table}.id', last);
    ALTER TABLE {table} ALTER COLUMN id SET DEFAULT yuetan_key_by_time();
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ("yuetan", "0055_ledger_orders"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION yuetan_key_by_time()"),
        *(migrations.RunSQL(by_time(table)) for table in TABLES),
    ]
