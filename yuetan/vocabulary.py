"""The glossary as code: one fixed English name and one Chinese label for every thing of the field."""

from django.db.models import TextChoices


class CaseState(TextChoices):
    """What has been done with a case."""

    DRAFTED = "drafted", "拟稿"
    IN_REVIEW = "in_review", "核稿中"
    PROPOSED = "proposed", "待审定"
    APPROVED = "approved", "已审定，待通知"
    NOTIFIED = "notified", "已通知，待约谈"
    INTERVIEWED = "interviewed", "已约谈，待印发纪要"
    MINUTED = "minuted", "纪要已印发，待交办"
    RECTIFYING = "rectifying", "整改中"
    INSPECTING = "inspecting", "督查中"
    CLOSED = "closed", "已办结（销号）"
    DECLINED = "declined", "不予约谈"
    WITHDRAWN = "withdrawn", "已撤回"


class Stage(TextChoices):
    """The seven steps a page shows."""

    PROPOSE = "propose", "建议"
    APPROVE = "approve", "审定"
    NOTIFY = "notify", "通知"
    INTERVIEW = "interview", "约谈"
    MINUTES = "minutes", "纪要"
    RECTIFY = "rectify", "整改"
    INSPECT = "inspect", "督查"


STAGE_OF_STATE = {
    CaseState.DRAFTED: Stage.PROPOSE,
    CaseState.IN_REVIEW: Stage.PROPOSE,
    CaseState.PROPOSED: Stage.APPROVE,
    CaseState.APPROVED: Stage.NOTIFY,
    CaseState.NOTIFIED: Stage.INTERVIEW,
    CaseState.INTERVIEWED: Stage.MINUTES,
    CaseState.MINUTED: Stage.RECTIFY,
    CaseState.RECTIFYING: Stage.RECTIFY,
    CaseState.INSPECTING: Stage.INSPECT,
}

ENDED_STATES = (CaseState.CLOSED, CaseState.DECLINED, CaseState.WITHDRAWN)

# What the interviewed side reads in place of the inner name of a state.
OUTER_STATE_NAMES = {
    CaseState.NOTIFIED: "已通知，待约谈",
    CaseState.INTERVIEWED: "已约谈，纪要形成中",
    CaseState.MINUTED: "纪要已印发",
    CaseState.RECTIFYING: "整改中",
    CaseState.INSPECTING: "督查中",
    CaseState.CLOSED: "已办结（销号）",
    CaseState.WITHDRAWN: "约谈已撤销",
}


class Verb(TextChoices):
    """Everything a person may do with a case: first the main line, then the acts beside it."""

    SUBMIT = "submit", "报核"
    RETURN_FOR_CHANGES = "return_for_changes", "退回修改"
    ENDORSE = "endorse", "核稿同意，报审定"
    APPROVE = "approve", "审定同意"
    DECLINE = "decline", "不予约谈"
    SERVE_NOTICE = "serve_notice", "书面通知"
    RESCHEDULE = "reschedule", "改期"
    HOLD_INTERVIEW = "hold_interview", "记录约谈"
    ISSUE_MINUTES = "issue_minutes", "印发纪要"
    ASSIGN = "assign", "交办整改"
    BEGIN_INSPECTION = "begin_inspection", "启动督查"
    SEND_BACK = "send_back", "退回整改"
    CLOSE = "close", "办结销号"
    WITHDRAW = "withdraw", "撤回"

    DRAFT = "draft", "拟稿"
    REVISE_DRAFT = "revise_draft", "修改建议"
    ACKNOWLEDGE_RECEIPT = "acknowledge_receipt", "签收通知"
    PREPARE_SUBMISSION = "prepare_submission", "填写书面材料"
    HAND_IN_SUBMISSION = "hand_in_submission", "提交书面材料"
    REVISE_MINUTES = "revise_minutes", "修改纪要"
    CONFIRM_MINUTES = "confirm_minutes", "确认纪要文本"
    SEND_MINUTES = "send_minutes", "送被约谈方确认"
    ANSWER_MINUTES = "answer_minutes", "反馈纪要意见"
    PREPARE_REPORT = "prepare_report", "填写整改报告"
    HAND_IN_REPORT = "hand_in_report", "报送整改报告"
    ACCEPT_TASK = "accept_task", "销号"
    RETURN_TASK = "return_task", "退回整改报告"
    ASK_EXTENSION = "ask_extension", "申请延期"
    DECIDE_EXTENSION = "decide_extension", "审批延期"
    CONCLUDE_INSPECTION = "conclude_inspection", "记录督查情况"
    RECORD_CONSEQUENCE = "record_consequence", "记录问责处理"

    DRAFT_LETTER = "draft_letter", "起草提醒函"
    APPROVE_LETTER = "approve_letter", "签发提醒函"
    ACKNOWLEDGE_LETTER = "acknowledge_letter", "签收提醒函"


