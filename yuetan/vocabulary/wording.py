"""The standard paragraphs of papers: which there are, what each must name, and the variables a kind of paper knows."""

from dataclasses import dataclass

from yuetan.vocabulary.papers import DocumentKind

_CASE = ("依据", "领导小组", "办公室", "单位", "主送机关", "你单位", "约谈人", "约谈对象", "事由")
_NOTICE = (*_CASE, "时间", "地点", "情形", "约谈条件", "书面材料依据", "书面材料规定", "提交期限")

_TO_OTHERS = ("依据", "领导小组", "办公室", "单位", "受理机关", "事由", "存在问题", "所列情形", "责任措施", "原文书")

VARIABLES: dict[DocumentKind, tuple[str, ...]] = {
    DocumentKind.INTERVIEW_NOTICE: _NOTICE,
    DocumentKind.RESCHEDULE_NOTICE: (*_NOTICE, "原通知", "原文号"),
    DocumentKind.CANCELLATION: (*_CASE, "原通知", "原文号"),
    DocumentKind.MINUTES: (*_CASE, "日期", "地点", "被约谈人", "报告依据", "逾期后果"),
    DocumentKind.REMINDER_LETTER: (
        *("依据", "领导小组", "办公室", "单位", "主送机关", "你单位", "发函对象", "事由", "提醒问题", "答复期限"),
    ),
    DocumentKind.CIRCULAR: (
        *("依据", "办公室", "单位", "主送机关", "你单位", "事由", "存在问题", "通报情形", "通报条件"),
        *("整改期限", "未按期后果"),
    ),
    DocumentKind.VETO_DECISION: (
        *("依据", "领导小组", "办公室", "单位", "主送机关", "你单位", "事由", "存在问题", "否决情形"),
        *("否决条件", "会议"),
    ),
    DocumentKind.LISTED_SUPERVISION: (
        *("依据", "办公室", "单位", "主送机关", "你单位", "事由", "存在问题", "督办情形", "督办条件"),
        *("责任制", "前一档", "前次文书", "整改期限", "限制依据", "资格限制", "未按期后果", "工作组"),
    ),
    DocumentKind.DELISTING: (
        *("办公室", "单位", "主送机关", "你单位", "事由", "原通知", "核查日期", "限制依据", "资格限制"),
    ),
    DocumentKind.PLEA_ANSWER: (
        *("领导小组", "办公室", "单位", "主送机关", "你单位", "事由", "原文书", "申述日期", "会议", "限制依据"),
    ),
    DocumentKind.VETO_PROPOSAL: _TO_OTHERS,
    DocumentKind.REFERRAL_LETTER: (*_TO_OTHERS, "办理方式"),
    DocumentKind.CONSULTATION_LETTER: (
        *("依据", "领导小组", "办公室", "单位", "受理机关", "事由", "存在问题", "所列情形", "责任措施"),
        *("适用条件", "答复期限"),
    ),
    DocumentKind.SUPERVISION_LETTER: (
        *("依据", "办公室", "单位", "主送机关", "你单位", "事由", "原纪要", "纪要文号", "日期", "等级"),
        *("项数", "逾期项数", "督办事项", "逾期说明", "回复期限", "回复要求"),
    ),
}

VARIABLES |= {
    DocumentKind.MEETING_NOTICE: ("领导小组", "办公室", "会议", "时间", "地点", "主持人"),
    DocumentKind.MEETING_MINUTES: ("领导小组", "办公室", "会议", "时间", "日期", "地点", "主持人"),
    DocumentKind.RESTRICTION_REPLY: (
        *("办公室", "来函机关", "来函文号", "来函日期", "用途", "查询对象", "查询日期", "截至日期"),
    ),
    DocumentKind.ASSESSMENT_CIRCULAR: (
        *("领导小组", "办公室", "年度", "统计期间", "依据", "不合格要求", "单位", "原通报"),
    ),
    **dict.fromkeys(
        (DocumentKind.ROUND_NOTICE, DocumentKind.ROUND_OPINION),
        ("领导小组", "办公室", "单位", "主送机关", "你单位", "督导名称", "督导形式", "督导依据", "督导日期"),
    ),
    DocumentKind.REPORT_ANALYSIS: ("领导小组", "办公室", "事项", "期", "依据", "范围"),
}


