"""The office's own rules (办公室设定): changed by its director, and by two persons where they decide who decides."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan import pending_steps
from yuetan.actions.hold_row import hold_row
from yuetan.actions.room_step import LogFacts, RoomRows, RoomStep, may_by_role, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import Accountability, OfficeSetting, Post, SettingChange, User
from yuetan.models.people.delegation import LEADING_POSTS
from yuetan.rules.dates import clock, reminder_points
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import NUMBER_PREFIX, joined
from yuetan.vocabulary import Retention, SettingOutcome

MAX_NUMBER = 90
MAX_DOTS = 5000
# From what to what a number may be, where it is not from nought to MAX_NUMBER.
BOUNDS = {
    "scan_short_side": (0, MAX_DOTS),
    "scan_long_side": (0, MAX_DOTS),
    "session_idle_minutes": (10, 480),
    "session_hours": (1, 24),
    "login_wait_minutes": (1, 90),
    "reauthentication_minutes": (0, 480),
    "password_length": (8, 64),
    "password_kinds": (1, 4),
    "password_max_days": (0, 365),
    "password_history": (0, 24),
}
MAY_BE_NONE = ("second_factor_posts",)
REMINDER_DAYS = "reminder_days_"
PREFIX = "prefix_"  # papers are numbered with what these settings hold
ARCHIVE_RETENTION = "archive_retention"
KEEP, CONFIRM = "keep_office_settings", "confirm_office_setting"


def _setting_problems(setting: OfficeSetting, value: object) -> Iterator[Finding]:
    kind = OfficeSetting.Kind(setting.kind)
    least, most = BOUNDS.get(setting.key, (0, MAX_NUMBER))
    if kind == OfficeSetting.Kind.NUMBER and not (isinstance(value, int) and least <= value <= most):
        yield finding("setting_not_number", "value", label=setting.label, least=least, most=most)
    if kind == OfficeSetting.Kind.POSTS and not value and setting.key not in MAY_BE_NONE:
        yield finding("setting_without_post", "value", label=setting.label)
    if kind == OfficeSetting.Kind.FLAG and not isinstance(value, bool):
        yield finding("setting_not_chosen", "value", label=setting.label)
    if kind == OfficeSetting.Kind.LAW and value and value not in Accountability.objects.titles():
        yield finding("setting_text_unknown", "value", label=setting.label)
    if setting.key.startswith(REMINDER_DAYS) and reminder_points.days(str(value)) is None:
        yield finding("setting_not_days", "value", label=setting.label)
    if setting.key == ARCHIVE_RETENTION and value not in [each.label for each in Retention]:
        yield finding("setting_not_retention", "value", label=setting.label, choices=joined(Retention.labels))
    if setting.key.startswith(PREFIX) and not NUMBER_PREFIX.fullmatch(str(value)):
        yield finding("setting_not_prefix", "value", label=setting.label)


def change_office_setting(setting: OfficeSetting, *, by: User, value: object) -> OfficeSetting:
    """修改办公室设定: what was issued before keeps what was decided then.

    A setting that `needs_leader` keeps its value until a leader confirms the change. Raises NotYours without the
    permission, Refused if the value is out of bounds or a change waits already. Effect: the history, the log.
    """
    with room_step(step_of_change(setting), setting, by=by) as held:
        setting = held.row
        refuse_uncited(_setting_problems(setting, value))
        held.facts |= _both_values(setting, setting.value, value)
        if setting.needs_leader:
            _propose(setting, by, value)
            return setting
        _write_down(setting, by, value, SettingOutcome.IN_EFFECT)
        setting.value = value
        setting.save()
        pending_steps.follow_setting(setting.key)
    return setting


def _propose(setting: OfficeSetting, by: User, value: object) -> None:
    refuse_uncited([] if value != setting.value else [finding("setting_unchanged", "value", label=setting.label)])
    change = _write_down(setting, by, value, SettingOutcome.PENDING)
    sentence = f"{by.name}提出修改办公室设定“{setting.label}”，须由您确认后才生效。"
    send_alert(confirmers(change), key=f"setting:{change.pk}", words=sentence)


def _write_down(setting: OfficeSetting, by: User, value: object, outcome: SettingOutcome) -> SettingChange:
    return SettingChange.objects.create(
        setting=setting, before=setting.value, after=value, proposed_by=by, proposed_at=clock.now(), outcome=outcome
    )


def _both_values(setting: OfficeSetting, before: object, after: object) -> LogFacts:
    return {"setting": setting.label, "before": setting.shown_as(before), "after": setting.shown_as(after)}


def decide_setting_change(change: SettingChange, *, by: User, agreed: bool | None) -> SettingChange:
    """确认办公室设定: a leader of the group agrees, and it takes effect at once; or does not, and all stays as it was.

    Raises NotYours for anybody but a leader, Refused for who proposed it, for a leader to whom the office has not given
    approval while another in office has it, and for what has been decided. Effect: the setting, the log, an alert.
    """
    with room_step(REJECTING_CHANGE if agreed is False else CONFIRMING_CHANGE, change, by=by) as held:
        change = held.row
        refuse_uncited([] if agreed is not None else [finding("setting_decision_missing", "agreed")])
        change.outcome = SettingOutcome.CONFIRMED if agreed else SettingOutcome.REJECTED
        change.decided_by, change.decided_at = by, clock.now()
        change.save()
        if agreed:
            change.setting.value = change.after
            change.setting.save()
            pending_steps.follow_setting(change.setting.key)
        decision = "已确认您提出的修改，立即生效" if agreed else "不同意您提出的修改，设定不变"
        words = f"{by.name}{decision}：“{change.setting.label}”{change.words}。"
        send_alert([change.proposed_by], key=f"setting:{change.pk}:decided", words=words)
    return change


def retract_setting_change(change: SettingChange, *, by: User) -> SettingChange:
    """收回: a change that waits is no longer asked for; raises NotYours, or Refused if it has been decided."""
    with room_step(RETRACTING_CHANGE, change, by=by) as held:
        held.row.outcome = SettingOutcome.RETRACTED
        held.row.save()
    return held.row


def confirmers(change: SettingChange) -> list[User]:
    """The leaders who may confirm it: those to whom the office has given approval, or if none is in office any other.

    So nobody gives himself the power to decide as long as somebody holds it already.
    """
    leaders = Post.objects.current().filter(kind__in=LEADING_POSTS).exclude(holder=change.proposed_by_id)
    approving = leaders.filter(kind__in=OfficeSetting.objects.posts("approving_posts"))
    chosen = approving if approving.exists() else leaders
    return list(User.objects.filter(pk__in=chosen.values("holder")).order_by("pk"))


def _proposed_already(setting: OfficeSetting, _by: User) -> Iterator[Finding]:
    waiting = setting.changes.pending().select_related("proposed_by").first()
    if waiting is not None:
        words = {"label": setting.label, "after": setting.shown_as(waiting.after), "name": waiting.proposed_by.name}
        yield finding("setting_change_pending", "value", **words)


def _decided(change: SettingChange, _by: User) -> Iterator[Finding]:
    if change.outcome != SettingOutcome.PENDING:
        yield finding("setting_change_decided", label=change.setting.label, outcome=change.get_outcome_display())


def _others_to_confirm(change: SettingChange, by: User) -> Iterator[Finding]:
    if by == change.proposed_by:
        yield finding("setting_change_own", name=by.name)
    elif by not in confirmers(change):
        posts = joined(post.label for post in OfficeSetting.objects.posts("approving_posts"))
        yield finding("setting_change_not_yours", posts=posts, name=by.name)


def _held_setting(setting: OfficeSetting) -> OfficeSetting:
    return hold_row(OfficeSetting.objects.all(), setting.pk)


def _held_change(change: SettingChange) -> SettingChange:
    """The change, and before it the setting that it is of, as who changes that holds it."""
    hold_row(OfficeSetting.objects.all(), change.setting_id)
    return hold_row(SettingChange.objects.select_related("setting", "proposed_by"), change.pk)


SETTINGS = RoomRows[OfficeSetting](_held_setting, may_by_role, lambda setting: {})
CHANGES = RoomRows[SettingChange](
    _held_change, may_by_role, lambda change: _both_values(change.setting, change.before, change.after)
)
CHANGING_SETTING = RoomStep("change_office_setting", SETTINGS, codename=KEEP)
PROPOSING_SETTING = RoomStep("propose_office_setting", SETTINGS, (), (_proposed_already,), codename=KEEP)
CONFIRMING_CHANGE = RoomStep(CONFIRM, CHANGES, (_decided,), (_others_to_confirm,))
REJECTING_CHANGE = RoomStep("reject_office_setting", CHANGES, (_decided,), (_others_to_confirm,), codename=CONFIRM)
RETRACTING_CHANGE = RoomStep("retract_office_setting", CHANGES, (_decided,), codename=KEEP)


def step_of_change(setting: OfficeSetting) -> RoomStep[OfficeSetting]:
    """What changing it is: by its keeper alone, or asked for until a leader confirms."""
    return PROPOSING_SETTING if setting.needs_leader else CHANGING_SETTING
