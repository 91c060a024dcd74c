"""THE table of permissions: who may do what. Groups, grants, buttons, pages and files all follow it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yuetan.vocabulary import Party, Role, Verb

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

APP = "yuetan"


@dataclass(frozen=True)
class Permission:
    """One thing that may be done: a role may do it on every object of these models, a party on its own."""

    codename: str
    label: str
    models: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    parties: tuple[Party, ...] = ()

    @property
    def name(self) -> str:
        """The full name Django's `has_perm` asks for."""
        return f"{APP}.{self.codename}"


OFFICER, DIRECTOR, LEADERS, SUPERVISOR = (
    Role.CASE_OFFICER,
    Role.OFFICE_DIRECTOR,
    Role.LEADING_GROUP,
    Role.SUPERVISOR,
)
SIGNERS = (OFFICER, DIRECTOR, SUPERVISOR)  # of the office, who may go to inspect, and keep 三书一函
INNER = (OFFICER, DIRECTOR, LEADERS, SUPERVISOR)
HEAD, LIAISON = Party.UNIT_HEAD, Party.UNIT_LIAISON
UNIT_SIDE = (HEAD, LIAISON)
ACTING_DIRECTOR, ACTING_OFFICER = Party.ACTING_DIRECTOR, Party.ACTING_OFFICER
ACTING_SUPERVISOR = Party.ACTING_SUPERVISOR
# Models of what hands tasks over: what is done about a task is a permission of each.
HANDS_OUT_TASKS = ("case", "accountabilitymeasure", "assignment")


def _case(verb: str, label: str, roles: tuple[Role, ...] = (), parties: tuple[Party, ...] = ()) -> Permission:
    return Permission(verb, label, ("case",), roles, parties)


def _about_task(verb: str, label: str, roles: tuple[Role, ...] = (), parties: tuple[Party, ...] = ()) -> Permission:
    return Permission(verb, label, HANDS_OUT_TASKS, roles, parties)


def _of_measure(verb: str, label: str, roles: tuple[Role, ...] = (), parties: tuple[Party, ...] = ()) -> Permission:
    return Permission(verb, label, ("accountabilitymeasure",), roles, parties)


def _of_assignment(verb: str, label: str, roles: tuple[Role, ...] = (), parties: tuple[Party, ...] = ()) -> Permission:
    return Permission(verb, label, ("assignment",), roles, parties)


