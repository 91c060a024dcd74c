"""资格限制: made when a measure is served, completed by name, ended early by a decision; never edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import QuerySet

from yuetan import permissions
from yuetan.actions.files.attachment import Offer, attach
from yuetan.actions.hold_row import hold_row
from yuetan.actions.ladder.restricted_leader import Leader, effects_on, leader_problems
from yuetan.actions.papers.end_restrictions import end_rows
from yuetan.actions.room_step import LogFacts, RoomRows, RoomStep, itself, room_step
from yuetan.actions.step import refuse_if_any
from yuetan.alerts import send_alert
from yuetan.models import AccountabilityMeasure, Post, Restriction, User
from yuetan.models.ladder.restricted import closings, period_of
from yuetan.models.law.accountability import Effect
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.person_names import person_name
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import FilePurpose
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
    by_role = by.has_perm(permissions.name(codename)) and not measure.leaves_out(by)
    if by_role and not measure.recuses(by):
        return True
    return measure.is_granted(permissions.name(codename), by)


def add_restricted_leader(
    measure: AccountabilityMeasure,
    *,
    by: User,
    post: Post | None,
    subject: str,
    name: str,
    title: str,
    reason: str,
    proof: Offer | None,
) -> list[Restriction]:
    """补列受限制的领导: who held a named post on the day of the decision and was not on record then.

    By a post on record, or as `subject` by name, title and a proof of that post. Raises NotYours, and Refused for who
    held no named post that day or another one on record, who is listed already, or without a reason. Effects: rows
    from the day of the paper on, the proof kept with the measure, one line of the log, an alert to a leader who has
    an account, and to the directors who may end it.
    """
    with room_step(ADDING_LEADER, measure, by=by, proof=[proof] if proof else []) as held:
        measure, reason = held.row, reason.strip()
        leader = Leader(post, subject, person_name(name), title.strip())
        refuse_if_any(measure, leader_problems(measure, leader, reason, held.files["proof"]))
        measure.stored_files = held.stored
        kept = attach(measure, held.files["proof"], by=by, purpose=FilePurpose.POST_PROOF)
        stated: dict[str, object] = {"added_by": by, "added_reason": reason, "proof": kept[0] if kept else None}
        made = _rows_of_leader(measure, leader, stated)
        held.facts |= {"words": made[0].who, "reason": reason}
        held.made = made[0]
        _alert(measure, made)
        _alert_directors(measure, made[0], by)
    return made


def _rows_of_leader(measure: AccountabilityMeasure, leader: Leader, stated: dict[str, object]) -> list[Restriction]:
    if leader.post is None:
        stated = stated | {"person_name": leader.name, "person_title": leader.title}
    rows = [_new(measure, one, leader.post, **stated) for one in effects_on(measure, leader)]
    return Restriction.objects.bulk_create(rows)


def _alert_directors(measure: AccountabilityMeasure, made: Restriction, by: User) -> None:
    """A second person hears of it: whoever may end what was listed by mistake."""
    keepers = User.objects.in_roles(*permissions.roles_with(END))
    readers = [one for one in keepers if one.pk != by.pk and may_keep_register(measure, one, END)]
    words = f"{by.name}在{measure.issued_paper.number}补列了受限制的{made.who}，请核对；列入有误的，凭文书提前解除。"
    send_alert(readers, key=f"restricted_leader:{made.pk}", words=words)


def end_restriction(
    restriction: Restriction, *, by: User, kind: str, paper: str, decided_on: date | None, reason: str
) -> Restriction:
    """提前解除: all that the same measure closes to the same unit or person, from the day of the decision on.

    Raises NotYours; Refused without kind, paper, day or reason, for a day before the first or ahead, and for what has
    ended. Effects: the rows keep all that was, one line of the log, an alert to a leader who has an account.
    """
    with room_step(ENDING_EARLY, restriction, by=by) as held:
        one, measure = held.row, held.row.measure_laid
        refuse_if_any(measure, _end_problems(one, kind, paper, decided_on, reason))
        words = {"reason": reason.strip(), "paper": paper.strip()}
        end_rows(_alike(one), kind=RestrictionEnd(kind), by=by, on=decided_on, **words)
        held.facts |= words
        _alert_of_end(one)
    return Restriction.objects.with_relations().get(pk=one.pk)


def _alike(one: Restriction) -> QuerySet[Restriction]:
    """All that the same measure closes to whom this restricts."""
    whom = {"person": one.person, "person_name": one.person_name, "person_title": one.person_title}
    return one.measure_laid.restrictions.filter(**whom)


def _alert_of_end(one: Restriction) -> None:
    if one.person is not None and one.person.is_active and one.person.username:
        words = f"对您的资格限制（{one.measure_laid.issued_paper.number}）已提前解除，请在“资格限制”中查阅。"
        send_alert([one.person], key=f"restriction_ended:{one.pk}", words=words)


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


def _served_problems(measure: AccountabilityMeasure, by: User) -> Iterator[Finding]:
    if measure.paper is None:
        yield finding("restriction_not_served")
    elif measure.paper.entry.voided_at is not None:
        yield finding("measure_voided", time=chinese_date(measure.paper.entry.voided_at))


def _over_problems(restriction: Restriction, by: User) -> Iterator[Finding]:
    if restriction.ended_on is not None or restriction.until < clock.today():
        yield finding("restriction_over", standing=restriction.standing.label)


def _end_problems(
    restriction: Restriction, kind: str, paper: str, decided_on: date | None, reason: str
) -> Iterator[Finding]:
    if kind not in REGISTERED_ENDS:
        yield finding("restriction_end_kind_missing", "kind")
    yield from require_words(paper, finding("restriction_end_unproven", "paper"))
    yield from require_words(reason, finding("reason_missing", "reason", what="提前解除"))
    yield from personal_data("reason", "“理由”", reason, clock.today().year)
    if decided_on is None:
        yield finding("restriction_end_day_missing", "decided_on")
    elif not restriction.first_day <= decided_on <= clock.today():
        yield finding("restriction_end_day_outside", "decided_on", first=chinese_date(restriction.first_day))


def _held_measure(measure: AccountabilityMeasure) -> AccountabilityMeasure:
    return hold_row(AccountabilityMeasure.objects.for_step(), measure.pk)


def _held_restriction(restriction: Restriction) -> Restriction:
    """The restriction, locked, with its measure as a step asks it; others end with it where they have not ended yet."""
    measure = AccountabilityMeasure.objects.for_step().get(pk=restriction.measure_laid_id)
    one = hold_row(Restriction.objects.with_relations(), restriction.pk)
    one.measure_laid = measure
    return one


def _may_on_restriction(restriction: Restriction, by: User, codename: str) -> bool:
    return may_keep_register(restriction.measure_laid, by, codename)


def _number_of(measure: AccountabilityMeasure) -> LogFacts:
    return {"document": measure.issued_paper.number}


ADDING_LEADER = RoomStep(
    ADD,
    RoomRows[AccountabilityMeasure](
        _held_measure, may_keep_register, _number_of, lambda measure: None, lambda measure: measure
    ),
    against=(_served_problems,),
)
ENDING_EARLY = RoomStep(
    END,
    RoomRows[Restriction](
        _held_restriction,
        _may_on_restriction,
        lambda one: {**_number_of(one.measure_laid), "words": one.who},
        itself,
        lambda one: one.measure_laid,
    ),
    against=(_over_problems,),
)
