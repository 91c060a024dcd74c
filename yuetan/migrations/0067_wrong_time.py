"""A time that was noticed to be wrong keeps nobody waiting: what follows an event of it bears the same time."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION yuetan_event_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before timestamptz;
BEGIN
    IF NEW.data ? 'recorded_on' THEN RETURN NEW; END IF;
    IF NEW.case_id IS NOT NULL THEN
        SELECT created_at INTO before FROM yuetan_event WHERE case_id = NEW.case_id ORDER BY created_at DESC LIMIT 1;
    ELSIF NEW.letter_id IS NOT NULL THEN
        SELECT created_at INTO before FROM yuetan_event WHERE letter_id = NEW.letter_id ORDER BY created_at DESC LIMIT 1;
    END IF;
    IF before > NEW.created_at THEN
        -- What was done while the clock was wrong, and noticed to be, bears a time to come: that keeps nobody waiting.
        IF before - NEW.created_at > interval '1 minute' AND NOT EXISTS (
            SELECT 1 FROM yuetan_clockjump WHERE ended_at IS NOT NULL AND known_at <= before
        ) THEN
            RAISE EXCEPTION 'an event of % would lie before the one it follows, of %', NEW.created_at, before
                USING ERRCODE = 'YT001';
        END IF;
        NEW.created_at := before;
    END IF;
    RETURN NEW;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION yuetan_event_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before timestamptz;
BEGIN
    IF NEW.data ? 'recorded_on' THEN RETURN NEW; END IF;
    IF NEW.case_id IS NOT NULL THEN
        SELECT created_at INTO before FROM yuetan_event WHERE case_id = NEW.case_id ORDER BY created_at DESC LIMIT 1;
    ELSIF NEW.letter_id IS NOT NULL THEN
        SELECT created_at INTO before FROM yuetan_event WHERE letter_id = NEW.letter_id ORDER BY created_at DESC LIMIT 1;
    END IF;
    IF before > NEW.created_at THEN
        IF before - NEW.created_at > interval '1 minute' THEN
            RAISE EXCEPTION 'an event of % would lie before the one it follows, of %', NEW.created_at, before
                USING ERRCODE = 'YT001';
        END IF;
        NEW.created_at := before;
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0066_second_factors_and_administrators'),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, BEFORE),
    ]