PERMISSIONS: tuple[Permission, ...] = (
    _case("see_case", "查看约谈事项（通知后的部分）", INNER, UNIT_SIDE),
    _case("see_inner_case", "查看建议、依据、内部意见", INNER),
    _case(Verb.DRAFT, "提出约谈建议", (OFFICER,)),
    _case(Verb.REVISE_DRAFT, "修改建议", (), (Party.DRAFTER,)),
    _case(Verb.SUBMIT, "报核", (), (Party.DRAFTER,)),
    _case("withdraw_proposal", "撤回建议", (), (Party.DRAFTER,)),
    _case(Verb.TAKE_BACK, "审定前取回修改", (), (Party.DRAFTER,)),
    _case("return_review", "核稿时退回修改", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _case(Verb.ENDORSE, "核稿", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _case("return_proposal", "审定时退回修改", (LEADERS,)),
    _case(Verb.APPROVE, "审定", (LEADERS,)),
    _case(Verb.DECLINE, "不予约谈", (LEADERS,)),
    _case(Verb.REGISTER_DECISION, "登记会议审定、签批件", (OFFICER, DIRECTOR)),
    _case(Verb.CONFIRM_APPROVAL, "复核登记的审定同意（登记人以外的人）", (OFFICER, DIRECTOR)),
    _case(Verb.CONFIRM_DECLINE, "复核登记的不予约谈（登记人以外的人）", (OFFICER, DIRECTOR)),
    _case(Verb.RETURN_REGISTRATION, "退回审定登记", (OFFICER, DIRECTOR)),
    _case("withdraw_approval", "撤回已审定的约谈", (), (Party.APPROVER,)),
    _case(Verb.SERVE_NOTICE, "书面通知", (OFFICER,), (ACTING_OFFICER,)),
    _case(Verb.RESCHEDULE, "改期", (OFFICER,), (ACTING_OFFICER,)),
    _case(Verb.ACKNOWLEDGE_RECEIPT, "签收通知", (), UNIT_SIDE),
    _case(Verb.REGISTER_RECEIPT, "登记纸质回执", (OFFICER, DIRECTOR), (ACTING_OFFICER,)),
    _case(Verb.PREPARE_SUBMISSION, "填写书面材料", (), UNIT_SIDE),
    _case(Verb.HAND_IN_SUBMISSION, "提交书面材料", (), (HEAD,)),
    _case(Verb.ASK_LEAVE, "请假", (), (HEAD,)),
    _case(Verb.DECIDE_LEAVE, "审批请假", (), (Party.INTERVIEWER,)),
    _case(Verb.RECORD_ABSENCE, "记录约谈对象未经准假缺席", (OFFICER,), (ACTING_OFFICER,)),
    _case(Verb.HOLD_INTERVIEW, "记录约谈", (OFFICER,), (ACTING_OFFICER,)),
    _case(Verb.REVISE_MINUTES, "修改纪要文本", (OFFICER, DIRECTOR), (ACTING_OFFICER,)),
    _case(Verb.CONFIRM_MINUTES, "确认纪要文本", (), (Party.INTERVIEWER,)),
    _case(Verb.RETURN_MINUTES, "退回修改纪要", (), (Party.INTERVIEWER,)),
    _case(Verb.SEND_MINUTES, "送被约谈方确认纪要", (OFFICER,), (ACTING_OFFICER,)),
    _case(Verb.ANSWER_MINUTES, "反馈纪要意见", (), (HEAD,)),
    _case(Verb.ISSUE_MINUTES, "印发纪要", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _case(Verb.CORRECT_MINUTES, "拟定纪要更正", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _case(Verb.CONFIRM_CORRECTION, "确认纪要更正并印发", (), (Party.INTERVIEWER,)),
    _case(Verb.ASSIGN, "交办整改", (OFFICER,), (ACTING_OFFICER,)),
    _about_task(Verb.PREPARE_REPORT, "填写整改报告", (), UNIT_SIDE),
    _about_task(Verb.HAND_IN_REPORT, "报送整改报告", (), (HEAD,)),
    _about_task(Verb.PREPARE_PROGRESS, "填写进展报告", (), UNIT_SIDE),
    _about_task(Verb.HAND_IN_PROGRESS, "报送进展报告", (), (HEAD,)),
    _about_task(Verb.NOTE_PROGRESS, "批阅进展报告", (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    _about_task(Verb.ACCEPT_TASK, "整改任务销号", (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    _about_task(Verb.RETURN_TASK, "退回整改报告", (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    _about_task(Verb.CHASE, "催办整改任务", (OFFICER, SUPERVISOR), (ACTING_SUPERVISOR,)),
    _about_task(Verb.ANSWER_CHASE, "回复催办", (), UNIT_SIDE),
    _about_task(Verb.RECORD_SITE_CHECK, "记录现场核查", (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    _about_task(Verb.ASK_EXTENSION, "申请延期", (), (HEAD,)),
    _about_task(Verb.DECIDE_EXTENSION, "审批延期", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _about_task(Verb.PAUSE_TASK, "中止整改任务计时", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _about_task(Verb.RESUME_TASK, "恢复整改任务计时", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _about_task(Verb.ISSUE_SUPERVISION_LETTER, "印发督办单", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _about_task(Verb.ACKNOWLEDGE_SUPERVISION, "签收督办单", (), UNIT_SIDE),
    _about_task(Verb.ANSWER_SUPERVISION, "回复督办单", (), (HEAD,)),
    _case(Verb.BEGIN_INSPECTION, "启动督查", (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    _case(Verb.CONCLUDE_INSPECTION, "记录督查情况", (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    _case(Verb.REQUEST_SEND_BACK, "提请退回整改", (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    _case(Verb.SEND_BACK, "决定退回整改、定新的时限", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _case(Verb.RECORD_REVISIT, "记录回头看", (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    _about_task(Verb.SIGN_INSPECTION, "签认督查、核查、回头看记录，上传签字的记录", SIGNERS),
    _case(Verb.REQUEST_REOPENING, "复发的提请重启整改", (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    _case(Verb.REOPEN, "决定复发的重启整改、定新的时限", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _case(Verb.REFUSE_REWORK, "不同意退回整改、重启整改", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _case(Verb.RECORD_CONSEQUENCE, "记录问责处理", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _case(Verb.CONFIRM_CONSEQUENCE, "对照决定文书核对问责处理", (OFFICER, SUPERVISOR)),
    _case(Verb.CLOSE, "办结销号", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _case(Verb.REGISTER_SUBMISSION, "代录纸质书面材料", (OFFICER,), (ACTING_OFFICER,)),
    _case(Verb.REGISTER_LEAVE, "代录纸质请假", (OFFICER,), (ACTING_OFFICER,)),
    _case(Verb.REGISTER_MINUTES_ANSWER, "代录纸质纪要意见", (OFFICER,), (ACTING_OFFICER,)),
    _about_task(Verb.REGISTER_REPORT, "代录纸质整改报告", (OFFICER,), (ACTING_OFFICER,)),
    _about_task(Verb.REGISTER_PROGRESS, "代录纸质进展报告", (OFFICER,), (ACTING_OFFICER,)),
    _about_task(Verb.REGISTER_EXTENSION, "代录纸质延期申请", (OFFICER,), (ACTING_OFFICER,)),
    _about_task(Verb.REGISTER_CHASE_ANSWER, "代录纸质催办回复", (OFFICER,), (ACTING_OFFICER,)),
    _about_task(Verb.REGISTER_SUPERVISION_RECEIPT, "登记督办单的纸质回执", (OFFICER,), (ACTING_OFFICER,)),
    _about_task(Verb.REGISTER_SUPERVISION_ANSWER, "代录纸质督办单回复", (OFFICER,), (ACTING_OFFICER,)),
    _case(Verb.CARRY_OVER, "将已撤并单位的事项转由承接单位办理", (DIRECTOR,)),
    _case(Verb.SET_READERS, "设定知悉范围（办公室谁可以查看）", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _case(Verb.RECORD_EARLIER_CASE, "补录系统启用前已办理的约谈事项", (OFFICER,)),
    _case(Verb.HAND_IN_EARLIER_CASE, "补录完毕送复核", (OFFICER,)),
    _case(Verb.CONFIRM_EARLIER_CASE, "对照原件复核补录（补录人以外的人）", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _case(Verb.RETURN_EARLIER_CASE, "退回补录", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _case(Verb.DISCARD_EARLIER_CASE, "作废补录", (OFFICER, DIRECTOR)),
    _case("see_archive", "查看归档台账", INNER),
    _case(Verb.SET_RETENTION, "调整卷宗的保管期限", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _case(Verb.PLACE_HOLD, "冻结卷宗", (OFFICER, DIRECTOR, SUPERVISOR)),
    _case(Verb.LIFT_HOLD, "解除卷宗的冻结（冻结人以外的人）", (DIRECTOR, LEADERS)),
    _case("take_case_file", "取已办结事项的卷宗（数据包、PDF）", (OFFICER, DIRECTOR)),
    Permission("draw_up_destruction", "鉴定到期的卷宗，拟制、撤销销毁清册", ("destruction",), (OFFICER, DIRECTOR)),
    Permission("decide_destruction", "批准、不批准销毁", ("destruction",), (LEADERS,)),
    Permission("carry_out_destruction", "监销并销毁（拟制人、批准人以外的人）", ("destruction",), SIGNERS),
    Permission("see_letter", "查看提醒函（被提醒单位只看印发后的）", ("letter",), INNER, UNIT_SIDE),
    Permission(Verb.DRAFT_LETTER, "起草提醒函", ("letter",), (SUPERVISOR,)),
    Permission(Verb.APPROVE_LETTER, "签发提醒函", ("letter",), (LEADERS,)),
    Permission(Verb.RETURN_LETTER, "退回提醒函", ("letter",), (LEADERS,)),
    Permission(Verb.TAKE_BACK_LETTER, "签发前取回提醒函", ("letter",), (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    Permission(Verb.REVISE_LETTER, "修改退回、取回的提醒函", ("letter",), (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    Permission(Verb.CANCEL_LETTER, "作废没有印发的提醒函草稿", ("letter",), (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    Permission(Verb.ACKNOWLEDGE_LETTER, "签收提醒函", ("letter",), (), UNIT_SIDE),
    Permission(Verb.PREPARE_LETTER_ANSWER, "填写提醒函答复", ("letter",), (), UNIT_SIDE),
    Permission(Verb.ANSWER_LETTER, "答复提醒函", ("letter",), (), (HEAD,)),
    Permission(Verb.REGISTER_LETTER_RECEIPT, "登记提醒函的纸质回执", ("letter",), (OFFICER, SUPERVISOR)),
    Permission(Verb.REGISTER_LETTER_ANSWER, "代录提醒函的纸质答复", ("letter",), (OFFICER, SUPERVISOR)),
    Permission(Verb.CARRY_OVER_LETTER, "将已撤并单位的提醒函转由承接单位办理", ("letter",), (DIRECTOR,)),
    _of_measure("see_measure", "查看责任措施（单位只看送达后的）", INNER, UNIT_SIDE),
    _of_measure(Verb.DRAFT_MEASURE, "起草责任措施", (OFFICER,)),
    _of_measure(Verb.REVISE_MEASURE, "修改责任措施的拟稿", (), (Party.DRAFTER,)),
    _of_measure(Verb.SUBMIT_MEASURE, "责任措施报核", (), (Party.DRAFTER,)),
    _of_measure("return_measure_review", "核稿时退回责任措施", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _of_measure("return_measure_proposal", "审定时退回责任措施", (LEADERS,)),
    _of_measure(Verb.ENDORSE_MEASURE, "核稿责任措施，报领导审定", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _of_measure("decide_measure_by_office", "审定由办公室作出的责任措施", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _of_measure(Verb.DECIDE_MEASURE, "审定报领导的责任措施", (LEADERS,)),
    _of_measure("decline_measure_by_office", "核稿时不予实施责任措施", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _of_measure(Verb.DECLINE_MEASURE, "审定时不予实施责任措施", (LEADERS,)),
    _of_measure(Verb.WITHDRAW_MEASURE, "撤回责任措施的拟稿", (), (Party.DRAFTER,)),
    _of_measure("withdraw_decided_measure", "撤回已审定、未印发的责任措施", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _of_measure(Verb.SERVE_MEASURE, "印发送达责任措施", (OFFICER,), (ACTING_OFFICER,)),
    _of_measure(Verb.ACKNOWLEDGE_MEASURE, "签收责任措施", (), UNIT_SIDE),
    _of_measure(Verb.REGISTER_MEASURE_RECEIPT, "登记责任措施的纸质回执", (OFFICER,), (ACTING_OFFICER,)),
    _of_measure(Verb.OPEN_INTERVIEW, "据逾期未完成整改的通报提出约谈建议", (OFFICER,), (ACTING_OFFICER,)),
    _of_measure(Verb.CONCLUDE_MEASURE, "认定责任措施的整改目标完成", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _of_measure(Verb.ASK_CONSULTATION, "实施一票否决前商有关部门", (OFFICER,), (ACTING_OFFICER,)),
    _of_measure(Verb.RECORD_CONSULTATION, "登记有关部门对责任措施的意见", (OFFICER,), (ACTING_OFFICER,)),
    _of_measure(Verb.EXCUSE_CONSULTATION, "记录有关部门未答复的原因", (LEADERS,)),
    _of_measure(Verb.REGISTER_MEASURE_DECISION, "登记责任措施的会议审定", (OFFICER, DIRECTOR)),
    _of_measure(Verb.CONFIRM_MEASURE_DECISION, "复核登记的责任措施审定（登记人以外的人）", (OFFICER, DIRECTOR)),
    _of_measure(Verb.CONFIRM_MEASURE_DECLINED, "复核登记的不予实施（登记人以外的人）", (OFFICER, DIRECTOR)),
    _of_measure(Verb.RETURN_MEASURE_REGISTRATION, "退回责任措施审定登记", (OFFICER, DIRECTOR)),
    _of_measure(Verb.SET_WORK_TEAM, "组建、调整挂牌督办的工作组", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _of_measure(Verb.RECORD_TEAM_REPORT, "登记工作组报告", (OFFICER, SUPERVISOR), (ACTING_OFFICER, ACTING_SUPERVISOR)),
    _of_measure(Verb.ASK_DELISTING, "申请摘牌", (), (HEAD,)),
    _of_measure(Verb.PROPOSE_DELISTING, "提请摘牌", (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    _of_measure(Verb.GRANT_DELISTING, "同意摘牌（由审定挂牌的一方）", (DIRECTOR, LEADERS), (ACTING_DIRECTOR,)),
    _of_measure(Verb.REFUSE_DELISTING, "不同意摘牌（由审定挂牌的一方）", (DIRECTOR, LEADERS), (ACTING_DIRECTOR,)),
    _of_measure(Verb.PROPOSE_VETO, "就驻本地单位的一票否决提出书面建议", (OFFICER,), (ACTING_OFFICER,)),
    _of_measure(Verb.REFER_MEASURE, "移送有权机关", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _of_measure(Verb.RECORD_REFERRAL_RECEIPT, "登记移送、书面建议的签收", (OFFICER,), (ACTING_OFFICER,)),
    _of_measure(Verb.RECORD_REFERRAL_OUTCOME, "登记移送、书面建议的结果", (OFFICER,), (ACTING_OFFICER,)),
    _of_measure(Verb.CARRY_OVER_MEASURE, "将已撤并单位的责任措施转由承接单位办理", (DIRECTOR,)),
    _of_assignment("see_assignments", "查看交办事项（单位只看自己的）", INNER, UNIT_SIDE),
    _of_assignment(Verb.HAND_OUT_ASSIGNMENT, "把会议议定事项、三书一函的整改交给单位承办", SIGNERS),
    _of_assignment(Verb.CONCLUDE_ASSIGNMENT, "办结交办事项", (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    _of_assignment(Verb.REVOKE_ASSIGNMENT, "撤销交办", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _of_assignment(Verb.CARRY_OVER_ASSIGNMENT, "将已撤并单位的交办事项转由承接单位办理", (DIRECTOR,)),
    _of_measure(
        "add_restricted_leader", "补列受资格限制的领导", (OFFICER, DIRECTOR), (ACTING_OFFICER, ACTING_DIRECTOR)
    ),
    _of_measure("end_restriction", "登记资格限制的提前解除", (DIRECTOR,), (ACTING_DIRECTOR,)),
    Permission("see_restrictions", "查看资格限制（单位、本人只看自己的）", ("restriction",), INNER, UNIT_SIDE),
    Permission("see_restriction_inquiries", "查看资格限制查询", ("restrictioninquiry",), INNER),
    Permission("ask_restrictions", "登记资格限制查询", ("restrictioninquiry",), (OFFICER, DIRECTOR)),
    Permission(
        "reply_restrictions", "印发资格限制查询的复函（登记人以外的人）", ("restrictioninquiry",), (OFFICER, DIRECTOR)
    ),
    Permission(Verb.VOID_DOCUMENT, "作废文书", ("document",), (DIRECTOR,), (ACTING_DIRECTOR,)),
    Permission(Verb.CORRECT_RECEIPT, "更正登记有误的纸质回执", ("document",), (OFFICER, DIRECTOR), (ACTING_OFFICER,)),
    Permission("issue_statistics", "印发约谈工作统计表", ("document",), (DIRECTOR,)),
    Permission("see_number_book", "查看文号簿", ("numberentry",), INNER),
    Permission("reserve_number", "预留文号、登记使用", ("numberentry",), (OFFICER, DIRECTOR)),
    Permission("void_number", "作废预留文号", ("numberentry",), (DIRECTOR,)),
    Permission("see_dossiers", "查看实绩档案（领导本人、本单位只看自己的）", ("dossierentry",), INNER),
    Permission("enter_dossier", "填写本人、本单位领导的实绩材料", ("dossierentry",), (), UNIT_SIDE),
    Permission("confirm_dossier", "确认、退回本单位领导的实绩材料", ("dossierentry",), (), (HEAD,)),
    Permission("read_dossier", "查阅实绩材料", ("dossierentry",), (DIRECTOR, SUPERVISOR)),
    Permission("record_commendation", "登记表彰奖励", ("commendation",), (OFFICER, DIRECTOR)),
    Permission("withdraw_commendation", "撤销登记有误的表彰奖励", ("commendation",), (DIRECTOR,)),
    Permission("see_reports", "查看报表（单位只看自己的）", ("periodicreport",), INNER),
    Permission("fill_report", "填报本单位的报表", ("periodicreport",), (), UNIT_SIDE),
    Permission("confirm_report", "确认、退回本单位的报表", ("periodicreport",), (), (HEAD,)),
    Permission("accept_report", "收下、退回单位的报表", ("periodicreport",), (OFFICER, DIRECTOR)),
    Permission("chase_reports", "催报", ("periodicreport",), (OFFICER, DIRECTOR, SUPERVISOR)),
    Permission("keep_schemes", "设立、修改报送事项", ("reportscheme",), (OFFICER, DIRECTOR)),
    Permission("mark_report", "标记瞒报、谎报", ("reportmark",), (OFFICER, DIRECTOR)),
    Permission("withdraw_report_mark", "撤销瞒报、谎报的标记", ("reportmark",), (DIRECTOR,)),
    Permission("see_meetings", "查看会议（其他人只看发给自己的通知和交办的议定事项）", ("meeting",), INNER),
    Permission("call_meeting", "召集、修改、取消会议，安排议程", ("meeting",), (OFFICER, DIRECTOR)),
    Permission("convene_meeting", "印发会议通知", ("meeting",), (OFFICER, DIRECTOR)),
    Permission("receive_meeting_notice", "签收发给本人、本单位的会议通知", ("meeting",), INNER, UNIT_SIDE),
    Permission("record_meeting", "登记到会情况、结论、议定事项", ("meeting",), (OFFICER, DIRECTOR)),
    Permission("issue_meeting_minutes", "印发会议纪要", ("meeting",), (OFFICER, DIRECTOR)),
    Permission("see_received_letters", "查看三书一函（单位只看自己的）", ("receivedletter",), INNER, UNIT_SIDE),
    Permission("register_received_letter", "登记单位收到的三书一函", ("receivedletter",), SIGNERS, UNIT_SIDE),
    Permission(
        "reply_received_letter", "填报三书一函的回复（办公室代录纸质回复）", ("receivedletter",), SIGNERS, UNIT_SIDE
    ),
    Permission("decide_received_reply", "退回三书一函的回复，办结三书一函", ("receivedletter",), SIGNERS),
    Permission("withdraw_received_letter", "撤销登记有误的三书一函", ("receivedletter",), SIGNERS),
    Permission("withdraw_received_closing", "撤回三书一函的办结", ("receivedletter",), (DIRECTOR,)),
    Permission("see_assessment", "查看考核（单位只看自己的得分和公布的结果）", ("assessment",), INNER, UNIT_SIDE),
    Permission("keep_assessment_scheme", "设立年度考核、修改考核方案", ("assessment",), (OFFICER, DIRECTOR)),
    Permission("score_assessment", "考核的人工评分、撤销评分", ("assessment",), (OFFICER, SUPERVISOR)),
    Permission("present_assessment", "将考核得分送单位核对", ("assessment",), (OFFICER, DIRECTOR)),
    Permission("withdraw_assessment_sheets", "撤回送核的考核得分", ("assessment",), (DIRECTOR,)),
    Permission(
        "raise_assessment_objection",
        "对本单位的考核得分提出异议（办公室代录纸质异议）",
        ("assessment",),
        (OFFICER,),
        UNIT_SIDE,
    ),
    Permission(
        "decide_assessment_objection",
        "处理对考核得分的异议（评分人、登记人以外的人）",
        ("assessment",),
        (DIRECTOR, LEADERS),
    ),
    Permission("close_assessment", "关闭年度考核，确定名次和等次", ("assessment",), (DIRECTOR, LEADERS)),
    Permission("publish_assessment", "印发考核结果通报", ("assessment",), (DIRECTOR,)),
    Permission("see_units", "查看单位与领导", ("unit",), (*INNER, Role.SYSTEM_ADMINISTRATOR)),
    Permission("keep_units", "维护单位、领导、任职和账号", ("unit",), (Role.SYSTEM_ADMINISTRATOR,)),
    Permission("guard_accounts", "停用和恢复账号、清除第二重验证", ("unit",), (Role.SECURITY_ADMINISTRATOR,)),
    Permission("keep_office_settings", "维护办公室设定", ("officesetting",), (DIRECTOR,)),
    Permission("confirm_office_setting", "确认须由领导确认的办公室设定", ("officesetting",), (LEADERS,)),
    Permission("keep_calendar", "维护工作日历", ("calendarday",), (DIRECTOR,)),
    Permission(Verb.UPLOAD_SCAN, "上传盖章扫描件", ("scan",), (OFFICER,)),
    Permission("take_copy", "下载非正式文本（DOCX）", ("printing",), INNER),
    Permission("see_print_log", "查看打印记录", ("printing",), (DIRECTOR, SUPERVISOR)),
    Permission("keep_wording", "维护文书标准段落", ("standardparagraph",), (DIRECTOR,)),
    Permission("delegate_approval", "委托审定、查看本人的委托", ("delegation",), (LEADERS,)),
    Permission("see_deliveries", "查看消息投送记录、重新投送", ("delivery",), (DIRECTOR, Role.SYSTEM_ADMINISTRATOR)),
    Permission("see_log", "查看操作日志", ("event",), (Role.SECURITY_AUDITOR,)),
)

BY_CODENAME = {permission.codename: permission for permission in PERMISSIONS}


def name(codename: str) -> str:
    """The full name of a permission that the table holds; raises KeyError for any other."""
    return BY_CODENAME[codename].name


def of_model(model: str) -> "list[tuple[str, StrOrPromise]]":
    """Codename and label of a model's permissions, as Django's `Meta.permissions` wants them."""
    return [(permission.codename, permission.label) for permission in PERMISSIONS if model in permission.models]


def roles_with(codename: str) -> tuple[Role, ...]:
    """The roles that hold a permission; none for a name that is not in the table."""
    return next((each.roles for each in PERMISSIONS if each.codename == codename), ())


def granted_to(party: Party, model: str) -> frozenset[str]:
    """Codenames that a party holds on its own object of this model."""
    return frozenset(p.codename for p in PERMISSIONS if model in p.models and party in p.parties)


def matrix() -> dict[str, dict[str, object]]:
    """The whole table as plain data: what `manage.py permissions` prints and the help page shows."""
    return {
        permission.codename: {
            "label": permission.label,
            "models": list(permission.models),
            "roles": [role.value for role in permission.roles],
            "parties": [party.value for party in permission.parties],
        }
        for permission in PERMISSIONS
    }
