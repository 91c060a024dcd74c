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
    "measure_limit_not_of_rung": "{rung}不限期整改，请不要填写整改期限。",
    "measure_for_a_meeting": (
        "{rung}须商有关部门、由会议研究决定，不能由领导个人审定；请列入会议议程，会后办理“登记会议审定”。"
    ),
    "consultation_missing": "{rung}须商有关部门，还没有商过任何部门；请先办理“商有关部门”。",
    "consultation_open": "还有部门没有答复：{which}；请登记其意见，不答复的由领导记录原因。",
    "consultation_not_of_rung": "{rung}不须商有关部门。",
    "consultation_without_department": "尚未写明商哪些部门，一行写一个。",
    "consultation_known": "已经商过{which}，不必重复。",
    "consultation_with_own_unit": "{which}就是所涉单位，不能作为有关部门。",
    "consultation_department_long": "部门名称“{which}”过长，一行写一个部门，不超过 {most} 字。",
    "no_consultation_open": "没有等待答复的部门。",
    "consultation_not_chosen": "尚未选择是哪个部门。",
    "consultation_incomplete": "部门意见还缺：{missing}。",
    "consultation_day_outside": "答复日期应在商请之日（{asked}）以后、今天以前，请核对。",
    "measure_decision_registered": "会议审定已经登记，等待另一人复核；复核或者退回以前不能办理。",
    "no_measure_decision_registered": "还没有登记会议审定，请先办理“登记会议审定”。",
    "measure_decision_other": "登记的审定结果是“{decision}”，请办理“{step}”。",
    "measure_item_missing": "尚未选择会议记录；会议对这项责任措施作出审定、登记结论以后，才能登记。",
    "measure_meeting_before_text": "{meeting}开始时，现在这份文本还没有核稿报审定，不能据以登记；请重新列入会议议程。",
    "measure_registrar_confirms": "{name}是登记人，须由办公室另一人对照会议记录复核。",
    "joint_rung_in_force": "{rung}的限制到{day}期满，期满以前不能办结。",
    "measure_voided": "文书已于{time}作废，不必签收、办理。",
}
