"""Exporting a ledger exactly as it is filtered: asked for by its key, written by whoever has the time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from yuetan.actions.files.prepared_file import Builders, MadeFile, Progress
from yuetan.actions.papers.batch import make_papers_file
from yuetan.actions.record.case_file import make_case_file
from yuetan.ledgers.assessment.assessment import AssessmentLedger
from yuetan.ledgers.assignment.assignments import AssignmentLedger
from yuetan.ledgers.case.cases import CaseLedger
from yuetan.ledgers.case.done import DoneLedger
from yuetan.ledgers.case.followed import FollowedLedger
from yuetan.ledgers.dossier.dossiers import DossierLedger
from yuetan.ledgers.ladder.inquiries import InquiryLedger
from yuetan.ledgers.ladder.measures import MeasureLedger
from yuetan.ledgers.ladder.restrictions import RestrictionLedger
from yuetan.ledgers.ledger import ROWS_AT_ONCE, Ledger
from yuetan.ledgers.letter.letters import LetterLedger
from yuetan.ledgers.meeting.meetings import MeetingLedger
from yuetan.ledgers.papers.documents import DocumentLedger
from yuetan.ledgers.papers.numbers import NumberLedger
from yuetan.ledgers.people.units import UnitLedger
from yuetan.ledgers.received.received import ReceivedLedger
from yuetan.ledgers.record.archive import ArchiveLedger
from yuetan.ledgers.record.log import LogLedger
from yuetan.ledgers.record.logins import FailedLoginLedger, LoginLedger
from yuetan.ledgers.record.sights import PrintedLedger, SightLedger
from yuetan.ledgers.rectification.supervisions import SupervisionLedger
from yuetan.ledgers.rectification.tasks import TaskLedger
from yuetan.ledgers.reporting.analyses import AnalysisLedger
from yuetan.ledgers.reporting.reports import ReportLedger
from yuetan.ledgers.rounds.rounds import RoundLedger
from yuetan.ledgers.statistics_file import make_statistics_file
from yuetan.models import PreparedFile
from yuetan.vocabulary import PreparedKind

ALL = (
    *(CaseLedger(), TaskLedger(), SupervisionLedger(), LetterLedger(), MeasureLedger(), AssignmentLedger()),
    *(RestrictionLedger(), InquiryLedger()),
    *(DocumentLedger(), NumberLedger(), ReceivedLedger(), AssessmentLedger(), RoundLedger()),
    *(UnitLedger(), DoneLedger(), FollowedLedger(), ArchiveLedger(), DossierLedger(), ReportLedger(), MeetingLedger()),
    AnalysisLedger(),
    *(LogLedger(), LoginLedger(), FailedLoginLedger(), SightLedger(), PrintedLedger()),
)
LEDGERS: dict[str, Ledger] = {ledger.key: ledger for ledger in ALL}

Item = TypeVar("Item")


def make_ledger_file(prepared: PreparedFile, progress: Progress) -> MadeFile:
    """The ledger as its person sees it now, filtered as it was asked for, to its last row."""
    from yuetan.documents.exports.spreadsheet import workbook

    ledger, person = LEDGERS[prepared.arguments["ledger"]], prepared.asked_by
    asked: MultiValueDict[str, str] = MultiValueDict(prepared.arguments["filters"])
    columns = ledger.columns_for(person, asked)
    progress.expect(ledger.filtered(person, asked).qs.order_by().count())
    lines = _reporting(ledger.all_lines(person, asked), progress)
    rows = ([column.cell(line) for column in columns] for line in lines)
    head, widths = [column.head for column in columns], [column.width for column in columns]
    name = f"{ledger.title}{timezone.localtime(prepared.asked_at):%Y%m%d-%H%M}.xlsx"
    return MadeFile(name, workbook(ledger.title, head, rows, widths=widths))


def _reporting(items: Iterable[Item], progress: Progress) -> Iterator[Item]:
    for done, item in enumerate(items, start=1):
        yield item
        if done % ROWS_AT_ONCE == 0:
            progress.reach(done)


BUILDERS: Builders = {
    PreparedKind.LEDGER: make_ledger_file,
    PreparedKind.STATISTICS: make_statistics_file,
    PreparedKind.MERGED: make_papers_file,
    PreparedKind.ARCHIVE: make_papers_file,
    PreparedKind.CASE_FILE: make_case_file,
    PreparedKind.BOUND_CASE_FILE: make_case_file,
}
