"""Words of what is kept: approvals, answers, papers, files, and their parts."""

from django.db.models import TextChoices

from yuetan.vocabulary.naming import in_names


class ApprovalMethod(TextChoices):
    """How the leading group's approval was given."""

    ONLINE = "online", "线上审定"
    MEETING = "meeting", "会议审定"
    SIGNED_PAPER = "signed_paper", "签批件"


class DecisionKind(TextChoices):
    """What the leading group decided on a proposal."""

    APPROVED = "approved", "审定同意"
    DECLINED = "declined", "不予约谈"


class Attendance(TextChoices):
    """Whether an interviewee came."""

    PRESENT = "present", "本人到会"
    ON_LEAVE = "on_leave", "请假（获准）"
    ABSENT = "absent", "缺席"
    LEFT_OFFICE = "left", "已离任"


class ParticipantKind(TextChoices):
    """As what somebody sits at the table who neither interviews nor is interviewed."""

    INTERVIEWER_SIDE = "interviewer_side", "约谈方参加人员"
    OBSERVER = "observer", "列席人员"


class MinutesAnswer(TextChoices):
    """What the interviewed side says of the minutes' text."""

    AGREED = "agreed", "无异议"
    OBJECTED = "objected", "有异议"


class InspectionConclusion(TextChoices):
    """What an inspection found."""

    RECTIFIED = "rectified", "整改到位，建议办结"
    NOT_RECTIFIED = "not_rectified", "整改不到位"


class FindingOutcome(TextChoices):
    """What an inspection found of one task."""

    BORNE_OUT = "borne_out", "属实，已落实"
    NOT_BORNE_OUT = "not_borne_out", "不属实或者未落实"


class RevisitOutcome(TextChoices):
    """What 回头看 found after the end of a case."""

    HELD = "held", "整改巩固"
    RELAPSED = "relapsed", "问题复发"


class ConsequenceKind(TextChoices):
    """Measures that 第十条 names beyond rectification; the last one only corrects an entry that was wrong."""

    VETO = "veto", "社会治安综合治理一票否决"
    ACCOUNTABILITY = "accountability", "追责问责（移送有关机关）"
    NONE_DECIDED = "none_decided", "没有这一处理决定（更正误登）"


class ConsequenceCheck(TextChoices):
    """What a second person says of an entry, beside the paper it rests on."""

    CONFIRMED = "confirmed", "核对无误"
    NOT_AS_PAPER = "not_as_paper", "与决定文书不符，不作数"


class ReworkKind(TextChoices):
    """Why tasks are to be done again."""

    SEND_BACK = "send_back", "退回整改"
    REOPEN = "reopen", "复发重启整改"


class PauseAsker(TextChoices):
    """Who asked for a limit to stand still."""

    UNIT = "unit", "被约谈方申请"
    SUPERVISOR = "supervisor", "督查员提出"
    OTHER_BODY = "other_body", "其他机关来函"
    OFFICE = "office", "办公室提出"


class LetterCapacity(TextChoices):
    """In which capacity a unit may be sent a reminder letter."""

    MEMBER_UNIT = "member_unit", in_names("{member_units}")
    LEAD_UNIT = "lead_unit", in_names("{lead_matter}牵头单位")


class DocumentKind(TextChoices):
    """Official papers the product issues."""

    INTERVIEW_NOTICE = "interview_notice", "约谈通知书"
    RESCHEDULE_NOTICE = "reschedule_notice", "改期通知"
    CANCELLATION = "cancellation", "取消约谈的通知"
    MINUTES = "minutes", "约谈纪要"
    REMINDER_LETTER = "reminder_letter", "提醒函"
    SUPERVISION_LETTER = "supervision_letter", "整改督办单"
    CIRCULAR = "circular", "通报"
    VETO_DECISION = "veto_decision", "一票否决决定书"
    LISTED_SUPERVISION = "listed_supervision", "挂牌督办通知书"
    DELISTING = "delisting", "摘牌通知书"
    PLEA_ANSWER = "plea_answer", "申述答复"
    VETO_PROPOSAL = "veto_proposal", "书面建议"
    REFERRAL_LETTER = "referral_letter", "移送函"
    CONSULTATION_LETTER = "consultation_letter", "商请函"
    STATISTICS = "statistics", "约谈工作统计表"
    MEETING_NOTICE = "meeting_notice", "会议通知"
    MEETING_MINUTES = "meeting_minutes", "会议纪要"
    RESTRICTION_REPLY = "restriction_reply", "资格限制查询复函"
    ASSESSMENT_CIRCULAR = "assessment_circular", "考核结果通报"
    ROUND_NOTICE = "round_notice", "督导通知书"
    ROUND_OPINION = "round_opinion", "督导意见书"
    REPORT_ANALYSIS = "report_analysis", "信息报送分析报告"
    APPROVAL_FORM = "approval_form", "约谈建议呈批表"
    MEASURE_FORM = "measure_form", "责任措施呈批表"
    CONSULTATION_FORM = "consultation_form", "商请函呈批表"
    REPLY_FORM = "reply_form", "复函呈批表"
    TASK_LIST = "task_list", "整改任务清单"
    SIGN_IN_SHEET = "sign_in_sheet", "签到表"


