"""What 0118 and 0119 left open: who presided by a draft, and why nobody went to a unit, of each time and for good.

A draft of a correction lets nobody preside whom it lets be away, else its rows could not become what it says. Of a
covert visit that was missed more than once the last reason stood alone; the log has the earlier ones.
"""

from django.db import migrations

DRAFTS = """
UPDATE yuetan_meetingcorrection draft SET text = jsonb_set(draft.text, '{invitation}', (
    SELECT jsonb_object_agg(came.key, came.value || jsonb_build_object(
        'presided', came.value -> 'presided' = 'true' AND came.value ->> 'presence' IN ('attended', 'sat_in')
    ))
    FROM jsonb_each(draft.text -> 'invitation') came
)) WHERE draft.confirmed_at IS NULL AND draft.withdrawn_at IS NULL AND EXISTS (
    SELECT FROM jsonb_each(draft.text -> 'invitation') came
    WHERE came.value -> 'presided' = 'true' AND came.value ->> 'presence' NOT IN ('attended', 'sat_in')
);
"""
# The trigger of 0119, with two more columns.
VISITED = (
    *("day", "points", "finding_count", "problem_count", "findings_changed_at", "conclusion", "demands"),
    *("concluded_on", "concluded_by", "concluded_at", "recorded_by_id", "informed_by_id", "informed_at"),
    *("dropped_by_id", "dropped_at", "drop_reason", "discussion"),
)
MOVED = ("moved_from", "move_reason")
RECEIVED = ("received_by_id", "received_title", "received_at")


def changed(columns):
    """Whether one of these columns changes."""
    new, old = (", ".join(f'{row}."{column}"' for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


def kept_as_informed(columns):
    """The trigger on what a unit was told."""
    return f"""
    DROP TRIGGER kept_as_informed ON yuetan_roundvisit;
    CREATE TRIGGER kept_as_informed BEFORE UPDATE ON yuetan_roundvisit FOR EACH ROW WHEN (
        {changed(("id", "round_id", "unit_id"))}
        OR OLD.dropped_at IS NOT NULL OR OLD.opinion_received_at IS NOT NULL
        OR (OLD.received_at IS NOT NULL AND {changed(RECEIVED)})
        OR (OLD.informed_at IS NOT NULL AND {changed((*columns, *RECEIVED))})
    ) EXECUTE FUNCTION yuetan_refuse_change()
    """


def reasons_of_each_time(apps, schema_editor):
    """Write beside the last reason those that the log has of the days before it."""
    visits = apps.get_model("yuetan", "RoundVisit").objects.exclude(moved_from=None)
    for visit in visits.select_related("round", "unit__parent"):
        missed = list(missed_days(apps.get_model("yuetan", "Event"), visit))
        if len(missed) > 1:
            visit.moved_from, visit.move_reason = missed[0]
            for day, reason in missed[1:]:
                visit.move_reason += f"\n原定{day.year}年{day.month}月{day.day}日：{reason}"
            visits.filter(pk=visit.pk).update(moved_from=visit.moved_from, move_reason=visit.move_reason)


def missed_days(event, visit):
    """Each day on which nobody went, with its reason, the first one first: back from the one that stands, move by move."""
    parent = visit.unit.parent.name if visit.unit.kind == "town" and visit.unit.parent else ""
    named = {"title": visit.round.title, "unit": parent + visit.unit.name}
    moves = event.objects.filter(verb="move_visit", data__contains=named).order_by("-pk")
    day, missed = None, []
    for data in moves.values_list("data", flat=True):
        if data.get("day") == day or (day is None and data["before"] == visit.moved_from.isoformat()):
            day = data["before"]
            missed += [(visit.moved_from.fromisoformat(day), data["reason"])] if "reason" in data else []
    return reversed(missed)


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0123_receipt_limits_of_measures'),
    ]

    operations = [
        migrations.RunSQL(DRAFTS, migrations.RunSQL.noop),
        migrations.RunSQL("ALTER TABLE yuetan_roundvisit DISABLE TRIGGER kept_as_informed", migrations.RunSQL.noop),
        migrations.RunPython(reasons_of_each_time, migrations.RunPython.noop),
        migrations.RunSQL(
            ["SET CONSTRAINTS ALL IMMEDIATE", "ALTER TABLE yuetan_roundvisit ENABLE TRIGGER kept_as_informed"],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(kept_as_informed((*VISITED, *MOVED)), kept_as_informed(VISITED)),
    ]
