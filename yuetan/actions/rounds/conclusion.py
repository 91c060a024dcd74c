"""集体结论 on a visit, by at least three with their names and signatures; then told to the unit in a paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from yuetan.actions.files.attachment import ExaminedFile, Offer
from yuetan.actions.files.readable_scan import scan_problems
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.rounds.followed import points_unanswered
from yuetan.actions.rounds.guests import alone_problems, as_on, is_from
from yuetan.actions.rounds.planning import TEAM_ROLES
from yuetan.actions.rounds.round_rows import (
    CONCLUDE,
    ISSUE_OPINION,
    RECORD,
    VISITS,
    WITHDRAW,
    WRITTEN,
    alert_unit,
    unless_visit,
)
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import refuse_uncited
from yuetan.documents.issue import issue_of_visit
from yuetan.models import Document, RoundFile, RoundFinding, RoundMember, RoundVisit, User
from yuetan.models.meeting.presence_rules import least_in_conclusion
from yuetan.models.rounds.followed_paper import follows_narrowed
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.digests import digest_of_words
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.written_text import personal_problems
from yuetan.vocabulary import DocumentKind

CHANGING = (CONCLUDE, RECORD, WITHDRAW)


@dataclass(frozen=True)
class Concluded:
    """A 集体结论: what is concluded and demanded, how they came to it, on which day, and who stands for it; `guests` of
    the team are of other departments."""

    conclusion: str
    demands: str
    discussion: str
    concluded_on: date | None
    people: Sequence[User]
    guests: Sequence[RoundMember] = ()


def conclude_visit(
    visit: RoundVisit,
    *,
    by: User,
    conclusion: str,
    demands: str,
    discussion: str,
    concluded_on: date | None,
    people: Sequence[User],
    scan: Sequence[Offer],
    proof: Sequence[Offer] = (),
    guests: Sequence[RoundMember] = (),
    seen: str,
) -> RoundVisit:
    """登记集体结论 on what was found at a unit; may be put right until the unit is told.

    `discussion` is how they came to it, `proof` files of it beside the signed sheet; both stay with the office. `seen`
    is what it was written over. Raises NotYours (also 回避); Refused before anything was found, or of each
    point of 跟踪督查 it was said whether it was put right, for what is missing,
    impossible days, fewer names than the office has set, somebody of the unit or who is neither of the team nor in
    office, and for what another wrote meanwhile.
    """
    with room_step(CONCLUDING, visit, by=by, scan=scan, proof=proof) as held:
        visit = held.row
        title, unit = visit.round.title, visit.unit.full_name
        require_as_seen(seen, digest_of_visit(visit), "督导情况或者集体结论", CHANGING, title=title, unit=unit)
        agreed = Concluded(conclusion, demands, discussion, concluded_on, people, guests)
        last = RoundFinding.objects.standing_of(visit).aggregate(last=Max("seen_on"))["last"]
        has_problem = visit.problem_count > 0
        stated = conclusion_problems(agreed, held.files["scan"], has_problem=has_problem, last=last)
        refuse_uncited([*stated, *people_problems(visit, agreed)])
        visit.conclusion, visit.demands = conclusion.strip(), demands.strip()
        visit.discussion = discussion.strip()
        visit.concluded_on, visit.concluded_at, visit.recorded_by = concluded_on, clock.now(), by
        visit.concluded_by = names_of(agreed)
        visit.save()
        for name in ("scan", "proof"):
            held.keep(name, RoundFile, visit=visit)
        held.facts["names"] = len(visit.concluded_by)
    return visit


def issue_opinion(visit: RoundVisit, *, by: User, seen: str) -> Document:
    """印发督导意见书; `seen` is the digest of what was looked at. Findings and conclusion are final with it.

    Raises NotYours (also 回避); Refused before there is a conclusion, where findings changed after it, for what has
    changed meanwhile, and the second time. Effects: a numbered paper that the unit reads; it is alerted.
    """
    with room_step(ISSUING, visit, by=by) as held:
        visit = held.row
        if seen != digest_of_visit(visit):
            refuse_uncited([finding("round_opinion_not_as_shown")])
        visit.informed_by, visit.informed_at = by, clock.now()
        visit.save()
        document = issue_of_visit(DocumentKind.ROUND_OPINION, visit, by=by)
        held.facts["document"] = document.number
        words = f"办公室印发了{visit.round.title}对本单位的督导意见书（{document.number}），请在“督导”中查阅并签收。"
        alert_unit(visit, "informed", words)
    return document


def _nothing_seen(visit: RoundVisit, _by: User) -> Iterator[Finding]:
    if not visit.finding_count:
        yield finding("conclusion_without_finding", "", unit=visit.unit.full_name)
    else:
        yield from points_unanswered(visit, RoundFinding.objects.standing_of(visit).values_list("answers", flat=True))


def _unconcluded(visit: RoundVisit, _by: User) -> Iterator[Finding]:
    """That nothing is concluded on the findings as they stand."""
    if visit.concluded_at is None:
        yield finding("opinion_without_conclusion", "", unit=visit.unit.full_name)
    elif visit.is_outdated:
        yield finding("conclusion_outdated", "", unit=visit.unit.full_name)


def digest_of_visit(visit: RoundVisit) -> str:
    """The SHA-256 of what the 督导意见书 will be made of."""
    findings = [[one.number, one.words, one.is_problem, one.answers] for one in RoundFinding.objects.standing_of(visit)]
    concluded = [visit.conclusion, visit.demands, visit.discussion, str(visit.concluded_on), visit.concluded_by]
    unquoted = ["unquoted"] if follows_narrowed(visit) else []
    return digest_of_words([visit.round.title, findings, *concluded, *unquoted])


def names_of(agreed: Concluded) -> list[list[object]]:
    """Who stands for it, each once, by key, name and post; of another department without a key."""
    named: list[list[object]] = [[one.pk, one.name, one.short_title] for one in dict.fromkeys(agreed.people)]
    for guest in as_on(agreed.guests, agreed.concluded_on):
        named.append([None, guest.named, guest.post])  # noqa: PERF401 - a list of objects
    return named


def conclusion_problems(
    agreed: Concluded, scan: Sequence[ExaminedFile], *, has_problem: bool, last: date | None
) -> Iterator[Finding]:
    """What is wrong with a conclusion on what was seen, `last` on that day; `scan` is the sheet that they signed."""
    needed = {
        "conclusion": ("督导结论", agreed.conclusion),
        "discussion": ("讨论过程", agreed.discussion),
        "concluded_on": ("集体研究日期", agreed.concluded_on),
        "scan": ("签名页扫描件", scan),
    }
    missing = missing_of("round_conclusion_incomplete", needed)
    yield from missing
    if not missing:
        for field, label in (("conclusion", "督导结论"), ("discussion", "讨论过程")):
            yield from require_words(
                getattr(agreed, field), finding("round_conclusion_incomplete", field, missing=label)
            )
    if agreed.concluded_on is not None:
        yield from _impossible_day(agreed.concluded_on, last)
    if agreed.demands.strip() and not has_problem:
        yield finding("demands_of_no_problem", "demands")
    texts = {"conclusion": ("督导结论", agreed.conclusion), "demands": ("整改要求", agreed.demands)}
    yield from personal_problems(**texts, discussion=("讨论过程", agreed.discussion))
    yield from scan_problems(scan, "scan")


def _impossible_day(concluded_on: date, last: date | None) -> Iterator[Finding]:
    if concluded_on > clock.today():
        yield finding("conclusion_ahead", "concluded_on")
    elif last is not None and concluded_on < last:
        yield finding("conclusion_early", "concluded_on", day=chinese_date(concluded_on), last=chinese_date(last))


def people_problems(visit: RoundVisit, agreed: Concluded) -> Iterator[Finding]:
    """That fewer stand for it than the office has set, somebody of the unit, who is neither of the team nor in office,
    or those of other departments alone."""
    named, least = list(dict.fromkeys(agreed.people)), least_in_conclusion()
    number = len(names_of(agreed))
    if number < least:
        yield finding("collective_too_few", "people", least=least, number=number)
    yield from alone_problems(agreed.people, agreed.guests, "集体结论")
    for guest in agreed.guests:
        if is_from(guest.department, visit.unit):
            yield finding("collective_recused", "guests", name=guest.named, unit=visit.unit.full_name)
        elif guest.round_id != visit.round_id:
            yield finding("conclusion_by_outsider", "guests", name=guest.named)
    keys = [one.pk for one in named]
    entitled = set(User.objects.in_roles(*TEAM_ROLES).filter(pk__in=keys).values_list("pk", flat=True))
    entitled |= set(visit.round.members.values_list("person", flat=True))
    for one in named:
        if one.is_recused_from(visit.unit_id):
            yield finding("collective_recused", "people", name=one.name, unit=visit.unit.full_name)
        elif one.pk not in entitled:
            yield finding("conclusion_by_outsider", "people", name=one.name)


CONCLUDING = RoomStep(CONCLUDE, VISITS, (unless_visit("登记集体结论", *WRITTEN), _nothing_seen))
ISSUING = RoomStep(ISSUE_OPINION, VISITS, (unless_visit("印发督导意见书", *WRITTEN), _unconcluded))
