"""What only some kinds of 督导 have: 跟踪督查 follows a paper of each unit, 特派督导 is sent out with an errand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from yuetan.documents.content.paragraphs import lines
from yuetan.models import Document, RoundFinding, RoundVisit, Task, Unit, User
from yuetan.models.rounds.followed import Followed, FollowedPoint
from yuetan.models.rounds.followed_paper import statements_of
from yuetan.models.subjects import subject_of
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.document_number import parse_number
from yuetan.rules.text.empty_words import missing_of, says_nothing
from yuetan.rules.text.official_text import joined, normalise_text
from yuetan.vocabulary import DocumentKind, Role, RoundKind

SENT_BY_ROLE = Role.LEADING_GROUP  # who sends out a 特派督导 (办公室设定)
# Of a measure only what it was served by: a 商请函 about it, or an answer to a plea, is a paper of the measure too.
_CAN_BE_FOLLOWED = (
    Q(case__isnull=False, kind=DocumentKind.MINUTES)
    | Q(visit__isnull=False, kind=DocumentKind.ROUND_OPINION)
    | Q(measure_laid__paper=F("pk"))
)


@dataclass(frozen=True)
class Errand:
    """特派任务: who of the leading group sends the team, since when, and to do what."""

    sent_by: User | None = None
    sent_on: date | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.sent_by or self.sent_on or self.words.strip())


NO_ERRAND = Errand()


def errand_problems(kind: str, errand: Errand) -> Iterator[Finding]:
    """That a 特派督导 does not say who sent it out to do what, or that another kind says so."""
    if kind != RoundKind.DISPATCHED:
        if errand:
            yield finding("round_errand_needless", "errand")
        return
    needed = {
        "sent_by": ("派出的领导", errand.sent_by),
        "sent_on": ("派出日期", errand.sent_on),
        "errand": ("特派任务", bool(errand.words.strip()) and not says_nothing(errand.words)),
    }
    yield from missing_of("round_errand_incomplete", needed)
    if errand.sent_on is not None and errand.sent_on > clock.today():
        yield finding("round_sent_ahead", "sent_on")
    if errand.sent_by is not None and not _may_send(errand.sent_by):
        yield finding("round_sent_by_outsider", "sent_by", name=errand.sent_by.name)


def _may_send(person: User) -> bool:
    return User.objects.in_roles(SENT_BY_ROLE).filter(pk=person.pk).exists()


@dataclass(frozen=True)
class PaperFollowed:
    """The paper that a visit is to follow, read once: with what of it can be followed."""

    paper: Document
    points: list[FollowedPoint]

    @property
    def is_narrowed(self) -> bool:
        """Whether 知悉范围 is set for what it is of."""
        return getattr(subject_of(self.paper), "readers", None) is not None

    @property
    def kept(self) -> Followed:
        """What the visit keeps of it."""
        paper = self.paper
        return Followed(paper=str(paper.pk), number=paper.number, title=paper.title, points=self.points)


def papers_followed(rows: Iterable[tuple[Unit | None, str]], by: User) -> list[PaperFollowed | None]:
    """What each row follows, in their order; `rows`: each unit with the number of the paper, empty for none."""
    papers = [_paper_of(unit, number, by) if unit is not None else None for unit, number in rows]
    return [PaperFollowed(paper, _points_of(paper)) if paper is not None else None for paper in papers]


def _paper_of(unit: Unit, number: str, by: User) -> Document | None:
    """The 督导意见书, 约谈纪要 or paper of a 责任措施 in force that is open to the unit under this number."""
    wanted = parse_number(normalise_text(number))
    if wanted is None:
        return None
    in_force = {"open_to": unit, "replaced_by": None, "entry__voided_at": None}
    papers = Document.objects.visible_to(by).filter(_CAN_BE_FOLLOWED, **wanted._asdict(), **in_force)
    related = papers.select_related("case__minutes", "measure_laid__case", "visit__round").defer("html", "facts")
    return related.order_by("-issued_at", "-pk").first()


def follow_problems(
    kind: str, rows: Iterable[tuple[Unit | None, str]], papers: Iterable[PaperFollowed | None]
) -> Iterator[Finding]:
    """That a 跟踪督查 does not name for a unit what it follows, that the unit got no such paper, or that nothing in it
    can be followed; and that another kind names any. `papers`: what each row follows."""
    for place, ((unit, number), paper) in enumerate(zip(rows, papers, strict=True), start=1):
        if kind != RoundKind.FOLLOW_UP:
            if number.strip():
                yield finding("round_follows_needless", "visits", number=place)
        elif not number.strip():
            yield finding("round_follows_missing", "visits", number=place)
        elif unit is not None:
            yield from _followed_problems(unit, number.strip(), paper)


def _followed_problems(unit: Unit, number: str, paper: PaperFollowed | None) -> Iterator[Finding]:
    named = {"unit": unit.full_name, "paper": number}
    if paper is None:
        yield finding("round_follows_nothing", "visits", **named)
    elif paper.is_narrowed:
        yield finding("round_follows_narrowed", "visits", **named)
    elif not paper.points:
        yield finding("round_follows_no_point", "visits", **named)


def _points_of(paper: Document) -> list[FollowedPoint]:
    """The problems that it named, then the tasks that are open still; nothing twice."""
    tasks = [FollowedPoint(words=one.content.strip(), task=str(one.pk)) for one in _open_tasks(paper)]
    given = {one["words"] for one in tasks}
    problems = [words for words in dict.fromkeys(_problems_of(paper)) if words not in given]
    return [*(FollowedPoint(words=words, task="") for words in problems), *tasks]


def _problems_of(paper: Document) -> list[str]:
    if paper.visit is not None:
        problems = RoundFinding.objects.standing_of(paper.visit).filter(is_problem=True)
        return statements_of(paper.visit, problems)
    if paper.case is not None:
        return lines(paper.case.minutes.problems)
    assert paper.measure_laid is not None
    return lines(paper.measure_laid.facts)


def _open_tasks(paper: Document) -> Iterable[Task]:
    if paper.visit is not None:
        return Task.objects.unfinished().filter(assignment__round_visit=paper.visit).order_by("assignment", "number")
    origin = paper.case or paper.measure_laid
    assert origin is not None
    return Task.objects.of(origin).unfinished().order_by("number")


def point_problems(visit: RoundVisit, answers: int | None) -> Iterator[Finding]:
    """That what is written down is of no point of the visit, or of one of which it was said before."""
    if answers is None:
        return
    if not 1 <= answers <= len(visit.points_followed):
        yield finding("round_point_unknown", "answers", unit=visit.unit.full_name)
    elif RoundFinding.objects.standing_of(visit).filter(answers=answers).exists():
        yield finding("round_point_answered", "answers", point=answers)


def points_unanswered(visit: RoundVisit, answered: Iterable[int | None]) -> Iterator[Finding]:
    """That of a point nobody says whether it was put right."""
    closed = set(answered)
    open_points = [str(each) for each in range(1, len(visit.points_followed) + 1) if each not in closed]
    if open_points:
        yield finding("round_points_open", "", unit=visit.unit.full_name, points=joined(open_points))