class TaskState(TextChoices):
    """Where one rectification task stands."""

    ASSIGNED = "assigned", "待报告"
    REPORTED = "reported", "已报告，待核查"
    RETURNED = "returned", "已退回，待重新报告"
    ACCEPTED = "accepted", "已销号"


class LetterState(TextChoices):
    """Where a reminder letter stands."""

    DRAFTED = "drafted", "待签发"
    ISSUED = "issued", "已印发"


class Role(TextChoices):
    """What a person is to the office: may do its things on every case."""

    CASE_OFFICER = "case_officer", "承办人"
    OFFICE_DIRECTOR = "office_director", "办公室主任"
    LEADING_GROUP = "leading_group", "领导小组领导"
    SUPERVISOR = "supervisor", "督查员"
    SYSTEM_ADMINISTRATOR = "system_administrator", "系统管理员"
    SECURITY_AUDITOR = "security_auditor", "安全审计员"


class Party(TextChoices):
    """What a person is to one case: may do its things on that case only."""

    DRAFTER = "drafter", "拟稿人"
    APPROVER = "approver", "审定领导"
    INTERVIEWER = "interviewer", "约谈人"
    UNIT_HEAD = "unit_head", "被约谈单位主要领导"
    UNIT_LIAISON = "unit_liaison", "被约谈单位联络员"


class UnitKind(TextChoices):
    """Kinds of units; only the last three are ever interviewed."""

    LEADING_GROUP = "leading_group", "领导小组"
    OFFICE = "office", "领导小组办公室"
    MEMBER_UNIT = "member_unit", "成员单位"
    COUNTY = "county", "市（区）"
    TOWN = "town", "镇（街）"


INTERVIEWED_UNIT_KINDS = (UnitKind.MEMBER_UNIT, UnitKind.COUNTY, UnitKind.TOWN)


class PostKind(TextChoices):
    """What a dated post makes of the person who holds it."""

    GROUP_LEADER = "group_leader", "组长"
    FIRST_DEPUTY_LEADER = "first_deputy_leader", "第一副组长"
    DEPUTY_LEADER = "deputy_leader", "副组长"
    OFFICE_DIRECTOR = "office_director", "办公室主任"
    CASE_OFFICER = "case_officer", "承办人"
    SUPERVISOR = "supervisor", "督查员"
    SYSTEM_ADMINISTRATOR = "system_administrator", "系统管理员"
    SECURITY_AUDITOR = "security_auditor", "安全审计员"
    UNIT_HEAD = "unit_head", "主要负责人"
    PARTY_SECRETARY = "party_secretary", "党委（党工委）书记"
    GOVERNMENT_HEAD = "government_head", "政府（办事处）主要领导"
    LIAISON = "liaison", "联络员"


ROLE_OF_POST = {
    PostKind.GROUP_LEADER: Role.LEADING_GROUP,
    PostKind.FIRST_DEPUTY_LEADER: Role.LEADING_GROUP,
    PostKind.DEPUTY_LEADER: Role.LEADING_GROUP,
    PostKind.OFFICE_DIRECTOR: Role.OFFICE_DIRECTOR,
    PostKind.CASE_OFFICER: Role.CASE_OFFICER,
    PostKind.SUPERVISOR: Role.SUPERVISOR,
    PostKind.SYSTEM_ADMINISTRATOR: Role.SYSTEM_ADMINISTRATOR,
    PostKind.SECURITY_AUDITOR: Role.SECURITY_AUDITOR,
}

PARTY_OF_POST = {
    PostKind.UNIT_HEAD: Party.UNIT_HEAD,
    PostKind.PARTY_SECRETARY: Party.UNIT_HEAD,
    PostKind.GOVERNMENT_HEAD: Party.UNIT_HEAD,
    PostKind.LIAISON: Party.UNIT_LIAISON,
}

# 三员分立: who keeps the accounts or audits takes no part in a case, and the reverse.
SEPARATE_POSTS = (PostKind.SYSTEM_ADMINISTRATOR, PostKind.SECURITY_AUDITOR)

