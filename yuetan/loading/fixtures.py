"""Loading what the site stands on: roles, the law, the units, the office's settings, the calendar. Twice is as once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction

from yuetan import grants, pending_steps
from yuetan.loading.calendar import load_calendar
from yuetan.loading.pack import setting_rows
from yuetan.loading.regulations import folders, load_regulations, texts_in
from yuetan.loading.unit_tables import FOLDER
from yuetan.loading.units import load_units
from yuetan.loading.wording import load_wording
from yuetan.models import OfficeSetting, PendingStep


@dataclass
class Loaded:
    """How many rows of what were written, and what somebody should look at."""

    written: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


@transaction.atomic
def load_fixtures() -> Loaded:
    """Load everything that is not there yet; raises Refused, nothing written.

    That is so if a loaded text of the law reads otherwise now, the tables of units are not in order, or the database
    is another office's.
    """
    grants.make_roles()
    units = load_units(settings.PACK / FOLDER)
    regulations = load_regulations(path for folder in folders() for path in texts_in(folder))
    days, warnings = load_calendar()
    wording = load_wording(settings.FIXTURES / "wording.json")
    own = {"办公室设定": _load_office_settings(), "标准段落": wording}
    own["授权"] = grants.follow_table()
    if not PendingStep.objects.exists():
        pending_steps.rebuild()  # a database from before there were rows of 待办
    written = {"办法": regulations, "单位": units, **own, "节假日与调休日": days}
    return Loaded({name: count for name, count in written.items() if count}, warnings)


def _load_office_settings() -> int:
    rows = setting_rows()
    known = set(OfficeSetting.objects.values_list("key", flat=True))
    new = [OfficeSetting(**row) for row in rows if row["key"] not in known]
    marked = [row["key"] for row in rows if row.get("needs_leader")]
    unmarked = OfficeSetting.objects.filter(key__in=marked, needs_leader=False)
    if unmarked.exists():
        unmarked.update(needs_leader=True)
    return len(OfficeSetting.objects.bulk_create(new)) + _reword_settings({str(row["key"]): row for row in rows})


def _reword_settings(rows: Mapping[str, Mapping[str, object]]) -> int:
    """Labels and notes are the product's, whatever the value is; a later version may word them better."""
    worded = []
    for setting in OfficeSetting.objects.filter(key__in=rows):
        label, note = rows[setting.key]["label"], rows[setting.key]["note"]
        if (setting.label, setting.note) != (label, note):
            setting.label, setting.note = str(label), str(note)
            worded.append(setting)
    OfficeSetting.objects.bulk_update(worded, ["label", "note"])
    return len(worded)
