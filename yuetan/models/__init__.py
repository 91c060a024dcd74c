"""The nouns of the field."""

from yuetan.models.assessment.assessment import Assessment, AssessmentScheme
from yuetan.models.assessment.assessment_paper import AssessmentPaper
from yuetan.models.assessment.correction import AssessmentCorrection
from yuetan.models.assessment.evidence import SheetEvidence
from yuetan.models.assessment.score import AssessmentScore
from yuetan.models.assessment.sheet import AssessmentObjection, AssessmentSheet
from yuetan.models.assignment.assignment import Assignment
from yuetan.models.assignment.grants import AssignmentGroupPermission, AssignmentUserPermission
from yuetan.models.case.case import Case, CaseGroupPermission, CaseUserPermission
from yuetan.models.case.proposal import CaseGround, ProposalVersion
from yuetan.models.case.registration import DecisionRegistration
from yuetan.models.dossier.commendation import Commendation
from yuetan.models.dossier.dossier_paper import DossierPaper
from yuetan.models.dossier.entry import DossierEntry
from yuetan.models.drafts.draft import DraftField, DraftKey
from yuetan.models.drafts.form_key import FormKey
from yuetan.models.files.agenda_file import AgendaFile
from yuetan.models.files.attachment import Attachment
from yuetan.models.files.file_preview import FilePreview
from yuetan.models.files.prepared_file import PreparedFile
from yuetan.models.files.receipt_scan import ReceiptScan
from yuetan.models.files.scan import Scan
from yuetan.models.files.table_import import TableImport
from yuetan.models.files.unit_paper import UnitPaper
from yuetan.models.flow.pending_step import PendingStep, StalePending
from yuetan.models.follow_up import FollowUp
from yuetan.models.interview.absence import Absence
from yuetan.models.interview.attendance import IntervieweeAttendance, Participant
from yuetan.models.interview.interview import Interview, Measure, Minutes, MinutesCorrection
from yuetan.models.interview.leave import Leave
from yuetan.models.interview.minutes_version import MinutesVersion
from yuetan.models.interview.submission import Submission
from yuetan.models.ladder.consultation import Consultation
from yuetan.models.ladder.inquiry import RestrictionInquiry
from yuetan.models.ladder.listing import DelistingRequest, TeamMembership, TeamReport
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.ladder.measure_rows import (
    CircumstanceAnswer,
    MeasureGround,
    MeasureGroupPermission,
    MeasureUserPermission,
)
from yuetan.models.ladder.named_units import NamedUnit
from yuetan.models.ladder.plea import Plea
from yuetan.models.ladder.referral import Referral
from yuetan.models.ladder.restriction import Restriction
from yuetan.models.law.accountability import (
    Accountability,
    ArticleNote,
    Circumstance,
    Door,
    Effect,
    Rung,
)
from yuetan.models.law.regulation import Article, Citation, Ground, InterviewerRule, Regulation
from yuetan.models.letter.letter import Letter, LetterGroupPermission, LetterUserPermission
from yuetan.models.meeting.agenda_item import AgendaItem
from yuetan.models.meeting.correction import MeetingCorrection
from yuetan.models.meeting.invitation import Invitation
from yuetan.models.meeting.meeting import Meeting
from yuetan.models.meeting.resolution import Resolution
from yuetan.models.meeting.unit_at_item import UnitAtItem
from yuetan.models.messages.alert import Alert, DailyRun, Delivery, Reminder
from yuetan.models.messages.heartbeat import ClockJump, Heartbeat
from yuetan.models.office.office import CalendarDay, CalendarYear, OfficeSetting, SettingChange
from yuetan.models.papers.document import Document, Receipt
from yuetan.models.papers.number import NumberCounter, NumberEntry
from yuetan.models.papers.paper_filing import PaperFiling
from yuetan.models.papers.printing import Printing
from yuetan.models.papers.receipt_correction import ReceiptCorrection
from yuetan.models.papers.statistics_sheet import StatisticsSheet
from yuetan.models.papers.wording import StandardParagraph
from yuetan.models.people.attempt_count import AttemptCount
from yuetan.models.people.delegation import Delegation
from yuetan.models.people.kept_password import KeptPassword
from yuetan.models.people.post_correction import PostCorrection
from yuetan.models.people.saved_filter import SavedFilter
from yuetan.models.people.second_factor import Passkey, RecoveryCode, TotpDevice
from yuetan.models.people.session import Session
from yuetan.models.people.unit import Post, Unit
from yuetan.models.people.unit_change import UnitChange
from yuetan.models.people.user import User
from yuetan.models.received.due_change import ReceivedDueChange
from yuetan.models.received.letter import ReceivedLetter
from yuetan.models.received.received_paper import ReceivedPaper
from yuetan.models.received.reply import ReceivedClosing, ReceivedReply
from yuetan.models.record.backup_run import BackupRun
from yuetan.models.record.destruction import DestroyedFile, DestroyedPaper, Destruction, DestructionEntry
from yuetan.models.record.event import Event
from yuetan.models.record.follow import Follow
from yuetan.models.record.legal_hold import LegalHold
from yuetan.models.record.office_wait import OfficeWait
from yuetan.models.record.seal import Anchor, AnchoredHead, ChangedRow, RecordVerification, Seal
from yuetan.models.record.search_entry import SearchEntry
from yuetan.models.record.sight import Sight
from yuetan.models.record.tally import CaseTally, Tally
from yuetan.models.rectification.chase import Chase
from yuetan.models.rectification.consequence import Consequence
from yuetan.models.rectification.inspection import Inspection, Revisit, TaskFinding
from yuetan.models.rectification.rework import ReworkRequest
from yuetan.models.rectification.site_check import SiteCheck
from yuetan.models.rectification.supervision_letter import SupervisionLetter
from yuetan.models.rectification.task import Extension, Pause, Task, TaskReport
from yuetan.models.rectification.team import InspectionTeam, TeamMember
from yuetan.models.reporting.analysis import ReportAnalysis
from yuetan.models.reporting.mark import ReportMark
from yuetan.models.reporting.report import PeriodicReport, ReportPeriod
from yuetan.models.reporting.report_file import ReportFile
from yuetan.models.reporting.report_sum import ReportSum
from yuetan.models.reporting.scheme import ReportScheme, SchemeEnd, SchemeVersion
from yuetan.models.reporting.version import ReportVersion
from yuetan.models.rounds.finding import RoundFinding
from yuetan.models.rounds.opinion_correction import OpinionCorrection
from yuetan.models.rounds.round_file import RoundFile
from yuetan.models.rounds.supervision_round import RoundMember, SupervisionRound
from yuetan.models.rounds.visit import RoundVisit
from yuetan.models.subjects import SUBJECTS, Subject

