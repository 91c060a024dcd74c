"""Words of the process: states, stages, verbs."""

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


class OfficeStage(TextChoices):
    """What a case, or a report on a task, waits for inside the office; named by the state that waits."""

    REVIEW = "in_review", "核稿"
    DECISION = "proposed", "审定"
    NOTICE = "approved", "通知"
    ASSIGNMENT = "minuted", "交办"
    CHECK = "reported", "核查"


OFFICE_STAGE_OF_STATE = {CaseState(stage.value): stage for stage in OfficeStage if stage != OfficeStage.CHECK}

ENDED_STATES = (CaseState.CLOSED, CaseState.DECLINED, CaseState.WITHDRAWN)

# What the interviewed side reads in place of the inner name of a state.
OUTER_STATE_NAMES = {
    CaseState.NOTIFIED: "已通知，待约谈",
    CaseState.INTERVIEWED: "已约谈，纪要形成中",
    CaseState.MINUTED: "纪要已印发",
    CaseState.RECTIFYING: "整改中",
    CaseState.INSPECTING: "督查中",
    CaseState.CLOSED: "已办结（销号）",
    CaseState.WITHDRAWN: "约谈已取消",
}


class Verb(TextChoices):
    """Every step: of cases, letters, measures of 责任制 and 交办事项, and of the papers of all."""

    SUBMIT = "submit", "报核"
    RETURN_FOR_CHANGES = "return_for_changes", "退回修改"
    TAKE_BACK = "take_back", "取回修改"
    ENDORSE = "endorse", "核稿同意，报审定"
    APPROVE = "approve", "审定同意"
    DECLINE = "decline", "不予约谈"
    CONFIRM_APPROVAL = "confirm_approval", "复核登记的审定同意"
    CONFIRM_DECLINE = "confirm_decline", "复核登记的不予约谈"
    SERVE_NOTICE = "serve_notice", "书面通知"
    RESCHEDULE = "reschedule", "改期"
    HOLD_INTERVIEW = "hold_interview", "记录约谈"
    ISSUE_MINUTES = "issue_minutes", "印发纪要"
    ASSIGN = "assign", "交办整改"
    BEGIN_INSPECTION = "begin_inspection", "启动督查"
    SEND_BACK = "send_back", "退回整改"
    REOPEN = "reopen", "复发重启整改"
    CLOSE = "close", "办结销号"
    WITHDRAW = "withdraw", "撤回"

    DRAFT = "draft", "拟稿"
    REVISE_DRAFT = "revise_draft", "修改建议"
    REGISTER_DECISION = "register_decision", "登记审定"
    RETURN_REGISTRATION = "return_registration", "退回审定登记"
    ACKNOWLEDGE_RECEIPT = "acknowledge_receipt", "签收通知"
    REGISTER_RECEIPT = "register_receipt", "登记纸质回执"
    PREPARE_SUBMISSION = "prepare_submission", "填写书面材料"
    HAND_IN_SUBMISSION = "hand_in_submission", "提交书面材料"
    ASK_LEAVE = "ask_leave", "请假"
    DECIDE_LEAVE = "decide_leave", "审批请假"
    RECORD_ABSENCE = "record_absence", "记录缺席"
    REVISE_MINUTES = "revise_minutes", "修改纪要"
    CONFIRM_MINUTES = "confirm_minutes", "确认纪要文本"
    RETURN_MINUTES = "return_minutes", "退回修改纪要"
    SEND_MINUTES = "send_minutes", "送被约谈方确认"
    ANSWER_MINUTES = "answer_minutes", "反馈纪要意见"
    CORRECT_MINUTES = "correct_minutes", "拟定纪要更正"
    CONFIRM_CORRECTION = "confirm_correction", "确认更正并印发"
    DROP_CORRECTION = "drop_correction", "放弃纪要更正"
    PREPARE_REPORT = "prepare_report", "填写整改报告"
    HAND_IN_REPORT = "hand_in_report", "报送整改报告"
    PREPARE_PROGRESS = "prepare_progress", "填写进展报告"
    HAND_IN_PROGRESS = "hand_in_progress", "报送进展报告"
    NOTE_PROGRESS = "note_progress", "批阅进展报告"
    ACCEPT_TASK = "accept_task", "销号"
    RETURN_TASK = "return_task", "退回整改报告"
    CHASE = "chase", "催办"
    ANSWER_CHASE = "answer_chase", "回复催办"
    RECORD_SITE_CHECK = "record_site_check", "记录现场核查"
    ASK_EXTENSION = "ask_extension", "申请延期"
    DECIDE_EXTENSION = "decide_extension", "审批延期"
    PAUSE_TASK = "pause_task", "中止计时"
    RESUME_TASK = "resume_task", "恢复计时"
    ISSUE_SUPERVISION_LETTER = "issue_supervision_letter", "印发督办单"
    ACKNOWLEDGE_SUPERVISION = "acknowledge_supervision", "签收督办单"
    ANSWER_SUPERVISION = "answer_supervision", "回复督办单"
    CONCLUDE_INSPECTION = "conclude_inspection", "记录督查情况"
    RECORD_REVISIT = "record_revisit", "记录回头看"
    SIGN_INSPECTION = "sign_inspection", "签认督查记录"
    REQUEST_SEND_BACK = "request_send_back", "提请退回整改"
    REQUEST_REOPENING = "request_reopening", "提请重启整改"
    REFUSE_REWORK = "refuse_rework", "不同意重新整改"
    RECORD_CONSEQUENCE = "record_consequence", "记录问责处理"
    CONFIRM_CONSEQUENCE = "confirm_consequence", "核对问责处理"
    SET_RETENTION = "set_retention", "调整保管期限"
    PLACE_HOLD = "place_hold", "冻结卷宗"
    LIFT_HOLD = "lift_hold", "解除冻结"

    REGISTER_SUBMISSION = "register_submission", "代录书面材料"
    REGISTER_LEAVE = "register_leave", "代录请假"
    REGISTER_MINUTES_ANSWER = "register_minutes_answer", "代录纪要意见"
    REGISTER_REPORT = "register_report", "代录整改报告"
    REGISTER_PROGRESS = "register_progress", "代录进展报告"
    REGISTER_EXTENSION = "register_extension", "代录延期申请"
    REGISTER_CHASE_ANSWER = "register_chase_answer", "代录催办回复"
    REGISTER_SUPERVISION_RECEIPT = "register_supervision_receipt", "登记督办单纸质回执"
    REGISTER_SUPERVISION_ANSWER = "register_supervision_answer", "代录督办单回复"
    CARRY_OVER = "carry_over", "转由承接单位办理"
    SET_READERS = "set_readers", "设定知悉范围"

    RECORD_EARLIER_CASE = "record_earlier_case", "补录约谈事项"
    HAND_IN_EARLIER_CASE = "hand_in_earlier_case", "补录完毕，送复核"
    CONFIRM_EARLIER_CASE = "confirm_earlier_case", "复核补录"
    RETURN_EARLIER_CASE = "return_earlier_case", "退回补录"
    DISCARD_EARLIER_CASE = "discard_earlier_case", "作废补录"

    DRAFT_LETTER = "draft_letter", "起草提醒函"
    APPROVE_LETTER = "approve_letter", "签发提醒函"
    RETURN_LETTER = "return_letter", "退回提醒函"
    TAKE_BACK_LETTER = "take_back_letter", "取回提醒函"
    REVISE_LETTER = "revise_letter", "修改提醒函"
    CANCEL_LETTER = "cancel_letter", "作废提醒函草稿"
    ACKNOWLEDGE_LETTER = "acknowledge_letter", "签收提醒函"
    PREPARE_LETTER_ANSWER = "prepare_letter_answer", "填写提醒函答复"
    ANSWER_LETTER = "answer_letter", "答复提醒函"

    REGISTER_LETTER_RECEIPT = "register_letter_receipt", "登记提醒函纸质回执"
    REGISTER_LETTER_ANSWER = "register_letter_answer", "代录提醒函答复"
    CARRY_OVER_LETTER = "carry_over_letter", "提醒函转由承接单位办理"

    DRAFT_MEASURE = "draft_measure", "起草责任措施"
    REVISE_MEASURE = "revise_measure", "修改责任措施"
    SUBMIT_MEASURE = "submit_measure", "报核责任措施"
    RETURN_MEASURE = "return_measure", "退回责任措施"
    ENDORSE_MEASURE = "endorse_measure", "核稿责任措施，报领导审定"
    DECIDE_MEASURE = "decide_measure", "审定责任措施"
    DECLINE_MEASURE = "decline_measure", "不予实施责任措施"
    WITHDRAW_MEASURE = "withdraw_measure", "撤回责任措施"
    SERVE_MEASURE = "serve_measure", "印发送达责任措施"
    SERVE_ALONGSIDE = "serve_alongside", "列入同一份通报"
    ACKNOWLEDGE_MEASURE = "acknowledge_measure", "签收责任措施"
    REGISTER_MEASURE_RECEIPT = "register_measure_receipt", "登记责任措施纸质回执"
    OPEN_INTERVIEW = "open_interview", "据通报提出约谈建议"
    SET_WORK_TEAM = "set_work_team", "组建、调整工作组"
    RECORD_TEAM_REPORT = "record_team_report", "登记工作组报告"
    ASK_DELISTING = "ask_delisting", "申请摘牌"
    PROPOSE_DELISTING = "propose_delisting", "提请摘牌"
    GRANT_DELISTING = "grant_delisting", "同意摘牌"
    REFUSE_DELISTING = "refuse_delisting", "不同意摘牌"
    CONCLUDE_MEASURE = "conclude_measure", "认定整改完成"
    CARRY_OVER_MEASURE = "carry_over_measure", "责任措施转由承接单位办理"
    ASK_CONSULTATION = "ask_consultation", "商有关部门"
    RECORD_CONSULTATION = "record_consultation", "登记部门意见"
    EXCUSE_CONSULTATION = "excuse_consultation", "记录部门未答复的原因"
    REGISTER_MEASURE_DECISION = "register_measure_decision", "登记会议审定"
    REGISTER_MEASURE_PAPER = "register_measure_paper", "登记签批件"
    CONFIRM_MEASURE_DECISION = "confirm_measure_decision", "复核登记的责任措施审定"
    CONFIRM_MEASURE_DECLINED = "confirm_measure_declined", "复核登记的不予实施"
    RETURN_MEASURE_REGISTRATION = "return_measure_registration", "退回责任措施审定登记"
    PROPOSE_VETO = "propose_veto", "提出书面建议"
    REFER_MEASURE = "refer_measure", "移送"
    RECORD_REFERRAL_RECEIPT = "record_referral_receipt", "登记移送、建议的签收"
    RECORD_REFERRAL_OUTCOME = "record_referral_outcome", "登记移送、建议的结果"
    PREPARE_PLEA = "prepare_plea", "填写申述"
    STATE_PLEA = "state_plea", "提出申述"
    REGISTER_PLEA = "register_plea", "代录申述"
    WITHDRAW_PLEA = "withdraw_plea", "撤回申述"
    DRAFT_PLEA_ANSWER = "draft_plea_answer", "拟写申述答复"
    RETURN_PLEA_ANSWER = "return_plea_answer", "退回申述答复"
    UPHOLD_MEASURE = "uphold_measure", "维持责任措施，答复申述"
    REVOKE_MEASURE = "revoke_measure", "撤销责任措施，答复申述"

    HAND_OUT_ASSIGNMENT = "hand_out_assignment", "交办"
    CONCLUDE_ASSIGNMENT = "conclude_assignment", "办结交办事项"
    REVOKE_ASSIGNMENT = "revoke_assignment", "撤销交办"
    CARRY_OVER_ASSIGNMENT = "carry_over_assignment", "交办事项转由承接单位办理"

    VOID_DOCUMENT = "void_document", "作废文书"
    CORRECT_RECEIPT = "correct_receipt", "更正纸质回执"
    UPLOAD_SCAN = "upload_scan", "上传盖章扫描件"


