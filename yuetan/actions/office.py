"""The office's own rules (办公室设定), changed by its director."""

from __future__ import annotations

from django.db import transaction

from yuetan import permissions
from yuetan.errors import NotYours, Reason, Refused
from yuetan.models import Event, OfficeSetting, User
from yuetan.models.regulation import OFFICE_SETTING
from yuetan.rules import clock
from yuetan.rules.findings import found

LARGEST = 90


@transaction.atomic
def change_office_setting(setting: OfficeSetting, *, by: User, value: object) -> OfficeSetting:
    """修改办公室设定: what was issued before keeps what was decided then."""
    if not by.has_perm(permissions.name("keep_office_settings")):
        raise NotYours("keep_office_settings")
    problem = ""
    if setting.kind == OfficeSetting.Kind.NUMBER and not (isinstance(value, int) and 0 <= value <= LARGEST):
        problem = found("setting_not_number", label=setting.label).sentence()
    if setting.kind == OfficeSetting.Kind.POSTS and not value:
        problem = found("setting_without_post", label=setting.label).sentence()
    if problem:
        raise Refused(Reason(f"{OFFICE_SETTING}：{problem}", "value"))
    before, setting.value = setting.shown, value
    setting.save()
    facts = {"setting": setting.label, "before": before, "after": setting.shown}
    Event.objects.create(
        verb="change_office_setting", actor=by, actor_title=by.title, data=facts, created_at=clock.now()
    )
    return setting
