"""销毁 of cases whose 保管期限 is over: a list is drawn up, decided on by a leader, and carried out by a third person.

What is destroyed are the rows of the case and of letters about it, by the owner's function in the database, and their
files. What remains is a line of the list, of each paper by what it is verified, and the chain of seals, which holds
digests alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from yuetan import tallies
from yuetan.actions.record.destroyed_files import note_files, remove_after_commit
from yuetan.actions.record.destroyed_papers import note_papers
from yuetan.actions.record.destruction_rows import CASES, DESTRUCTIONS, held_cases, register_numbers
from yuetan.actions.room_step import Problems, RoomStep, may_by_role, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import Case, Destruction, DestructionEntry, FollowUp, LegalHold, Letter, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import CaseState, DestructionStanding, LetterState, Role

DRAW_UP, DECIDE, CARRY_OUT = "draw_up_destruction", "decide_destruction", "carry_out_destruction"
MAX_CASES = 100  # cases a list: whoever decides reads each line
FINISHED = (LetterState.ISSUED, LetterState.CANCELLED)
CARRIERS = (Role.CASE_OFFICER, Role.OFFICE_DIRECTOR, Role.SUPERVISOR)


def draw_up_destruction(*, by: User, cases: Sequence[Case], opinion: str) -> Destruction:
    """鉴定: propose that these cases be destroyed, because their 保管期限 is over and they are worth keeping no longer.

    Raises NotYours without the right, or for a case that is kept from this person; Refused without an opinion and for
    a case that may not go. Effect: the leaders are alerted, the log.
    """
    with room_step(DRAWING_UP, cases, by=by) as held:
        without_words = require_words(opinion, finding("reason_missing", "opinion", what="鉴定为可以销毁"))
        refuse_uncited([*without_words, *_selection_problems(held.row)])
        drawn_up = {"drawn_up_by": by, "drawn_up_title": by.title, "drawn_up_at": clock.now()}
        made = Destruction.objects.create(opinion=opinion, **drawn_up)
        DestructionEntry.objects.bulk_create(_line_of(made, case) for case in held.row)
        held.facts["name"] = str(made)
        words = f"{by.name}拟制了{made}（{len(held.row)}卷，保管期限已满），请审批。"
        _alert(made, [Role.LEADING_GROUP], "drawn_up", words, but=by)
    return made


def decide_destruction(destruction: Destruction, *, by: User, agreed: bool | None, words: str) -> Destruction:
    """批准 or 不批准: a leader who did not draw it up.

    Raises NotYours without the right or where the list is kept from this person; Refused once it is decided, for who
    drew it up, without a reason where it is not approved, and for a case that may not go. Effect: alerts, the log.
    """
    with room_step(APPROVING if agreed is not False else REFUSING, destruction, by=by) as held:
        destruction = held.row
        refuse_uncited([] if agreed is not None else [finding("destruction_decision_missing", "agreed")])
        if agreed:
            refuse_uncited(_destruction_problems(_cases_of(destruction), but=destruction))
        else:
            refuse_uncited(require_words(words, finding("reason_missing", "words", what="不批准")))
        destruction.agreed, destruction.decision_words = agreed, words
        destruction.decided_by, destruction.decided_title, destruction.decided_at = by, by.title, clock.now()
        destruction.save()
        held.facts["words"] = words
        _alert_of_decision(destruction, by)
    return destruction


def _alert_of_decision(destruction: Destruction, by: User) -> None:
    if destruction.agreed:
        sentence = f"{by.name}已批准{destruction}，请拟制人、批准人以外的一人监销并销毁。"
        _alert(destruction, CARRIERS, "approved", sentence, but=by)
    else:
        sentence = f"{by.name}没有批准{destruction}。"
        send_alert([destruction.drawn_up_by], key=_alert_key(destruction, "refused"), words=sentence)


def withdraw_destruction(destruction: Destruction, *, by: User, reason: str) -> Destruction:
    """撤销 a list that was not carried out: its cases may be listed anew. Raises NotYours, Refused without reason."""
    with room_step(WITHDRAWING, destruction, by=by) as held:
        destruction = held.row
        refuse_uncited(require_words(reason, finding("reason_missing", "reason", what="撤销")))
        destruction.withdrawn_by, destruction.withdrawn_at, destruction.withdrawal_reason = by, clock.now(), reason
        destruction.save()
        held.facts["reason"] = reason
    return destruction


def carry_out_destruction(destruction: Destruction, *, by: User, compared: bool) -> Destruction:
    """监销, 销毁: the cases of an approved list go, all of them or none, watched by a third person.

    Raises NotYours without the right or where the list is kept from this person; Refused for who drew it up or
    approved it, before it was compared, and where a case may not go any more (a hold). Effects: the rows of each case
    and their files go; its line, its papers' numbers and digests, and its chain of seals stay; alerts, the log.
    """
    with room_step(CARRYING_OUT, destruction, by=by) as held:
        destruction = held.row
        refuse_uncited([] if compared else [finding("destruction_not_compared", "compared")])
        cases = _cases_of(destruction)
        refuse_uncited(_destruction_problems(cases, but=destruction))
        destruction.carried_out_by, destruction.carried_out_title = by, by.title
        destruction.carried_out_at = clock.now()
        destruction.save()
        held.facts["words"] = register_numbers(cases)
        held.log()
        _destroy_all(destruction, cases)
        people = {person.pk: person for person in (destruction.drawn_up_by, destruction.decided_by) if person}
        sentence = f"{by.name}已监销并销毁{destruction}所列卷宗。"
        send_alert(list(people.values()), key=_alert_key(destruction, "done"), words=sentence)
    return destruction


def _destroy_all(destruction: Destruction, cases: Sequence[Case]) -> None:
    entries = {entry.case_id: entry for entry in destruction.entries.all()}
    for case in cases:
        _destroy(case, entries[case.pk])
    remove_after_commit()


def _destroy(case: Case, entry: DestructionEntry) -> None:
    """Write down what remains, then have the database let the rows go."""
    entry.readers = case.readers
    entry.paper_count = note_papers(entry, case)
    entry.file_count = note_files(entry, case)
    entry.letter_count = Letter.objects.filter(case=case).count()
    entry.save()
    tallies.forget(case.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT yuetan_destroy_case(%s)", [case.pk])


def destroyable(user: User) -> list[Case]:
    """Cases that this person may put on a list now, those due longest first; no more than a list takes."""
    due = Case.objects.visible_to(user).filter(state=CaseState.CLOSED, keep_until__lt=clock.today())
    held = LegalHold.objects.filter(case=OuterRef("pk"), lifted_at=None)
    listed = DestructionEntry.objects.filter(case=OuterRef("pk"), destruction__in=Destruction.objects.open())
    free = due.exclude(unit__in=user.interviewed_units).exclude(Exists(held)).exclude(Exists(listed))
    return list(free.select_related("unit__parent", "first_unit").order_by("keep_until", "pk")[:MAX_CASES])


def open_destructions(user: User) -> list[Destruction]:
    """Lists that wait for this person: to be decided, or to be carried out."""
    rows = Destruction.objects.visible_to(user).open().with_people()
    return [row for row in rows if any(_waits_for(user, row, step) for step in (APPROVING, CARRYING_OUT))]


def _waits_for(user: User, destruction: Destruction, step: RoomStep[Destruction]) -> bool:
    return may_by_role(destruction, user, step.permission) and not step.problems(destruction, user)


def _cases_of(destruction: Destruction) -> list[Case]:
    return held_cases(destruction.entries.values_list("case", flat=True))


def _stands_otherwise_than(*standings: DestructionStanding) -> Problems[Destruction]:
    def problems(destruction: Destruction, _by: User) -> Iterator[Finding]:
        if destruction.standing not in standings:
            yield finding("destruction_over", "", whole=str(destruction), standing=destruction.standing.label)

    return problems


def _same_person(destruction: Destruction, by: User) -> Iterator[Finding]:
    for person, done in ((destruction.drawn_up_by, "拟制了清册"), (destruction.decided_by, "批准了清册")):
        if person == by:
            yield finding("destruction_other_person", "", name=by.name, done=done)


def _selection_problems(cases: Sequence[Case]) -> Iterator[Finding]:
    if not cases:
        yield finding("destruction_empty", "cases")
    if len(cases) > MAX_CASES:
        yield finding("destruction_too_many", "cases", most=MAX_CASES, number=len(cases))
        return
    yield from _destruction_problems(cases, but=None)


def _destruction_problems(cases: Sequence[Case], *, but: Destruction | None) -> Iterator[Finding]:
    """What stands against destroying each of them."""
    for case in cases:
        words = {"number": case.register_number}
        if case.state != CaseState.CLOSED or case.keep_until is None or case.keep_until >= clock.today():
            until = (
                f"到{chinese_date(case.keep_until)}" if case.keep_until else case.get_retention_display() or "未办结"
            )
            yield finding("destruction_not_due", "cases", until=until, **words)
        if case.holds_in_force:
            yield finding("destruction_held", "cases", **words)
        for what in _work_left(case):
            yield finding("destruction_work_left", "cases", what=what, **words)
        for measure in case.measures_laid.select_related("rung"):
            yield finding("destruction_rested_on", "cases", title=measure.title, **words)
        after_visits = FollowUp.objects.filter(Q(case=case) | Q(letter__case=case), visit__isnull=False)
        for link in after_visits.select_related("visit__round"):
            assert link.visit is not None
            yield finding("destruction_of_a_round", "cases", title=link.visit.round.title, **words)
        others = Destruction.objects.open().filter(entries__case=case)
        for other in others.exclude(pk=but.pk) if but else others:
            yield finding("destruction_listed", "cases", other=str(other), **words)


def _work_left(case: Case) -> Iterator[str]:
    if Case.objects.filter(pk=case.pk).with_rows_that_wait().exists():
        yield "回头看、核对或者签认"
    for letter in Letter.objects.filter(case=case).select_related("document"):
        if letter.state not in FINISHED or letter.awaits_answer:
            yield f"提醒函“{letter.title}”"


def _line_of(made: Destruction, case: Case) -> DestructionEntry:
    assert case.closed_on is not None
    assert case.keep_until is not None
    return DestructionEntry(
        destruction=made,
        case=case,
        case_key=case.pk,
        register_year=case.register_year,
        register_serial=case.register_serial,
        unit=case.unit,
        title=case.title,
        closed_on=case.closed_on,
        retention=case.retention,
        keep_until=case.keep_until,
        readers=case.readers,
    )


def _alert_key(destruction: Destruction, what: str) -> str:
    return f"destruction:{destruction.pk}:{what}"


def _alert(destruction: Destruction, roles: Sequence[Role], what: str, words: str, *, but: User) -> None:
    """To those of these roles who may see the list and have not done their part of it."""
    people = [person for person in User.objects.in_roles(*roles) if person != but and person != destruction.drawn_up_by]
    seeing = [each for each in people if Destruction.objects.visible_to(each).filter(pk=destruction.pk).exists()]
    send_alert(seeing, key=_alert_key(destruction, what), words=words)


_NOT_DRAWN_UP = _stands_otherwise_than(DestructionStanding.DRAWN_UP)
_NOT_APPROVED = _stands_otherwise_than(DestructionStanding.APPROVED)
_OVER = _stands_otherwise_than(DestructionStanding.DRAWN_UP, DestructionStanding.APPROVED)
DRAWING_UP = RoomStep(DRAW_UP, CASES)
APPROVING = RoomStep("approve_destruction", DESTRUCTIONS, (_NOT_DRAWN_UP,), (_same_person,), codename=DECIDE)
REFUSING = RoomStep("refuse_destruction", DESTRUCTIONS, (_NOT_DRAWN_UP,), (_same_person,), codename=DECIDE)
WITHDRAWING = RoomStep("withdraw_destruction", DESTRUCTIONS, (_OVER,), codename=DRAW_UP)
CARRYING_OUT = RoomStep(CARRY_OUT, DESTRUCTIONS, (_NOT_APPROVED,), (_same_person,))