class EarlierState(TextChoices):
    """How far a matter that was conducted on paper before it came into the system is registered (补录)."""

    RECORDING = "recording", "补录中"
    HANDED_IN = "handed_in", "补录待复核"
    CONFIRMED = "confirmed", "补录"
    DISCARDED = "discarded", "补录作废"


class TaskState(TextChoices):
    """Where one rectification task stands."""

    ASSIGNED = "assigned", "待报告"
    REPORTED = "reported", "已报告，待核查"
    RETURNED = "returned", "已退回，待重新报告"
    ACCEPTED = "accepted", "已销号"
    REVOKED = "revoked", "已撤销"


UNREPORTED_TASK_STATES = (TaskState.ASSIGNED, TaskState.RETURNED)


class ReportKind(TextChoices):
    """What a report on a task says: that it is done, or how far it is."""

    COMPLETION = "completion", "整改报告"
    PROGRESS = "progress", "进展报告"


class ReportRhythm(TextChoices):
    """How often the interviewed side tells how far a task is, as agreed in the interview."""

    NONE = "", "不要求"
    WEEKLY = "weekly", "每周"
    FORTNIGHTLY = "fortnightly", "每两周"
    MONTHLY = "monthly", "每月"

    @property
    def words(self) -> str:
        """As minutes say it; empty where nothing was agreed."""
        return f"{self.label}报告一次进展" if self else ""


class LetterState(TextChoices):
    """Where a reminder letter stands."""

    DRAFTED = "drafted", "待签发"
    RETURNED = "returned", "待修改"
    ISSUED = "issued", "已印发"
    CANCELLED = "cancelled", "草稿已作废"


class MeasureState(TextChoices):
    """Where a measure of a 责任制 stands."""

    DRAFTED = "drafted", "拟稿"
    IN_REVIEW = "in_review", "核稿中"
    PROPOSED = "proposed", "待领导审定"
    DECIDED = "decided", "已审定，待印发"
    SERVED = "served", "已印发送达"
    ENDED = "ended", "整改完成"
    DECLINED = "declined", "不予实施"
    WITHDRAWN = "withdrawn", "已撤回"
    SUGGESTED = "suggested", "已提出书面建议"
    REVOKED = "revoked", "已撤销"


class AssignmentState(TextChoices):
    """Where a 交办事项 stands."""

    RUNNING = "running", "办理中"
    CONCLUDED = "concluded", "已办结"
    REVOKED = "revoked", "已撤销交办"
