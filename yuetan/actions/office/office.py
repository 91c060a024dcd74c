"""The office's own rules (办公室设定), changed by its director."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from yuetan import permissions
from yuetan.actions.people.unit import refuse_uncited
from yuetan.errors import NotYours
from yuetan.models import Event, OfficeSetting, User
from yuetan.rules.dates import clock, reminder_points
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import NUMBER_PREFIX

MAX_NUMBER = 90
REMINDER_DAYS = "reminder_days_"
PREFIX = "prefix_"  # papers are numbered with what these settings hold


def _setting_problems(setting: OfficeSetting, value: object) -> Iterator[Finding]:
    kind = OfficeSetting.Kind(setting.kind)
    if kind == OfficeSetting.Kind.NUMBER and not (isinstance(value, int) and 0 <= value <= MAX_NUMBER):
        yield finding("setting_not_number", "value", label=setting.label)
    if kind == OfficeSetting.Kind.POSTS and not value:
        yield finding("setting_without_post", "value", label=setting.label)
    if kind == OfficeSetting.Kind.FLAG and not isinstance(value, bool):
        yield finding("setting_not_chosen", "value", label=setting.label)
    if setting.key.startswith(REMINDER_DAYS) and reminder_points.days(str(value)) is None:
        yield finding("setting_not_days", "value", label=setting.label)
    if setting.key.startswith(PREFIX) and not NUMBER_PREFIX.fullmatch(str(value)):
        yield finding("setting_not_prefix", "value", label=setting.label)


@transaction.atomic
def change_office_setting(setting: OfficeSetting, *, by: User, value: object) -> OfficeSetting:
    """修改办公室设定: what was issued before keeps what was decided then.

    Raises NotYours without the permission, Refused if the value is out of bounds. Effect: an entry in the log.
    """
    if not by.has_perm(permissions.name("keep_office_settings")):
        raise NotYours("keep_office_settings")
    refuse_uncited(_setting_problems(setting, value))
    before, setting.value = setting.shown, value
    setting.save()
    facts = {"setting": setting.label, "before": before, "after": setting.shown}
    Event.objects.create(
        verb="change_office_setting", actor=by, actor_title=by.title, data=facts, created_at=clock.now()
    )
    return setting
