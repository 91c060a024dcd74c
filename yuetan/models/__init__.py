"""The nouns of the field."""

from yuetan.models.alert import Alert, DailyRun, Delivery, Reminder
from yuetan.models.attachment import Attachment
from yuetan.models.batch import Batch, BatchItem
from yuetan.models.case import Case, CaseGroupPermission, CaseUserPermission
from yuetan.models.chase import Chase
from yuetan.models.delegation import Delegation
from yuetan.models.document import Document, Receipt
from yuetan.models.event import Event
from yuetan.models.inspection import Consequence, Inspection, Revisit, TaskFinding
from yuetan.models.interview import (
    Interview,
    IntervieweeAttendance,
    Measure,
    Minutes,
    MinutesCorrection,
    Participant,
)
from yuetan.models.leave import Leave
from yuetan.models.letter import Letter, LetterGroupPermission, LetterUserPermission
from yuetan.models.number import NumberCounter, NumberEntry
from yuetan.models.office import CalendarDay, CalendarYear, OfficeSetting
from yuetan.models.printing import Printing
from yuetan.models.proposal import CaseGround, ProposalVersion
from yuetan.models.regulation import Article, Citation, Ground, InterviewerRule, Regulation
from yuetan.models.scan import Scan
from yuetan.models.site_check import SiteCheck
from yuetan.models.submission import Submission
from yuetan.models.supervision import Supervision
from yuetan.models.task import Extension, Pause, Task, TaskReport
from yuetan.models.typed import Sheet, TypedText
from yuetan.models.unit import Post, Unit
from yuetan.models.user import User
from yuetan.models.verification import VerificationCount
from yuetan.models.wording import StandardParagraph

__all__ = [
    "Alert",
    "Article",
    "Attachment",
    "Batch",
    "BatchItem",
    "CalendarDay",
    "CalendarYear",
    "Case",
    "CaseGround",
    "CaseGroupPermission",
    "CaseUserPermission",
    "Chase",
    "Citation",
    "Consequence",
    "DailyRun",
    "Delegation",
    "Delivery",
    "Document",
    "Event",
    "Extension",
    "Ground",
    "Inspection",
    "Interview",
    "IntervieweeAttendance",
    "InterviewerRule",
    "Leave",
    "Letter",
    "LetterGroupPermission",
    "LetterUserPermission",
    "Measure",
    "Minutes",
    "MinutesCorrection",
    "NumberCounter",
    "NumberEntry",
    "OfficeSetting",
    "Participant",
    "Pause",
    "Post",
    "Printing",
    "ProposalVersion",
    "Receipt",
    "Regulation",
    "Reminder",
    "Revisit",
    "Scan",
    "Sheet",
    "SiteCheck",
    "StandardParagraph",
    "Submission",
    "Supervision",
    "Task",
    "TaskFinding",
    "TaskReport",
    "TypedText",
    "Unit",
    "User",
    "VerificationCount",
]
