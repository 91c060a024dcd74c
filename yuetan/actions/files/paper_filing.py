"""Taking in a paper of the interviewed side: judged like what the unit hands in itself, kept with its signed scan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypedDict, Unpack

from django.utils import timezone

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_files
from yuetan.actions.files.readable_scan import scan_problems
from yuetan.models import PaperFiling, Post, Subject, Unit, User
from yuetan.models.flow.recording import entered_at
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.person_names import is_person_name, person_name
from yuetan.vocabulary import HEAD_POSTS, FilePurpose, Verb

LABELS = {
    "signer": "签字的主要领导",
    "brought_by": "送交人姓名",
    "brought_by_title": "送交人单位和职务",
    "received_at": "收到时间",
    "scan": "签字盖章的扫描件",
}


class OfUnit(Protocol):
    """Whatever a unit answers on paper."""

    @property
    def unit(self) -> Unit:
        """The unit whose heads sign."""


class StatedPaper(TypedDict):
    """What the office states of any paper that it takes in: keywords of every action that registers one."""

    signer: Post | None
    brought_by: str
    brought_by_title: str
    received_at: datetime | None
    scan: Offer | None


@dataclass(frozen=True)
class FiledPaper:
    """What is stated of a paper, with its examined scan."""

    signer: Post | None
    brought_by: str
    brought_by_title: str
    received_at: datetime | None
    scan: Sequence[ExaminedFile]

    @property
    def who_brought(self) -> dict[str, str]:
        """Who signed and brought it, as the facts of an event name them; of a paper that is whole."""
        assert self.signer is not None
        return {
            "signed_by": f"{self.signer.holder.name}（{self.signer.full_title}）",
            "brought_by": f"{self.brought_by}（{self.brought_by_title}）",
        }

    def problems(self, subject: OfUnit, what: str, since: datetime) -> Iterator[Finding]:
        """What is missing or cannot be; `what` happened at the moment `since`, which the paper answers."""
        yield from missing_of(
            "filing_incomplete", {name: (label, getattr(self, name)) for name, label in LABELS.items()}
        )
        if self.brought_by and not is_person_name(self.brought_by):
            yield finding("name_unfit", "brought_by")
        yield from scan_problems(self.scan, "scan")
        if self.received_at is None:
            return
        if self.received_at < since.replace(second=0, microsecond=0):  # a form asks for the minute
            when = official_text.chinese_datetime(timezone.localtime(since))
            yield finding("filing_too_early", "received_at", what=what, when=when)
        elif self.received_at > clock.now():
            yield finding("filing_ahead", "received_at")
        yield from self._signer_problems(subject, timezone.localtime(self.received_at))

    def _signer_problems(self, subject: OfUnit, received: datetime) -> Iterator[Finding]:
        post, unit = self.signer, subject.unit
        if post is None:
            return
        if post.unit_id != unit.pk or post.kind not in HEAD_POSTS or not post.is_held_on(received.date()):
            words = {"name": post.holder.name, "unit": unit.name, "heads": unit.heads_name}
            yield finding("filing_signer_not_head", "signer", **words)


def examined_paper(subject: Subject, **stated: Unpack[StatedPaper]) -> FiledPaper:
    """The paper with its scan examined, before the step; raises Refused if the file is not accepted."""
    return filed_paper(stated, examine_files(subject, scan_offered(stated), "scan"))


def scan_offered(stated: StatedPaper) -> list[Offer]:
    """The scan, to be examined; none where none came."""
    return [stated["scan"]] if stated["scan"] else []


def filed_paper(stated: StatedPaper, scan: Sequence[ExaminedFile]) -> FiledPaper:
    """What is stated of a paper, with its scan, which has been examined."""
    words = stated["brought_by_title"], stated["received_at"]
    return FiledPaper(stated["signer"], person_name(stated["brought_by"]), *words, scan)


def keep_paper(subject: Subject, paper: FiledPaper, verb: Verb, *, by: User, facts: dict[str, object]) -> PaperFiling:
    """Keep the paper and its scan inside a step; the facts of its event name who signed and brought it, and when."""
    assert paper.signer is not None
    assert paper.received_at is not None
    (scan,) = attach(subject, paper.scan, by=by, purpose=FilePurpose.PAPER_FILING)
    facts.update(paper.who_brought, received_at=paper.received_at)
    return PaperFiling.objects.create(
        **{subject.ABOUT: subject},
        verb=verb,
        signer=paper.signer,
        brought_by=paper.brought_by,
        brought_by_title=paper.brought_by_title,
        received_at=paper.received_at,
        registered_by=by,
        registered_at=entered_at(),
        scan=scan,
    )
