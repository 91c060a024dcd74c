"""Seals: every row of the record in a chain of digests. Which tables they are of, `manage.py migrate` follows each time."""

import django.db.models.deletion
import yuetan.models.record.request_address
import yuetan.rules.dates.clock
from django.db import migrations, models


FUNCTIONS = """
CREATE FUNCTION yuetan_note_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The arguments: the name of the table in the record, and its key.
    EXECUTE format(
        'INSERT INTO yuetan_changedrow (transaction, table_name, row_key) '
        'SELECT pg_current_xact_id()::text::bigint, %L, %I::text FROM changed', TG_ARGV[0], TG_ARGV[1]
    );
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_note_changed_but() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The same where more was changed than the columns of the third argument.
    EXECUTE format(
        'INSERT INTO yuetan_changedrow (transaction, table_name, row_key) '
        'SELECT pg_current_xact_id()::text::bigint, %L, changed.%I::text FROM changed JOIN before USING (%2$I) '
        'WHERE to_jsonb(changed) - %3$L::text[] IS DISTINCT FROM to_jsonb(before) - %3$L::text[]',
        TG_ARGV[0], TG_ARGV[1], TG_ARGV[2]
    );
    RETURN NULL;
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION yuetan_note_changed_but() CASCADE;
DROP FUNCTION yuetan_note_changed() CASCADE;
"""


def kept(table: str) -> migrations.RunSQL:
    """A row of it is neither changed nor deleted."""
    return migrations.RunSQL(
        f"CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON yuetan_{table} "
        "FOR EACH ROW EXECUTE FUNCTION yuetan_refuse_change()",
        f"DROP TRIGGER kept ON yuetan_{table}",
    )


class Migration(migrations.Migration):

    dependencies = [
        ("yuetan", "0057_paper_handling"),
    ]

    operations = [
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('made_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('chains', models.PositiveIntegerField(verbose_name='链数')),
                ('last_entry', models.PositiveBigIntegerField(verbose_name='截至条目')),
                ('previous', models.CharField(blank=True, max_length=64)),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ('-number',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ChangedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transaction', models.BigIntegerField(db_index=True)),
                ('table_name', models.CharField(max_length=40)),
                ('row_key', models.CharField(max_length=40)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='event',
            name='address',
            field=models.GenericIPAddressField(blank=True, default=yuetan.models.record.request_address.current_address, null=True, verbose_name='来源地址'),
        ),
        migrations.CreateModel(
            name='RecordVerification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('entries', models.PositiveBigIntegerField(verbose_name='条数')),
                ('rows', models.PositiveBigIntegerField(verbose_name='行数')),
                ('faults', models.PositiveIntegerField(verbose_name='不符处数')),
                ('first_fault', models.TextField(blank=True, verbose_name='第一处不符')),
            ],
            options={
                'ordering': ('-ended_at', '-id'),
                'default_permissions': (),
                'indexes': [models.Index(fields=['-ended_at', '-id'], name='verification_newest')],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(max_length=60)),
                ('number', models.PositiveIntegerField()),
                ('table_name', models.CharField(max_length=40)),
                ('row_key', models.CharField(max_length=40)),
                ('row_digest', models.CharField(blank=True, max_length=64)),
                ('sealed_at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['table_name', 'row_key', '-id'], name='seal_of_row')],
                'constraints': [models.UniqueConstraint(fields=('chain', 'number'), name='one_entry_at_each_place')],
            },
        ),
        migrations.CreateModel(
            name='AnchoredHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(max_length=60)),
                ('number', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('anchor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heads', to='yuetan.anchor')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('anchor', 'chain'), name='one_head_of_a_chain_at_an_anchor')],
            },
        ),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        *(kept(table) for table in ("seal", "anchor", "anchoredhead", "recordverification")),
    ]