POSTS_OF_UNIT_KIND = {
    UnitKind.LEADING_GROUP: (PostKind.GROUP_LEADER, PostKind.FIRST_DEPUTY_LEADER, PostKind.DEPUTY_LEADER),
    UnitKind.OFFICE: (
        PostKind.OFFICE_DIRECTOR,
        PostKind.CASE_OFFICER,
        PostKind.SUPERVISOR,
        PostKind.SYSTEM_ADMINISTRATOR,
        PostKind.SECURITY_AUDITOR,
    ),
    UnitKind.MEMBER_UNIT: (PostKind.UNIT_HEAD, PostKind.LIAISON),
    UnitKind.COUNTY: (PostKind.PARTY_SECRETARY, PostKind.GOVERNMENT_HEAD, PostKind.LIAISON),
    UnitKind.TOWN: (PostKind.PARTY_SECRETARY, PostKind.GOVERNMENT_HEAD, PostKind.LIAISON),
}

INTERVIEWEE_NAMES = {
    UnitKind.MEMBER_UNIT: "主要负责人",
    UnitKind.COUNTY: "党政主要领导",
    UnitKind.TOWN: "党政主要领导",
}

HEAD_POSTS = tuple(kind for kind, party in PARTY_OF_POST.items() if party == Party.UNIT_HEAD)

# Posts of which a unit has one at a time.
SINGLE_POSTS = (PostKind.GROUP_LEADER, PostKind.FIRST_DEPUTY_LEADER, PostKind.OFFICE_DIRECTOR, *HEAD_POSTS)


class Rank(TextChoices):
    """The rank of a post, as far as the 办法 asks for it (第五条)."""

    DIVISION = "division_rank", "处级"
    BELOW_DIVISION = "below_division_rank", "处级以下"


class ApprovalMethod(TextChoices):
    """How the leading group's approval was given."""

    ONLINE = "online", "线上审定"
    MEETING = "meeting", "会议审定"
    SIGNED_PAPER = "signed_paper", "签批件"


class Attendance(TextChoices):
    """Whether an interviewee came."""

    PRESENT = "present", "本人到会"
    ABSENT = "absent", "缺席"


class MinutesAnswer(TextChoices):
    """What the interviewed side says of the minutes' text."""

    AGREED = "agreed", "无异议"
    OBJECTED = "objected", "有异议"


class InspectionConclusion(TextChoices):
    """What an inspection found."""

    RECTIFIED = "rectified", "整改到位，建议办结"
    NOT_RECTIFIED = "not_rectified", "整改不到位"


class ConsequenceKind(TextChoices):
    """Measures that 第十条 names beyond rectification."""

    VETO = "veto", "社会治安综合治理一票否决"
    ACCOUNTABILITY = "accountability", "追责问责（移送有关机关）"


class LetterCapacity(TextChoices):
    """In which capacity a unit may be sent a reminder letter."""

    MEMBER_UNIT = "member_unit", "成员单位"
    LEAD_UNIT = "lead_unit", "重点打击问题牵头单位"


class DocumentKind(TextChoices):
    """Official papers the product issues."""

    INTERVIEW_NOTICE = "interview_notice", "约谈通知书"
    RESCHEDULE_NOTICE = "reschedule_notice", "改期通知"
    CANCELLATION = "cancellation", "撤销约谈的函"
    MINUTES = "minutes", "约谈纪要"
    REMINDER_LETTER = "reminder_letter", "提醒函"


class DocumentStatus(TextChoices):
    """Whether an issued paper still holds."""

    VALID = "valid", "有效"
    REPLACED = "replaced", "已被替代"


class FilePurpose(TextChoices):
    """What an uploaded file is for; it decides who may fetch it."""

    EVIDENCE = "evidence", "依据材料"
    APPROVAL = "approval", "审定凭据"
    SUBMISSION = "submission", "书面材料"
    REPORT = "report", "整改佐证"


class SubmissionPart(TextChoices):
    """The four headings of the written material (第八条)."""

    SITUATION = "situation", "基本情况"
    PROBLEMS = "problems", "存在问题"
    CAUSES = "causes", "原因分析"
    MEASURES = "measures", "采取的整改措施"


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


# What the record holds beside the verbs of cases and letters: keeping units, posts and settings.
LOG_LABELS = {
    "add_unit": "新增单位",
    "change_unit": "变更单位",
    "retire_unit": "停用单位",
    "begin_post": "登记任职",
    "end_post": "登记离任",
    "change_office_setting": "修改办公室设定",
}
