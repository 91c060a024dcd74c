"""销毁 of cases whose 保管期限 is over: a list is drawn up, decided on by a leader, and carried out by a third person.

What is destroyed are the rows of the case and of letters about it, by the owner's function in the database, and their
files. What remains is a line of the list, of each paper by what it is verified, and the chain of seals, which holds
digests alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from yuetan import permissions, tallies
from yuetan.actions.hold_row import hold_row
from yuetan.actions.log_event import log_event
from yuetan.actions.record.destroyed_files import note_files, remove_after_commit
from yuetan.actions.record.destroyed_papers import note_papers
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.alerts import send_alert
from yuetan.errors import NotYours
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


@transaction.atomic
def draw_up_destruction(*, by: User, cases: Sequence[Case], opinion: str) -> Destruction:
    """鉴定: propose that these cases be destroyed, because their 保管期限 is over and they are worth keeping no longer.

    Raises NotYours without the right, or for a case that is kept from this person; Refused without an opinion and for
    a case that may not go. Effect: the leaders are alerted, the log.
    """
    require_right(by, DRAW_UP)
    locked = _lock_cases(case.pk for case in cases)
    if any(by.is_recused_from(case.unit_id) or case.leaves_out(by) for case in locked):
        raise NotYours(DRAW_UP)
    without_words = require_words(opinion, finding("reason_missing", "opinion", what="鉴定为可以销毁"))
    refuse_uncited([*without_words, *_selection_problems(locked)])
    made = Destruction.objects.create(opinion=opinion, drawn_up_by=by, drawn_up_title=by.title, drawn_up_at=clock.now())
    DestructionEntry.objects.bulk_create(_line_of(made, case) for case in locked)
    log_event(DRAW_UP, by, name=str(made), words=_register_numbers(locked))
    words = f"{by.name}拟制了{made}（{len(locked)}卷，保管期限已满），请审批。"
    _alert(made, [Role.LEADING_GROUP], "drawn_up", words, but=by)
    return made


@transaction.atomic
def decide_destruction(destruction: Destruction, *, by: User, agreed: bool | None, words: str) -> Destruction:
    """批准 or 不批准: a leader who did not draw it up.

    Raises NotYours without the right or where the list is kept from this person; Refused once it is decided, for who
    drew it up, without a reason where it is not approved, and for a case that may not go. Effect: alerts, the log.
    """
    destruction = _lock_destruction(destruction, by, DECIDE, DestructionStanding.DRAWN_UP)
    refuse_uncited([] if agreed is not None else [finding("destruction_decision_missing", "agreed")])
    refuse_uncited(_same_person(destruction, by))
    if not agreed:
        refuse_uncited(require_words(words, finding("reason_missing", "words", what="不批准")))
    else:
        refuse_uncited(_destruction_problems(_cases_of(destruction), but=destruction))
    destruction.agreed, destruction.decision_words = agreed, words
    destruction.decided_by, destruction.decided_title, destruction.decided_at = by, by.title, clock.now()
    destruction.save()
    log_event("approve_destruction" if agreed else "refuse_destruction", by, name=str(destruction), words=words)
    if agreed:
        sentence = f"{by.name}已批准{destruction}，请拟制人、批准人以外的一人监销并销毁。"
        _alert(destruction, CARRIERS, "approved", sentence, but=by)
    else:
        send_alert(
            [destruction.drawn_up_by], key=_alert_key(destruction, "refused"), words=f"{by.name}没有批准{destruction}。"
        )
    return destruction


@transaction.atomic
def withdraw_destruction(destruction: Destruction, *, by: User, reason: str) -> Destruction:
    """撤销 a list that was not carried out: its cases may be listed anew. Raises NotYours, Refused without reason."""
    open_ones = (DestructionStanding.DRAWN_UP, DestructionStanding.APPROVED)
    destruction = _lock_destruction(destruction, by, DRAW_UP, *open_ones)
    refuse_uncited(require_words(reason, finding("reason_missing", "reason", what="撤销")))
    destruction.withdrawn_by, destruction.withdrawn_at, destruction.withdrawal_reason = by, clock.now(), reason
    destruction.save()
    log_event("withdraw_destruction", by, name=str(destruction), reason=reason)
    return destruction


@transaction.atomic
def carry_out_destruction(destruction: Destruction, *, by: User, compared: bool) -> Destruction:
    """监销, 销毁: the cases of an approved list go, all of them or none, watched by a third person.

    Raises NotYours without the right or where the list is kept from this person; Refused for who drew it up or
    approved it, before it was compared, and where a case may not go any more (a hold). Effects: the rows of each case
    and their files go; its line, its papers' numbers and digests, and its chain of seals stay; alerts, the log.
    """
    destruction = _lock_destruction(destruction, by, CARRY_OUT, DestructionStanding.APPROVED)
    refuse_uncited(_same_person(destruction, by))
    refuse_uncited([] if compared else [finding("destruction_not_compared", "compared")])
    cases = _cases_of(destruction)
    refuse_uncited(_destruction_problems(cases, but=destruction))
    destruction.carried_out_by, destruction.carried_out_title, destruction.carried_out_at = by, by.title, clock.now()
    destruction.save()
    log_event(CARRY_OUT, by, name=str(destruction), words=_register_numbers(cases))
    entries = {entry.case_id: entry for entry in destruction.entries.all()}
    for case in cases:
        _destroy(case, entries[case.pk])
    remove_after_commit()
    people = {person.pk: person for person in (destruction.drawn_up_by, destruction.decided_by) if person}
    sentence = f"{by.name}已监销并销毁{destruction}所列卷宗。"
    send_alert(list(people.values()), key=_alert_key(destruction, "done"), words=sentence)
    return destruction


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
    wanted = []
    for destruction in Destruction.objects.visible_to(user).open().with_people():
        right = DECIDE if destruction.standing == DestructionStanding.DRAWN_UP else CARRY_OUT
        if user.has_perm(permissions.name(right)) and not barred_from_destroying(destruction, user):
            wanted.append(destruction)
    return wanted


def barred_from_destroying(destruction: Destruction, by: User) -> list[str]:
    """Why this person neither approves this list nor carries it out, in a sentence each; empty for a third one."""
    return [each.sentence_with_article() for each in _same_person(destruction, by)]


def _lock_cases(keys: Iterator[object]) -> list[Case]:
    wanted = Case.objects.filter(pk__in=list(keys)).select_related("unit__parent", "first_unit")
    return list(wanted.select_for_update(of=("self",)).order_by("register_year", "register_serial"))


def _cases_of(destruction: Destruction) -> list[Case]:
    return _lock_cases(key for key in destruction.entries.values_list("case", flat=True))


def _lock_destruction(destruction: Destruction, by: User, right: str, *standings: DestructionStanding) -> Destruction:
    """The list, locked; raises NotYours, and Refused where it does not stand so."""
    require_right(by, right)
    visible = Destruction.objects.visible_to(by).filter(pk=destruction.pk)
    if not visible.exists():
        raise NotYours(right)
    locked = hold_row(Destruction.objects.with_people(), destruction.pk)
    if locked.standing not in standings:
        refuse_uncited([finding("destruction_over", "", whole=str(locked), standing=locked.standing.label)])
    return locked


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


def _register_numbers(cases: Sequence[Case]) -> str:
    return "、".join(case.register_number for case in cases)


def _alert_key(destruction: Destruction, what: str) -> str:
    return f"destruction:{destruction.pk}:{what}"


def _alert(destruction: Destruction, roles: Sequence[Role], what: str, words: str, *, but: User) -> None:
    """To those of these roles who may see the list and have not done their part of it."""
    people = [person for person in User.objects.in_roles(*roles) if person != but and person != destruction.drawn_up_by]
    seeing = [each for each in people if Destruction.objects.visible_to(each).filter(pk=destruction.pk).exists()]
    send_alert(seeing, key=_alert_key(destruction, what), words=words)