__all__ = [
    "SUBJECTS",
    "Absence",
    "Accountability",
    "AccountabilityMeasure",
    "AgendaFile",
    "AgendaItem",
    "Alert",
    "Anchor",
    "AnchoredHead",
    "Article",
    "ArticleNote",
    "Assessment",
    "AssessmentCorrection",
    "AssessmentObjection",
    "AssessmentPaper",
    "AssessmentScheme",
    "AssessmentScore",
    "AssessmentSheet",
    "Assignment",
    "AssignmentGroupPermission",
    "AssignmentUserPermission",
    "Attachment",
    "AttemptCount",
    "BackupRun",
    "CalendarDay",
    "CalendarYear",
    "Case",
    "CaseGround",
    "CaseGroupPermission",
    "CaseTally",
    "CaseUserPermission",
    "ChangedRow",
    "Chase",
    "Circumstance",
    "CircumstanceAnswer",
    "Citation",
    "ClockJump",
    "Commendation",
    "Consequence",
    "Consultation",
    "DailyRun",
    "DecisionRegistration",
    "Delegation",
    "DelistingRequest",
    "Delivery",
    "DestroyedFile",
    "DestroyedPaper",
    "Destruction",
    "DestructionEntry",
    "Document",
    "Door",
    "DossierEntry",
    "DossierPaper",
    "DraftField",
    "DraftKey",
    "Effect",
    "Event",
    "Extension",
    "FilePreview",
    "Follow",
    "FollowUp",
    "FormKey",
    "Ground",
    "Heartbeat",
    "Inspection",
    "InspectionTeam",
    "Interview",
    "IntervieweeAttendance",
    "InterviewerRule",
    "Invitation",
    "KeptPassword",
    "Leave",
    "LegalHold",
    "Letter",
    "LetterGroupPermission",
    "LetterUserPermission",
    "Measure",
    "MeasureGround",
    "MeasureGroupPermission",
    "MeasureUserPermission",
    "Meeting",
    "MeetingCorrection",
    "Minutes",
    "MinutesCorrection",
    "MinutesVersion",
    "NamedUnit",
    "NumberCounter",
    "NumberEntry",
    "OfficeSetting",
    "OfficeWait",
    "OpinionCorrection",
    "PaperFiling",
    "Participant",
    "Passkey",
    "Pause",
    "PendingStep",
    "PeriodicReport",
    "Plea",
    "Post",
    "PostCorrection",
    "PreparedFile",
    "Printing",
    "ProposalVersion",
    "Receipt",
    "ReceiptCorrection",
    "ReceiptScan",
    "ReceivedClosing",
    "ReceivedDueChange",
    "ReceivedLetter",
    "ReceivedPaper",
    "ReceivedReply",
    "RecordVerification",
    "RecoveryCode",
    "Referral",
    "Regulation",
    "Reminder",
    "ReportAnalysis",
    "ReportFile",
    "ReportMark",
    "ReportPeriod",
    "ReportScheme",
    "ReportSum",
    "ReportVersion",
    "Resolution",
    "Restriction",
    "RestrictionInquiry",
    "Revisit",
    "ReworkRequest",
    "RoundFile",
    "RoundFinding",
    "RoundMember",
    "RoundVisit",
    "Rung",
    "SavedFilter",
    "Scan",
    "SchemeEnd",
    "SchemeVersion",
    "Seal",
    "SearchEntry",
    "Session",
    "SettingChange",
    "SheetEvidence",
    "Sight",
    "SiteCheck",
    "StalePending",
    "StandardParagraph",
    "StatisticsSheet",
    "Subject",
    "Submission",
    "SupervisionLetter",
    "SupervisionRound",
    "TableImport",
    "Tally",
    "Task",
    "TaskFinding",
    "TaskReport",
    "TeamMember",
    "TeamMembership",
    "TeamReport",
    "TotpDevice",
    "Unit",
    "UnitAtItem",
    "UnitChange",
    "UnitPaper",
    "User",
]
