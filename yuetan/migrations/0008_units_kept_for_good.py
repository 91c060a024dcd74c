"""What was registered of a unit, and who changed a setting, stays as written; each may be decided once."""

from django.db import migrations


def trigger(name: str, when: str, table: str, function: str, condition: str = "") -> migrations.RunSQL:
    """A trigger on each row of a table, and how it is taken back."""
    only = f"WHEN ({condition}) " if condition else ""
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {when} ON yuetan_{table} FOR EACH ROW {only}EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {name} ON yuetan_{table}",
    )


def changed(*columns: str) -> str:
    """Whether one of these is another than before."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


UNIT_CHANGE = changed(
    "unit_id", "kind", "former_name", "new_name", "successor_id", "effective_on", "paper_number", "registered_by_id",
    "registered_at",
)
SETTING_CHANGE = changed("setting_id", "before", "after", "proposed_by_id", "proposed_at")


class Migration(migrations.Migration):
    dependencies = [("yuetan", "0007_units_live_on")]
    operations = [
        trigger("kept", "DELETE", "unitchange", "yuetan_refuse_change"),
        trigger(
            "kept_as_made", "UPDATE", "unitchange", "yuetan_refuse_change", f"OLD.decided_at IS NOT NULL OR {UNIT_CHANGE}"
        ),
        trigger("kept", "DELETE", "settingchange", "yuetan_refuse_change"),
        trigger(
            "kept_as_made", "UPDATE", "settingchange", "yuetan_refuse_change",
            f"OLD.outcome <> 'pending' OR {SETTING_CHANGE}",
        ),
        trigger("kept", "UPDATE OR DELETE", "unitpaper", "yuetan_keep_scan"),
        trigger(
            "kept_first_code", "UPDATE", "unit", "yuetan_refuse_change", "NEW.first_code IS DISTINCT FROM OLD.first_code"
        ),
    ]
