"""The ladder of a unit and a matter as one line, on the page of each measure and case that stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yuetan.ledgers.subjects import subject_url
from yuetan.models import AccountabilityMeasure, Case, Referral, User
from yuetan.models.case.gravity import known_door
from yuetan.models.ladder.line_of_rungs import day_of, line_of_rungs
from yuetan.rules.text.official_text import article_name, chinese_date
from yuetan.views.case.next_rungs import laid_because_of
from yuetan.vocabulary import DoorKind, ReferralKind, RungKind

MAX_SHOWN = 30  # of one line, the last ones


@dataclass(frozen=True)
class ShownRung:
    """One rung of the line: its day, what it is, where it is read, the door where it came by gravity, until when it ran
    and what became of it, day by day."""

    day: date
    label: str
    number: str
    url: str
    door: str
    limit: date | None
    state: str
    since: list[str]
    is_here: bool


@dataclass(frozen=True)
class ShownLine:
    """The last rungs that the person may see, and how many more; for the inner side the doors open today, in words.

    `area` is the code of the unit, by which its lists are asked for.
    """

    rungs: list[ShownRung]
    more: int
    area: str
    doors: list[str]
    inner: bool


def shown_line(about: AccountabilityMeasure | Case, user: User) -> ShownLine | None:
    """The line of a measure; of a case where a door led to it or a rung was laid because of it; None for any other."""
    if isinstance(about, Case) and not _stands_on_a_line(about, user):
        return None
    inner, line = about.is_inner_to(user), line_of_rungs(about)
    seen = {about.pk}
    for model in (AccountabilityMeasure, Case):
        keys = [one.pk for one in line.rungs if isinstance(one, model) and one.pk != about.pk]
        seen |= set(model.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    own = [one for one in line.rungs if one.pk in seen]
    last = [one for one in own if one.pk == about.pk or one in own[-MAX_SHOWN:]]
    rungs = [_shown(one, user, is_here=one.pk == about.pk) for one in last]
    keys_seen = {str(key) for key in seen}
    doors = [
        f"{one.door.rung.label}（{article_name(one.door.article)}：{one.door.words}）：{one.facts}"
        for one in (line.doors() if inner else ())
        if one.before.key in keys_seen
    ]
    return ShownLine(rungs, len(own) - len(last), about.unit.code, doors, inner)


def _stands_on_a_line(case: Case, user: User) -> bool:
    return case.rung_laid_id is not None or case.door_id is not None or bool(laid_because_of(case, user))


def _shown(rung: AccountabilityMeasure | Case, user: User, *, is_here: bool) -> ShownRung:
    if isinstance(rung, Case):
        label, number = RungKind.INTERVIEW.label, rung.register_number if rung.is_inner_to(user) else ""
        limit = max((task.effective_due_on for task in rung.tasks.all() if task.effective_due_on), default=None)
    else:
        label, limit = rung.rung.get_kind_display(), rung.limit
        number = rung.paper_number
    state, since = _state(rung, user), _since(rung, inner=rung.is_inner_to(user))
    return ShownRung(day_of(rung), label, number, subject_url(rung), _gravity(rung), limit, state, since, is_here)


def _gravity(rung: AccountabilityMeasure | Case) -> str:
    """第二十八条“……”, where it came by gravity and not because of the rung before it."""
    door = known_door(rung.door_id) if rung.door_id is not None else None
    return f"{door.article.name}“{door.words}”" if door is not None and door.kind == DoorKind.GRAVITY else ""


def _since(rung: AccountabilityMeasure | Case, *, inner: bool) -> list[str]:
    """What was done about it later, each with its day: to whom it was referred (never for the unit), how it ended."""
    if isinstance(rung, Case):
        return [f"{chinese_date(rung.closed_on)}办结"] if rung.closed_on else []
    referred = [one for one in rung.referrals.all() if one.kind == ReferralKind.REFERRAL] if inner else []
    lines = [f"{chinese_date(timezone.localdate(one.referred_at))}移送{_organ_and_number(one)}" for one in referred]
    if rung.met_on and (inner or rung.is_listing):
        lines.append(f"{chinese_date(rung.met_on)}{'摘牌' if rung.is_listing else '认定整改完成'}")
    return lines


def _organ_and_number(referral: Referral) -> str:
    voided = "，文书已作废" if referral.document.entry.voided_at else ""
    return f"{referral.organ}（{referral.document.number}{voided}）"


def _state(rung: AccountabilityMeasure | Case, user: User) -> str:
    """What became of it: 作废 where its paper is."""
    voided = isinstance(rung, AccountabilityMeasure) and rung.paper and rung.paper.entry.voided_at is not None
    return "文书已作废" if voided else rung.state_for(user)