@dataclass(frozen=True)
class StandardSlot:
    """One place in one kind of paper where a standard paragraph stands."""

    kind: DocumentKind
    key: str
    label: str
    needed: tuple[str, ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables that may stand in it."""
        return VARIABLES[self.kind]

    @property
    def name(self) -> str:
        """约谈通知书：开头."""
        return f"{self.kind.label}：{self.label}"


SLOTS: tuple[StandardSlot, ...] = (
    StandardSlot(DocumentKind.INTERVIEW_NOTICE, "opening", "开头", ("依据", "领导小组", "约谈人", "约谈对象")),
    StandardSlot(DocumentKind.INTERVIEW_NOTICE, "grounds", "约谈事由之后的情形", ("情形",)),
    StandardSlot(DocumentKind.INTERVIEW_NOTICE, "door", "情形之后，据责任制约谈的条件", ("约谈条件",)),
    StandardSlot(DocumentKind.INTERVIEW_NOTICE, "attendance", "参加人员之后的要求"),
    StandardSlot(DocumentKind.INTERVIEW_NOTICE, "material", "书面材料的要求", ("书面材料依据", "提交期限")),
    StandardSlot(DocumentKind.RESCHEDULE_NOTICE, "opening", "开头", ("依据", "原通知")),
    StandardSlot(DocumentKind.RESCHEDULE_NOTICE, "grounds", "约谈事由之后的情形", ("情形",)),
    StandardSlot(DocumentKind.RESCHEDULE_NOTICE, "door", "情形之后，据责任制约谈的条件", ("约谈条件",)),
    StandardSlot(DocumentKind.RESCHEDULE_NOTICE, "attendance", "参加人员之后的要求"),
    StandardSlot(DocumentKind.RESCHEDULE_NOTICE, "material", "书面材料的要求", ("书面材料依据", "提交期限")),
    StandardSlot(DocumentKind.CANCELLATION, "opening", "开头", ("依据", "领导小组", "原通知")),
    StandardSlot(DocumentKind.CANCELLATION, "effect", "原通知的效力"),
    StandardSlot(DocumentKind.CANCELLATION, "closing", "结尾"),
    StandardSlot(DocumentKind.MINUTES, "opening", "开头", ("依据", "日期", "约谈人", "地点", "被约谈人", "事由")),
    StandardSlot(DocumentKind.MINUTES, "purpose", "通报的问题之后"),
    StandardSlot(DocumentKind.MINUTES, "material_given", "已提交书面材料的"),
    StandardSlot(DocumentKind.MINUTES, "material_missing", "未提交书面材料的"),
    StandardSlot(DocumentKind.MINUTES, "requirement", "整改措施之后的要求", ("主送机关", "报告依据", "逾期后果")),
    StandardSlot(DocumentKind.MINUTES, "objection", "有异议时，异议之前"),
    StandardSlot(DocumentKind.MINUTES, "objection_reply", "有异议时，答复之前"),
    StandardSlot(DocumentKind.REMINDER_LETTER, "opening", "开头", ("依据", "发函对象")),
    StandardSlot(DocumentKind.REMINDER_LETTER, "closing", "结尾", ("答复期限",)),
    StandardSlot(DocumentKind.CIRCULAR, "opening", "开头", ("依据", "通报情形")),
    StandardSlot(DocumentKind.CIRCULAR, "closing", "结尾", ("整改期限",)),
    StandardSlot(DocumentKind.VETO_DECISION, "opening", "开头", ("依据", "否决情形", "否决条件", "领导小组")),
    StandardSlot(DocumentKind.VETO_DECISION, "closing", "结尾"),
    StandardSlot(
        DocumentKind.LISTED_SUPERVISION, "opening", "上一档逾期未完成的开头", ("依据", "督办情形", "前次文书")
    ),
    StandardSlot(
        DocumentKind.LISTED_SUPERVISION, "opening_gravity", "因危害、影响的开头", ("依据", "督办情形", "督办条件")
    ),
    StandardSlot(DocumentKind.LISTED_SUPERVISION, "effect", "资格限制", ("限制依据", "资格限制")),
    StandardSlot(DocumentKind.LISTED_SUPERVISION, "closing", "结尾", ("整改期限",)),
    StandardSlot(DocumentKind.LISTED_SUPERVISION, "team", "派驻工作组", ("工作组",)),
    StandardSlot(DocumentKind.DELISTING, "opening", "开头", ("原通知", "核查日期")),
    StandardSlot(DocumentKind.DELISTING, "effect", "资格限制", ("限制依据",)),
    StandardSlot(DocumentKind.DELISTING, "closing", "结尾"),
    StandardSlot(DocumentKind.PLEA_ANSWER, "opening", "开头", ("原文书", "申述日期")),
    StandardSlot(DocumentKind.PLEA_ANSWER, "upheld", "维持", ("原文书",)),
    StandardSlot(DocumentKind.PLEA_ANSWER, "revoked", "撤销", ("原文书",)),
    StandardSlot(DocumentKind.PLEA_ANSWER, "restored", "撤销时恢复资格", ("限制依据",)),
    StandardSlot(DocumentKind.PLEA_ANSWER, "closing", "结尾"),
    StandardSlot(DocumentKind.VETO_PROPOSAL, "opening", "开头", ("依据", "单位", "所列情形")),
    StandardSlot(DocumentKind.VETO_PROPOSAL, "closing", "结尾"),
    StandardSlot(DocumentKind.REFERRAL_LETTER, "opening", "开头", ("依据", "单位", "原文书")),
    StandardSlot(DocumentKind.REFERRAL_LETTER, "closing", "结尾"),
    StandardSlot(DocumentKind.CONSULTATION_LETTER, "opening", "开头", ("依据", "单位", "所列情形", "责任措施")),
    StandardSlot(DocumentKind.CONSULTATION_LETTER, "closing", "结尾", ("答复期限",)),
    StandardSlot(DocumentKind.SUPERVISION_LETTER, "opening", "有逾期任务时的开头", ("依据", "日期", "逾期项数")),
    StandardSlot(DocumentKind.SUPERVISION_LETTER, "opening_due", "均未逾期时的开头", ("依据", "日期", "项数")),
    StandardSlot(
        DocumentKind.SUPERVISION_LETTER, "opening_laid", "责任措施有逾期任务时的开头", ("依据", "日期", "逾期项数")
    ),
    StandardSlot(
        DocumentKind.SUPERVISION_LETTER, "opening_due_laid", "责任措施均未逾期时的开头", ("依据", "日期", "项数")
    ),
    StandardSlot(
        DocumentKind.SUPERVISION_LETTER, "opening_given", "议定事项有逾期任务时的开头", ("原纪要", "日期", "逾期项数")
    ),
    StandardSlot(
        DocumentKind.SUPERVISION_LETTER, "opening_due_given", "议定事项均未逾期时的开头", ("原纪要", "日期", "项数")
    ),
    StandardSlot(
        *(DocumentKind.SUPERVISION_LETTER, "opening_received", "三书一函、督导交办事项有逾期任务时的开头"),
        ("原纪要", "日期", "逾期项数"),
    ),
    StandardSlot(
        *(DocumentKind.SUPERVISION_LETTER, "opening_due_received", "三书一函、督导交办事项均未逾期时的开头"),
        ("原纪要", "日期", "项数"),
    ),
    StandardSlot(DocumentKind.SUPERVISION_LETTER, "requirement_blue", "蓝色，未另写督办要求时的要求"),
    StandardSlot(DocumentKind.SUPERVISION_LETTER, "requirement", "黄色，未另写督办要求时的要求"),
    StandardSlot(DocumentKind.SUPERVISION_LETTER, "requirement_red", "红色，未另写督办要求时的要求"),
    StandardSlot(DocumentKind.SUPERVISION_LETTER, "closing", "结尾", ("回复期限",)),
    StandardSlot(DocumentKind.MEETING_NOTICE, "opening", "开头", ("会议", "时间", "地点")),
    StandardSlot(DocumentKind.MEETING_NOTICE, "closing", "结尾"),
    StandardSlot(DocumentKind.MEETING_MINUTES, "opening", "开头", ("会议", "日期", "主持人")),
    StandardSlot(DocumentKind.MEETING_MINUTES, "resolutions", "议定事项之前"),
    StandardSlot(DocumentKind.MEETING_MINUTES, "closing", "结尾"),
    StandardSlot(DocumentKind.RESTRICTION_REPLY, "opening", "开头", ("来函文号", "截至日期")),
    StandardSlot(DocumentKind.RESTRICTION_REPLY, "restricted", "受限制时，各项之前", ("查询对象", "查询日期")),
    StandardSlot(DocumentKind.RESTRICTION_REPLY, "none", "没有记录时", ("查询对象", "查询日期")),
    StandardSlot(DocumentKind.RESTRICTION_REPLY, "closing", "结尾"),
    StandardSlot(DocumentKind.ASSESSMENT_CIRCULAR, "opening", "开头", ("年度", "依据")),
    StandardSlot(DocumentKind.ASSESSMENT_CIRCULAR, "closing", "结尾"),
    StandardSlot(DocumentKind.ASSESSMENT_CIRCULAR, "opening_corrected", "更正通报的开头", ("单位", "原通报")),
    StandardSlot(DocumentKind.ASSESSMENT_CIRCULAR, "closing_corrected", "更正通报的结尾", ("原通报",)),
    StandardSlot(DocumentKind.ROUND_NOTICE, "opening", "开头", ("督导依据", "督导日期", "督导名称")),
    StandardSlot(DocumentKind.ROUND_NOTICE, "closing", "结尾"),
    StandardSlot(DocumentKind.ROUND_OPINION, "opening", "开头", ("督导日期", "督导名称")),
    StandardSlot(DocumentKind.ROUND_OPINION, "closing", "发现问题时的结尾"),
    StandardSlot(DocumentKind.ROUND_OPINION, "closing_none", "没有发现问题时的结尾"),
    StandardSlot(DocumentKind.REPORT_ANALYSIS, "opening", "开头", ("事项", "期", "依据")),
    StandardSlot(DocumentKind.REPORT_ANALYSIS, "closing", "结尾"),
)
SLOT_OF = {(slot.kind, slot.key): slot for slot in SLOTS}
