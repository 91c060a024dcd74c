"""资格限制: made when a measure is served, completed by name, ended early by a decision; never edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yuetan.actions.log_event import log_event
from yuetan.actions.papers.end_restrictions import end_rows
from yuetan.actions.step import refuse_if_any
from yuetan.alerts import send_alert
from yuetan.errors import NotYours
from yuetan.models import AccountabilityMeasure, Post, Restriction, User
from yuetan.models.ladder.restricted import closings, kinds_of, named_posts, period_of
from yuetan.models.ladder.text_rows import effects_of
from yuetan.models.law.accountability import Effect
from yuetan.permissions import name as name_of
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.person_names import is_person_name, person_name, same_person_name
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import RestrictedSubject
from yuetan.vocabulary.restriction import REGISTERED_ENDS, RestrictionEnd

ADD, END = "add_restricted_leader", "end_restriction"


def restrict(measure: AccountabilityMeasure) -> list[Restriction]:
    """What the rung of the measure closes, from the day of its paper on, inside the step that serves it.

    Its unit, and who held the posts that the text names on the day it was decided, as these are on record.
    Effect: each of these leaders who has an account is alerted.
    """
    made = Restriction.objects.bulk_create(_new(measure, one.effect, one.post) for one in closings(measure))
    _alert(measure, made)
    return made


def may_keep_register(measure: AccountabilityMeasure, by: User, codename: str) -> bool:
    """Whether it is the person's for the office, or of who acts for it; never about their own unit (回避)."""
    by_role = by.has_perm(name_of(codename)) and not measure.leaves_out(by)
    if by_role and not measure.recuses(by):
        return True
    return measure.is_granted(name_of(codename), by)


@dataclass(frozen=True)
class Leader:
    """A leader by a post on record, or as stated: of which kind, name and post."""

    post: Post | None
    subject: str
    name: str
    title: str


@transaction.atomic
def add_restricted_leader(
    measure: AccountabilityMeasure, *, by: User, post: Post | None, subject: str, name: str, title: str, reason: str
) -> list[Restriction]:
    """补列受限制的领导: who held a named post on the day of the decision and was not on record then.

    By a post on record, or as `subject` by name and title. Raises NotYours, and Refused for who held no named post
    that day, who is listed already, or without a reason. Effects: rows from the day of the paper on, one line of the
    log, an alert to a leader who has an account.
    """
    if not may_keep_register(measure, by, ADD):
        raise NotYours(ADD)
    measure = AccountabilityMeasure.objects.for_step().select_for_update(of=("self",), no_key=True).get(pk=measure.pk)
    refuse_if_any(measure, _served_problems(measure))
    leader = Leader(post, subject, person_name(name), title.strip())
    refuse_if_any(measure, _leader_problems(measure, leader, reason))
    effects = _effects_on(measure, leader)
    stated = {"person_name": leader.name, "person_title": leader.title} if post is None else {}
    new = [_new(measure, one, post, added_by=by, added_reason=reason.strip(), **stated) for one in effects]
    made = Restriction.objects.bulk_create(new)
    _alert(measure, made)
    log_event(ADD, by, document=measure.issued_paper.number, words=made[0].who, reason=reason)
    return made


@transaction.atomic
def end_restriction(
    restriction: Restriction, *, by: User, kind: str, paper: str, decided_on: date | None, reason: str
) -> Restriction:
    """提前解除: all that the same measure closes to the same unit or person, from the day of the decision on.

    Raises NotYours; Refused without kind, paper, day or reason, for a day before the first or ahead, and for what has
    ended. Effects: the rows keep all that was, one line of the log, an alert to a leader who has an account.
    """
    measure = AccountabilityMeasure.objects.for_step().get(pk=restriction.measure_laid_id)
    if not may_keep_register(measure, by, END):
        raise NotYours(END)
    one = Restriction.objects.with_relations().select_for_update(of=("self",)).get(pk=restriction.pk)
    refuse_if_any(measure, _end_problems(one, kind, paper, decided_on, reason))
    alike = measure.restrictions.filter(person=one.person, person_name=one.person_name, person_title=one.person_title)
    words = {"reason": reason.strip(), "paper": paper.strip()}
    end_rows(alike, kind=RestrictionEnd(kind), by=by, on=decided_on, **words)
    log_event(END, by, document=measure.issued_paper.number, words=one.who, reason=reason, paper=paper)
    if one.person is not None and one.person.is_active and one.person.username:
        words_to_person = f"对您的资格限制（{measure.issued_paper.number}）已提前解除，请在“资格限制”中查阅。"
        send_alert([one.person], key=f"restriction_ended:{one.pk}", words=words_to_person)
    return Restriction.objects.with_relations().get(pk=one.pk)


