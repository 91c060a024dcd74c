"""What is done with 提醒函."""

from yuetan.permissions.permission import (
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
from yuetan.vocabulary import Verb

LETTERS: tuple[Permission, ...] = (
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
)
