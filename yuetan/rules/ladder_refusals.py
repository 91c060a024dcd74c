"""Refusals about measures of a 责任制 (责任措施); each says what to do."""

LADDER_SENTENCES: dict[str, str] = {
    "accountability_not_chosen": (
        "本办公室还没有选定执行的责任制文本，不能起草责任措施；请办公室主任先在“办公室设定”里选定。"
    ),
    "measure_laid_incomplete": "责任措施还缺：{missing}。",
    "measure_without_ground": "尚未选择情形，至少选择一项。",
    "measure_ground_of_other_text": "所选情形“{ground}”不是本办公室执行的责任制所列的情形，请重新选择。",
    "measure_rung_elsewhere": "{rung}不在这里办理，请在相应的页面办理。",
    "measure_door_of_other_rung": "所选条件“{words}”不是{rung}的条件，请重新选择。",
    "door_does_not_stand": (
        "{rung}的条件“{words}”现在不成立：{fault}，请核对单位和事由；确有其他条件的，改选其他条件并写明。"
    ),
    "gravity_without_words": "以“{words}”为条件的，须写明危害、影响的具体情况，不能只选条件。",
    "measure_without_case": "{rung}以“{words}”为条件的，须在“关联的约谈事项”里填写是哪一次约谈。",
    "measure_limit_missing": "{rung}须限期整改，尚未写明整改期限。",
    "measure_limit_past": "整改期限{day}不在今天以后，请另定期限。",
    "circumstances_unanswered": "从重、从轻情节尚未逐项答复并写明理由：{which}。",
    "circumstance_without_reason": "{which}的答复没有写明理由。",
    "measure_case_of_other_unit": "关联的约谈事项不是{unit}的，请改选其中一项。",
    "measure_to_own_unit": "{name}现任{unit}{title}，应当回避，不得起草对本单位的责任措施。",
    "measure_recusal": "{name}现任{unit}{title}，应当回避，不得核稿、审定。",
    "measure_drafter_decides": "{name}是拟稿人，不得核稿、审定本人拟写的责任措施。",
    "measure_endorser_decides": "{name}已拟稿或核稿，不得再审定同一责任措施。",
    "measure_for_the_group": "{rung}由{the_group}作出，请办理“核稿责任措施，报领导审定”。",
    "measure_not_as_shown": "责任措施须看过现在的文本再办理，请返回，重新打开本页核对。",
    "measure_not_as_decided": "现在的文本不是审定时的文本，不能印发；请撤回后重新起草。",
    "measure_already_acknowledged": "文书已由{name}于{time}签收，不必再次签收。",
    "measure_not_acknowledged": "文书还没有签收，请先由单位签收或者登记纸质回执，再认定整改完成。",
    "measure_task_open": (
        "整改任务第 {numbers} 项还没有销号，不能认定整改完成；请先核查、销号，逾期未完成的可以据以采取下一档措施。"
    ),
    "measure_met_day_missing": "尚未写明整改完成的日期。",
    "measure_met_day_outside": "整改完成的日期应在送达之日（{served}）以后、今天以前，请核对。",
    "no_interview_after": "本办公室执行的责任制没有规定{rung}以后的约谈。",
    "interview_door_does_not_stand": "约谈的条件“{words}”现在不成立：{fault}，不能启动约谈。",
    "measure_voided": "文书已于{time}作废，不必签收、办理。",
}