def _new(measure: AccountabilityMeasure, effect: Effect, post: Post | None, **stated: object) -> Restriction:
    period, unit = period_of(measure, effect), measure.proposed_unit
    who: dict[str, object] = {}
    if post is not None:
        who = {"person": post.holder, "person_name": post.holder.name, "person_title": post.full_title}
    return Restriction(
        measure_laid=measure,
        effect=effect,
        unit=unit,
        open_to=measure.unit,
        post=post,
        first_day=period.first,
        last_day=period.last,
        until=period.last,
        created_at=clock.now(),
        **(who | stated),
    )


def _alert(measure: AccountabilityMeasure, made: Iterable[Restriction]) -> None:
    people = {one.person_id: one.person for one in made if one.person_id is not None}
    reached = [person for person in people.values() if person and person.is_active and person.username]
    laid = f"{measure.unit.name}被{measure.rung.get_kind_display()}（{measure.issued_paper.number}）"
    words = f"{laid}，您的有关资格受到限制，请在“资格限制”中查阅。"
    send_alert(reached, key=f"restricted:{measure.pk}", words=words)


def _served_problems(measure: AccountabilityMeasure) -> Iterator[Finding]:
    if measure.paper is None:
        yield finding("restriction_not_served")
    elif measure.paper.entry.voided_at is not None:
        yield finding("measure_voided", time=chinese_date(measure.paper.entry.voided_at))


def _leader_problems(measure: AccountabilityMeasure, leader: Leader, reason: str) -> Iterator[Finding]:
    yield from require_words(reason, finding("reason_missing", "reason", what="补列"))
    yield from personal_data("reason", "“理由”", reason, clock.today().year)
    if leader.post is not None:
        yield from _post_problems(measure, leader.post)
    else:
        yield from _stated_problems(measure, leader)


def _post_problems(measure: AccountabilityMeasure, post: Post) -> Iterator[Finding]:
    if post.pk not in {one.pk for one in named_posts(measure)}:
        yield finding("restriction_post_not_held", "post", name=post.holder.name, unit=measure.proposed_unit.full_name)
    elif measure.restrictions.filter(person=post.holder).exists():
        yield finding("restriction_known", "post", name=post.holder.name)


def _stated_problems(measure: AccountabilityMeasure, leader: Leader) -> Iterator[Finding]:
    needed = {"subject": ("类别", leader.subject), "name": ("姓名", leader.name), "title": ("职务", leader.title)}
    if missing := missing_of("restriction_leader_incomplete", needed):
        yield from missing
        return
    if not is_person_name(leader.name):
        yield finding("restriction_name_unfit", "name", name=leader.name)
    if not _effects_on(measure, leader):
        label = RestrictedSubject(leader.subject).label
        yield finding("restriction_not_of_rung", "subject", rung=measure.rung.get_kind_display(), subject=label)
    if any(same_person_name(post.holder.name, leader.name) for post in named_posts(measure)):
        yield finding("restriction_leader_on_record", "name", name=leader.name)
    if measure.restrictions.filter(person_name=leader.name, person_title=leader.title).exists():
        yield finding("restriction_known", "name", name=leader.name)


def _effects_on(measure: AccountabilityMeasure, leader: Leader) -> list[Effect]:
    """What is closed to a leader, each thing once."""
    on = [one for one in effects_of(measure) if _is_on(one, leader)]
    return list({one.closed: one for one in reversed(on)}.values())[::-1]


def _is_on(effect: Effect, leader: Leader) -> bool:
    if leader.post is not None:
        return leader.post.kind in kinds_of(effect)
    return effect.subject == leader.subject != RestrictedSubject.UNIT


def _end_problems(
    restriction: Restriction, kind: str, paper: str, decided_on: date | None, reason: str
) -> Iterator[Finding]:
    if restriction.ended_on is not None or restriction.until < clock.today():
        yield finding("restriction_over", standing=restriction.standing.label)
        return
    if kind not in REGISTERED_ENDS:
        yield finding("restriction_end_kind_missing", "kind")
    yield from require_words(paper, finding("restriction_end_without_paper", "paper"))
    yield from require_words(reason, finding("reason_missing", "reason", what="提前解除"))
    yield from personal_data("reason", "“理由”", reason, clock.today().year)
    if decided_on is None:
        yield finding("restriction_end_day_missing", "decided_on")
    elif not restriction.first_day <= decided_on <= clock.today():
        yield finding("restriction_end_day_outside", "decided_on", first=chinese_date(restriction.first_day))
