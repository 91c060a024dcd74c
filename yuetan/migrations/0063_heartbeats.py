"""Signs of life of the programs beside the site; and no event lies before the one it follows."""

import yuetan.rules.dates.clock
from django.db import migrations, models

# A clock that was corrected by seconds moves no event before another; one that went back further stops the step.
# What is entered later from paper (recorded_on) bears the day on which it was done.
FUNCTION = """
CREATE FUNCTION yuetan_event_follows() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER follows BEFORE INSERT ON yuetan_event FOR EACH ROW EXECUTE FUNCTION yuetan_event_follows();
"""
UNDO = "DROP TRIGGER follows ON yuetan_event; DROP FUNCTION yuetan_event_follows();"


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0062_backup_runs'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClockJump',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('known_at', models.DateTimeField()),
                ('noticed_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.CharField(blank=True, max_length=60)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('-noticed_at',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('program', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=yuetan.rules.dates.clock.now)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.RunSQL(FUNCTION, UNDO),
    ]
