"""Who may be added to those whom a measure restricts: by a post on record, or as stated with a proof of the post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yuetan.actions.files.attachment import ExaminedFile
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.models import AccountabilityMeasure, Post, Unit
from yuetan.models.ladder.restricted import decided_on, kinds_of, named_posts
from yuetan.models.ladder.text_rows import effects_of
from yuetan.models.law.accountability import Effect
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.official_text import joined
from yuetan.rules.text.person_names import is_person_name, same_person_name
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import RestrictedSubject, UnitKind

MAX_NAMED = 5


@dataclass(frozen=True)
class Leader:
    """A leader by a post on record, or as stated: of which kind, name and post."""

    post: Post | None
    subject: str
    name: str
    title: str


def leader_problems(
    measure: AccountabilityMeasure, leader: Leader, reason: str, proof: Sequence[ExaminedFile]
) -> Iterator[Finding]:
    """Why a leader cannot be added: no named post that day, no proof of it, or what is missing."""
    yield from require_words(reason, finding("reason_missing", "reason", what="补列"))
    yield from personal_data("reason", "“理由”", reason, clock.today().year)
    yield from scan_problems(proof, "proof", kinds=PAPER_KINDS)
    if leader.post is not None:
        yield from _post_problems(measure, leader.post)
        return
    yield from _stated_problems(measure, leader)
    if not proof:
        yield finding("restriction_without_proof", "proof")


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
    if not effects_on(measure, leader):
        label = RestrictedSubject(leader.subject).label
        yield finding("restriction_not_of_rung", "subject", rung=measure.rung.get_kind_display(), subject=label)
    yield from _on_record_problems(measure, leader)
    yield from _title_problems(measure, leader)
    if measure.restrictions.filter(person_name=leader.name, person_title=leader.title).exists():
        yield finding("restriction_known", "name", name=leader.name)


def _on_record_problems(measure: AccountabilityMeasure, leader: Leader) -> Iterator[Finding]:
    """Whoever of the name has a post on record that day is no leader without one: a named post, or another one."""
    if any(same_person_name(post.holder.name, leader.name) for post in named_posts(measure)):
        yield finding("restriction_leader_on_record", "name", name=leader.name)
        return
    held = Post.objects.current(decided_on(measure)).filter(holder__name=leader.name)
    others = [post.full_title for post in held.select_related("unit__parent").order_by("pk")[:MAX_NAMED]]
    if others:
        words = {"name": leader.name, "posts": joined(others), "unit": measure.proposed_unit.full_name}
        yield finding("restriction_of_other_post", "name", **words)


def _title_problems(measure: AccountabilityMeasure, leader: Leader) -> Iterator[Finding]:
    """A post that is called by the name of another unit is none of this one."""
    unit, day = measure.proposed_unit, decided_on(measure)
    own = {unit.full_name, unit.name, unit.full_name_on(day), unit.name_on(day)}
    begins = max((len(name) for name in own if leader.title.startswith(name)), default=0)
    others = [(name, one) for name, one in _units_named_by(leader.title) if len(name) > begins]
    if others and unit not in [one for _, one in others]:
        words = {"title": leader.title, "other": others[-1][1].full_name, "unit": unit.full_name}
        yield finding("restriction_title_of_other_unit", "title", **words)


def _units_named_by(title: str) -> list[tuple[str, Unit]]:
    """The units by whose names a title begins, a 镇（街） also behind its 市（区）; the longest name last."""
    named = [(one.name, one) for one in Unit.objects.filter(name__in=_beginnings(title)).select_related("parent")]
    for name, above in list(named):
        below = Unit.objects.filter(parent=above, kind=UnitKind.TOWN, name__in=_beginnings(title[len(name) :]))
        named += [(name + one.name, one) for one in below.select_related("parent")]
    return sorted(named, key=lambda each: len(each[0]))


def _beginnings(text: str) -> list[str]:
    return [text[:length] for length in range(1, len(text) + 1)]


def effects_on(measure: AccountabilityMeasure, leader: Leader) -> list[Effect]:
    """What a measure closes to a leader, each thing once."""
    on = [one for one in effects_of(measure) if _is_on(one, leader)]
    return list({one.closed: one for one in reversed(on)}.values())[::-1]


def _is_on(effect: Effect, leader: Leader) -> bool:
    if leader.post is not None:
        return leader.post.kind in kinds_of(effect)
    return effect.subject == leader.subject != RestrictedSubject.UNIT