# To other bodies about a unit, which never sees them.
KINDS_TO_OTHERS = (DocumentKind.VETO_PROPOSAL, DocumentKind.REFERRAL_LETTER, DocumentKind.CONSULTATION_LETTER)
# Printed for the inner side or to be filled in by hand: no number, nothing frozen.
UNNUMBERED_KINDS = (
    DocumentKind.APPROVAL_FORM,
    DocumentKind.MEASURE_FORM,
    DocumentKind.CONSULTATION_FORM,
    DocumentKind.REPLY_FORM,
    DocumentKind.TASK_LIST,
    DocumentKind.SIGN_IN_SHEET,
)


class Secrecy(TextChoices):
    """密级: nothing above 内部 is written in this system, so nothing above it can be chosen."""

    INTERNAL = "internal", "内部"


class Urgency(TextChoices):
    """紧急程度."""

    URGENT = "urgent", "加急"
    MAX_URGENT = "most_urgent", "特急"


class SupervisionGrade(TextChoices):
    """How hard a 督办单 presses: lightest first."""

    BLUE = "blue", "蓝色督办单（提示）"
    YELLOW = "yellow", "黄色督办单（警示）"
    RED = "red", "红色督办单（严重）"

    @property
    def colour(self) -> str:
        """蓝、黄、红, for a head printed in black and white."""
        return self.label[0]

    @property
    def head(self) -> str:
        """黄色（警示）, over a paper whose title says that it is a 督办通知."""
        return self.label.replace("督办单", "")

    @property
    def short(self) -> str:
        """黄色督办单."""
        return self.label.partition("（")[0]

    @property
    def weight(self) -> int:
        """A higher one presses harder."""
        return list(SupervisionGrade).index(self)


class DocumentStatus(TextChoices):
    """Whether an issued paper still holds."""

    VALID = "valid", "有效"
    REPLACED = "replaced", "已被替代"
    VOIDED = "voided", "已作废"


class SettingOutcome(TextChoices):
    """What became of a change of an office setting."""

    PENDING = "pending", "待领导确认"
    IN_EFFECT = "in_effect", "已生效"
    CONFIRMED = "confirmed", "领导已确认，已生效"
    REJECTED = "rejected", "领导不同意，未生效"
    RETRACTED = "retracted", "已收回，未生效"

    @classmethod
    def undecided(cls) -> list[str]:
        """Those about which no second person said anything."""
        return [cls.PENDING.value, cls.IN_EFFECT.value, cls.RETRACTED.value]


class NumberState(TextChoices):
    """What became of a number that was given: 文号簿 keeps every one of them."""

    ISSUED = "issued", "已印发"
    RESERVED = "reserved", "预留"
    USED = "used", "已用于系统外文书"
    VOIDED = "voided", "作废"


class PrintMethod(TextChoices):
    """How a paper is taken out of the system."""

    PRINT = "print", "打印"
    DOWNLOAD = "download", "下载 PDF"
    OFD = "ofd", "下载 OFD"
    COPY = "copy", "下载非正式文本"
    MERGED = "merged", "合并为一个 PDF"
    ARCHIVE = "archive", "打包下载"


class NoticeElement(TextChoices):
    """The six things a notice must tell (第七条)."""

    MATTER = "matter", "事由"
    SCHEDULED_AT = "scheduled_at", "时间"
    PLACE = "place", "地点"
    PROCEDURE = "procedure", "程序"
    PARTICIPANTS = "participants", "参加人员"
    REQUIRED_MATERIALS = "required_materials", "需提交的材料"


class InterviewPart(TextChoices):
    """The parts of an interview that the record must hold (第九条)."""

    PROBLEMS = "problems", "约谈方说明事由目的、通报存在的问题"
    STATEMENT = "statement", "被约谈方陈述说明及拟采取的整改措施"
    DISCUSSION = "discussion", "讨论分析"


# The series of the register of cases: 约谈〔2026〕12号.
REGISTER = "约谈"


class RecordKind(TextChoices):
    """What a check of the records compares (`manage.py check_records`)."""

    STATE = "state", "状态与操作日志不一致"
    TASK = "task", "整改任务与报告不一致"
    PAPER = "paper", "文书与操作日志、文号簿不一致"
    NUMBER = "number", "编号、文号不连续"
    GRANT = "grant", "权限与任职不一致"
    DATE = "date", "日期与约定、批准不一致"
    FILE = "file", "文件与登记不一致"
    TEXT = "text", "纪要、措施与印发的文书不一致"
    SEARCH = "search", "检索与事项的文字不一致"
    PENDING = "pending", "待办与步骤表不一致"
    TALLY = "tally", "统计与记录不一致"
    REPORT = "report", "报送情况与报表不一致"
    RESTRICTION = "restriction", "资格限制与责任措施不一致"
    ASSESSMENT = "assessment", "考核得分与各项不一致"
    ROUND = "round", "督导与情况、文书不一致"
    MEETING = "meeting", "会议与纪要、到会、议定事项不一致"
