"""What is done with measures of a 责任制, and with the restrictions that they bring."""

from yuetan.permissions.permission import (
    ACTING_DIRECTOR,
    ACTING_OFFICER,
    ACTING_SUPERVISOR,
    DIRECTOR,
    HEAD,
    INNER,
    LEADERS,
    OFFICER,
    SUPERVISOR,
    UNIT_SIDE,
    Permission,
)
from yuetan.vocabulary import Party, Role, Verb


def _on_measure(verb: str, label: str, roles: tuple[Role, ...] = (), parties: tuple[Party, ...] = ()) -> Permission:
    return Permission(verb, label, ("accountabilitymeasure",), roles, parties)


MEASURES: tuple[Permission, ...] = (
    _on_measure("see_measure", "查看责任措施（单位只看送达后的）", INNER, UNIT_SIDE),
    _on_measure(Verb.DRAFT_MEASURE, "起草责任措施", (OFFICER,)),
    _on_measure(Verb.REVISE_MEASURE, "修改责任措施的拟稿", (), (Party.DRAFTER,)),
    _on_measure(Verb.SUBMIT_MEASURE, "责任措施报核", (), (Party.DRAFTER,)),
    _on_measure("return_measure_review", "核稿时退回责任措施", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _on_measure("return_measure_proposal", "审定时退回责任措施", (LEADERS,)),
    _on_measure(Verb.ENDORSE_MEASURE, "核稿责任措施，报领导审定", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _on_measure("decide_measure_by_office", "审定由办公室作出的责任措施", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _on_measure(Verb.DECIDE_MEASURE, "审定报领导的责任措施", (LEADERS,)),
    _on_measure("decline_measure_by_office", "核稿时不予实施责任措施", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _on_measure(Verb.DECLINE_MEASURE, "审定时不予实施责任措施", (LEADERS,)),
    _on_measure(Verb.WITHDRAW_MEASURE, "撤回责任措施的拟稿", (), (Party.DRAFTER,)),
    _on_measure("withdraw_decided_measure", "撤回已审定、未印发的责任措施", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _on_measure(Verb.SERVE_MEASURE, "印发送达责任措施", (OFFICER,), (ACTING_OFFICER,)),
    _on_measure(Verb.SERVE_ALONGSIDE, "印发时将一并通报的单位各立一项", (OFFICER,), (ACTING_OFFICER,)),
    _on_measure(Verb.ACKNOWLEDGE_MEASURE, "签收责任措施", (), UNIT_SIDE),
    _on_measure(Verb.REGISTER_MEASURE_RECEIPT, "登记责任措施的纸质回执", (OFFICER,), (ACTING_OFFICER,)),
    _on_measure(Verb.OPEN_INTERVIEW, "据逾期未完成整改的通报提出约谈建议", (OFFICER,), (ACTING_OFFICER,)),
    _on_measure(Verb.CONCLUDE_MEASURE, "认定责任措施的整改目标完成", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _on_measure(Verb.ASK_CONSULTATION, "实施一票否决前商有关部门", (OFFICER,), (ACTING_OFFICER,)),
    _on_measure(Verb.RECORD_CONSULTATION, "登记有关部门对责任措施的意见", (OFFICER,), (ACTING_OFFICER,)),
    _on_measure(Verb.EXCUSE_CONSULTATION, "记录有关部门未答复的原因", (LEADERS,)),
    _on_measure(Verb.REGISTER_MEASURE_DECISION, "登记责任措施的会议审定", (OFFICER, DIRECTOR)),
    _on_measure(Verb.CONFIRM_MEASURE_DECISION, "复核登记的责任措施审定（登记人以外的人）", (OFFICER, DIRECTOR)),
    _on_measure(Verb.CONFIRM_MEASURE_DECLINED, "复核登记的不予实施（登记人以外的人）", (OFFICER, DIRECTOR)),
    _on_measure(Verb.RETURN_MEASURE_REGISTRATION, "退回责任措施审定登记", (OFFICER, DIRECTOR)),
    _on_measure(Verb.SET_WORK_TEAM, "组建、调整挂牌督办的工作组", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _on_measure(Verb.RECORD_TEAM_REPORT, "登记工作组报告", (OFFICER, SUPERVISOR), (ACTING_OFFICER, ACTING_SUPERVISOR)),
    _on_measure(Verb.ASK_DELISTING, "申请摘牌", (), (HEAD,)),
    _on_measure(Verb.PROPOSE_DELISTING, "提请摘牌", (SUPERVISOR,), (ACTING_SUPERVISOR,)),
    _on_measure(Verb.GRANT_DELISTING, "同意摘牌（由审定挂牌的一方）", (DIRECTOR, LEADERS), (ACTING_DIRECTOR,)),
    _on_measure(Verb.REFUSE_DELISTING, "不同意摘牌（由审定挂牌的一方）", (DIRECTOR, LEADERS), (ACTING_DIRECTOR,)),
    _on_measure(Verb.PROPOSE_VETO, "就驻本地单位的一票否决提出书面建议", (OFFICER,), (ACTING_OFFICER,)),
    _on_measure(Verb.REFER_MEASURE, "移送有权机关", (DIRECTOR,), (ACTING_DIRECTOR,)),
    _on_measure(Verb.RECORD_REFERRAL_RECEIPT, "登记移送、书面建议的签收", (OFFICER,), (ACTING_OFFICER,)),
    _on_measure(Verb.RECORD_REFERRAL_OUTCOME, "登记移送、书面建议的结果", (OFFICER,), (ACTING_OFFICER,)),
    _on_measure(Verb.PREPARE_PLEA, "填写申述", (), UNIT_SIDE),
    _on_measure(Verb.STATE_PLEA, "提出申述", (), (HEAD,)),
    _on_measure(Verb.REGISTER_PLEA, "代录纸质申述", (OFFICER,), (ACTING_OFFICER,)),
    _on_measure(Verb.WITHDRAW_PLEA, "撤回申述", (), (HEAD,)),
    _on_measure(Verb.DRAFT_PLEA_ANSWER, "拟写申述答复", (OFFICER,), (ACTING_OFFICER,)),
    _on_measure(Verb.RETURN_PLEA_ANSWER, "退回申述答复（由审定该措施的一方）", (DIRECTOR, LEADERS), (ACTING_DIRECTOR,)),
    _on_measure(Verb.UPHOLD_MEASURE, "维持责任措施（由审定该措施的一方）", (DIRECTOR, LEADERS), (ACTING_DIRECTOR,)),
    _on_measure(Verb.REVOKE_MEASURE, "撤销责任措施（由审定该措施的一方）", (DIRECTOR, LEADERS), (ACTING_DIRECTOR,)),
    _on_measure(Verb.CARRY_OVER_MEASURE, "将已撤并单位的责任措施转由承接单位办理", (DIRECTOR,)),
)
