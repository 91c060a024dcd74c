"""What hangs on a case: which of its papers, versions, requests and rounds is the one that holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from yuetan.models.case.coming_moments import coming_moments
from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.case.shared_parties import SharedParties
from yuetan.models.case.task_account import HasTasks
from yuetan.models.people.held_posts import PersonInPosts, by_person
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, DocumentKind, RevisitOutcome

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import ManyRelatedManager, RelatedManager

    from yuetan.models.case.registration import DecisionRegistration
    from yuetan.models.interview.absence import Absence
    from yuetan.models.interview.interview import Minutes, MinutesCorrection
    from yuetan.models.interview.leave import Leave
    from yuetan.models.interview.submission import Submission
    from yuetan.models.papers.document import Document
    from yuetan.models.people.unit import Post
    from yuetan.models.record.legal_hold import LegalHold
    from yuetan.models.rectification.consequence import Consequence
    from yuetan.models.rectification.inspection import Inspection, Revisit
    from yuetan.models.rectification.rework import ReworkRequest

    _Interviewees = ManyRelatedManager[Post, Any]  # the rows between have no class with a name

NOTICES = (DocumentKind.INTERVIEW_NOTICE, DocumentKind.RESCHEDULE_NOTICE)


class CaseRecords(HasTasks):
    """Questions a case answers from the rows that point to it; all of them read what was fetched before."""

    corrections: RelatedManager[MinutesCorrection]
    registrations: RelatedManager[DecisionRegistration]
    submissions: RelatedManager[Submission]
    inspections: RelatedManager[Inspection]
    revisits: RelatedManager[Revisit]
    consequences: RelatedManager[Consequence]
    rework_requests: RelatedManager[ReworkRequest]
    interviewees: _Interviewees
    leaves: RelatedManager[Leave]
    absences: RelatedManager[Absence]
    legal_holds: RelatedManager[LegalHold]
    shared_parties: SharedParties  # of the cases that were read together
    interviewer: Post | None
    scheduled_at: datetime | None
    state: str
    receipt_due_on: date | None
    receipt_director_on: date | None
    minutes: Minutes
    register_year: int
    interviewed_on: date | None

    @property
    def tasks_run(self) -> bool:
        """Whether its tasks are under rectification: reports are awaited, and dates count."""
        return self.state == CaseState.RECTIFYING

    @property
    def task_year(self) -> int:
        """The year under which its tasks are listed."""
        return self.register_year

    @property
    def rectified_since(self) -> date | None:
        """The day from which somebody may look at what is done about it."""
        return self.interviewed_on

    @property
    def parties_today(self) -> CurrentParties:
        """Who is what today, read once for all cases that were read together."""
        return self.shared.parties

    @property
    def shared(self) -> SharedParties:
        """What the case shares with those that were read together with it."""
        if not hasattr(self, "shared_parties"):
            self.shared_parties = SharedParties()
        return self.shared_parties

    def coming_moments(self) -> Iterator[datetime]:
        """Moments, past ones among them, from which time alone may change what the case waits for."""
        return coming_moments(self)

    @contextmanager
    def supposed_at(self, moment: datetime) -> Iterator[None]:
        """The case as if a coming moment were now; who may decide it depends on the delegations of that day."""
        today = self.shared
        with clock.supposed_at(moment):
            self.shared_parties = today.on(clock.today()) if self.state == CaseState.PROPOSED else today
            yield
        self.shared_parties = today

    @property
    def holds_in_force(self) -> list[LegalHold]:
        """冻结 that nobody has lifted, the earliest first."""
        return [hold for hold in self.legal_holds.all() if hold.lifted_at is None]

    @property
    def current_notice(self) -> Document:
        """The notice that holds now; raises ValueError before one was served."""
        notice = self.notice_in_force
        if notice is None:
            raise ValueError("no notice was served")
        return notice

    @property
    def notice_in_force(self) -> Document | None:
        """The notice that holds now, if one was served and not withdrawn."""
        notices = [paper for paper in self.documents.all() if paper.kind in NOTICES and paper.replaced_by_id is None]
        return max(notices, key=lambda paper: paper.issued_at, default=None)

    @property
    def current_minutes(self) -> Document:
        """The minutes in force: what a correction replaces."""
        papers = [paper for paper in self.documents.all() if paper.kind == DocumentKind.MINUTES]
        return max(papers, key=lambda paper: (paper.replaced_by_id is None, paper.issued_at))

    @property
    def open_registration(self) -> DecisionRegistration | None:
        """The registered decision that waits for a second person."""
        return next((one for one in self.registrations.all() if one.reviewed_at is None), None)

    @property
    def open_correction(self) -> MinutesCorrection | None:
        """The correction of the minutes that waits for the interviewer."""
        return next((one for one in self.corrections.all() if one.is_open), None)

    @property
    def submission_draft(self) -> Submission | None:
        """The written material being prepared."""
        return next((version for version in self.submissions.all() if version.handed_in_at is None), None)

    @property
    def submission_handed_in(self) -> Submission | None:
        """The version of the written material that holds now."""
        handed_in = [version for version in self.submissions.all() if version.handed_in_at is not None]
        return max(handed_in, key=lambda version: version.version, default=None)

    @property
    def current_inspection(self) -> Inspection | None:
        """The inspection under way or last made."""
        return max(self.inspections.all(), key=lambda inspection: inspection.number, default=None)

    @property
    def revisit_ahead(self) -> Revisit | None:
        """The revisit planned and not made."""
        return next((revisit for revisit in self.revisits.all() if not revisit.outcome), None)

    @property
    def last_revisit(self) -> Revisit | None:
        """The revisit made last since the case was closed."""
        made = [revisit for revisit in self.revisits.all() if revisit.outcome]
        return max(made, key=lambda revisit: revisit.pk, default=None)

    @property
    def relapses(self) -> int:
        """How often what was closed has come back."""
        return sum(revisit.outcome == RevisitOutcome.RELAPSED for revisit in self.revisits.all())

    @property
    def has_begun(self) -> bool:
        """Whether the time of the interview has come."""
        return self.scheduled_at is not None and self.scheduled_at <= clock.now()

    @property
    def interview_day(self) -> date:
        """The day of the interview, or today while it lies ahead: on that day posts have to be held."""
        assert self.scheduled_at is not None
        return min(timezone.localtime(self.scheduled_at).date(), clock.today())

    @property
    def people_named(self) -> list[PersonInPosts]:
        """The interviewees, each person once, in the order in which a unit's heads are named."""
        return by_person(self.interviewees.all())

    @property
    def departed_people(self) -> list[PersonInPosts]:
        """Interviewees who on the day of the interview hold none of the posts they were named for."""
        return [person for person in self.people_named if not self._held_then(person)]

    @property
    def expected_people(self) -> list[PersonInPosts]:
        """Interviewees who are to come: in office, and not on leave."""
        return [one for one in self.people_named if self._held_then(one) and not self.is_on_leave(one.first)]

    def _held_then(self, person: PersonInPosts) -> bool:
        return any(post.is_held_on(self.interview_day) for post in person.posts)

    @property
    def leaves_now(self) -> list[Leave]:
        """Requests for leave from the interview as it is now announced; those about an earlier time are past."""
        standing = {paper.pk for paper in self.documents.all() if paper.replaced_by_id is None}
        return [leave for leave in self.leaves.all() if leave.notice_id in standing]

    def leave_of(self, post: Post) -> Leave | None:
        """A person's last request for leave from the interview as it is now announced, whatever post it names."""
        own = {one.pk for one in self.interviewees.all() if one.holder_id == post.holder_id}
        requests = [leave for leave in self.leaves_now if leave.post_id in own]
        return max(requests, key=lambda leave: (leave.requested_at, leave.pk), default=None)

    @property
    def pending_leaves(self) -> list[Leave]:
        """Requests for leave that wait for the interviewer."""
        return [leave for leave in self.leaves_now if leave.granted is None]

    def is_on_leave(self, post: Post) -> bool:
        """Whether the holder was granted leave from the interview as it is now announced."""
        leave = self.leave_of(post)
        return leave is not None and leave.granted is True

    @property
    def absences_now(self) -> list[Absence]:
        """Who stayed away without leave from the interview as it is now announced, where nobody came to it."""
        standing = {paper.pk for paper in self.documents.all() if paper.replaced_by_id is None}
        return [absence for absence in self.absences.all() if absence.notice_id in standing]

    @property
    def pending_rework(self) -> ReworkRequest | None:
        """What a supervisor asked to be done again and the director has not decided."""
        return next((one for one in self.rework_requests.all() if one.granted is None), None)

    @property
    def unconfirmed_consequences(self) -> list[Consequence]:
        """Consequences that one person recorded and no other has compared with the paper yet."""
        return [one for one in self.consequences.all() if one.awaits_confirmation]
