"""What runs all year beside the interviews, and papers of all."""

from yuetan.permissions.permission import (
    ACTING_DIRECTOR,
    ACTING_OFFICER,
    ACTING_SUPERVISOR,
    DIRECTOR,
    HEAD,
    INNER,
    LEADERS,
    OFFICER,
    SIGNERS,
    SUPERVISOR,
    UNIT_SIDE,
    Permission,
)
from yuetan.vocabulary import Party, Role, Verb


def _of_measure(verb: str, label: str, roles: tuple[Role, ...] = (), parties: tuple[Party, ...] = ()) -> Permission:
    return Permission(verb, label, ("accountabilitymeasure",), roles, parties)


def _of_assignment(verb: str, label: str, roles: tuple[Role, ...] = (), parties: tuple[Party, ...] = ()) -> Permission:
    return Permission(verb, label, ("assignment",), roles, parties)


def _of_round(codename: str, label: str, roles: tuple[Role, ...], parties: tuple[Party, ...] = ()) -> Permission:
    return Permission(codename, label, ("supervisionround",), roles, parties)


ROOMS: tuple[Permission, ...] = (
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
    Permission("register_paper_report", "代录纸质报表", ("periodicreport",), (OFFICER,)),
    Permission("excuse_reports", "决定本期不报", ("periodicreport",), (DIRECTOR,)),
    Permission("chase_reports", "催报", ("periodicreport",), (OFFICER, DIRECTOR, SUPERVISOR)),
    Permission("draft_report_analysis", "起草、修改、撤销信息报送分析报告", ("reportanalysis",), (OFFICER,)),
    Permission(
        "endorse_report_analysis",
        "核稿、退回信息报送分析报告（拟稿人以外的人）",
        ("reportanalysis",),
        (DIRECTOR, SUPERVISOR),
    ),
    Permission("issue_report_analysis", "印发信息报送分析报告", ("reportanalysis",), (DIRECTOR, LEADERS)),
    Permission("keep_schemes", "设立、修改、停止报送事项", ("reportscheme",), (OFFICER, DIRECTOR)),
    Permission("mark_report", "标记瞒报、谎报", ("reportmark",), (OFFICER, DIRECTOR)),
    Permission("withdraw_report_mark", "撤销瞒报、谎报的标记", ("reportmark",), (DIRECTOR,)),
    Permission("see_meetings", "查看会议（其他人只看发给自己的通知和交办的议定事项）", ("meeting",), INNER),
    Permission("call_meeting", "召集、修改、取消会议，安排议程", ("meeting",), (OFFICER, DIRECTOR)),
    Permission("convene_meeting", "印发会议通知，登记纸质回执", ("meeting",), (OFFICER, DIRECTOR)),
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
    Permission("propose_assessment_correction", "提出更正公布的考核结果", ("assessment",), (OFFICER, DIRECTOR)),
    Permission(
        "decide_assessment_correction",
        "审定考核更正、印发更正通报（提出人以外的人）",
        ("assessment",),
        (DIRECTOR, LEADERS),
    ),
    _of_round("see_rounds", "查看督导（单位只看自己的，明察暗访到督导日期以后才看得到）", INNER, UNIT_SIDE),
    _of_round("plan_round", "制定、修改、取消督导，改定督导日期，不再督导某一单位", SIGNERS),
    _of_round("announce_round", "印发督导通知书，登记督导文书的纸质回执", (OFFICER, DIRECTOR)),
    _of_round("record_round_finding", "登记、撤回督导情况", SIGNERS),
    _of_round("conclude_visit", "登记督导的集体结论", SIGNERS),
    _of_round("issue_round_opinion", "印发督导意见书", (OFFICER, DIRECTOR)),
    _of_round("end_round", "结束督导", SIGNERS),
    _of_round("receive_round_paper", "签收发给本单位的督导通知书、督导意见书", (), UNIT_SIDE),
)
