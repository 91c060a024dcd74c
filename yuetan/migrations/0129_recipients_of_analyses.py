"""分析报告 names whom it is sent and copied to; what went before went to the leading group, and is left as it is."""

from django.db import migrations, models

SET_UP = ("id", "period_id", "under_id", "edition", "drafted_by_id", "drafted_at")
WRITTEN = ("situation", "problems", "proposals", "reason")
RECIPIENTS = ("addressee", "copied_to")


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f'{row}."{column}"' for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept(written):
    """The trigger, made anew for what was written."""
    return f"""
    DROP TRIGGER kept_as_endorsed ON yuetan_reportanalysis;
    CREATE TRIGGER kept_as_endorsed BEFORE UPDATE ON yuetan_reportanalysis FOR EACH ROW WHEN (
        OLD.issued_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR {changed(SET_UP)}
        OR (OLD.endorsed_at IS NOT NULL AND {changed(written)})
    ) EXECUTE FUNCTION yuetan_refuse_change();
    """


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0128_repeats_kept_with_letters'),
    ]

    operations = [
        migrations.AddField(
            model_name='reportanalysis',
            name='addressee',
            field=models.CharField(blank=True, max_length=100, verbose_name='主送'),
        ),
        migrations.AddField(
            model_name='reportanalysis',
            name='copied_to',
            field=models.TextField(blank=True, verbose_name='抄送'),
        ),
        migrations.RunSQL(kept((*WRITTEN, *RECIPIENTS)), kept(WRITTEN)),
    ]
