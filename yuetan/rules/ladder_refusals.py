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
    "work_team_missing": "还没有派驻工作组，不能登记工作组报告；请先由办公室主任组建工作组。",
    "work_team_incomplete": "工作组成员须逐人写明姓名和单位、职务，请补齐。",
    "work_team_leader": "工作组须有一名组长，而且只有一名，请在其中选定。",
    "work_team_twice": "工作组成员重复：{names}，每人只写一次。",
    "work_team_recusal": "{name}现任{unit}{title}，应当回避，不得参加对本单位的工作组。",
    "work_team_reason_missing": "尚未写明调整工作组的原因。",
    "work_team_day_missing": "尚未写明工作组从哪天起。",
    "work_team_day_outside": "工作组的起始日期应在{earliest}以后、今天以前，请核对。",
    "team_report_missing": "尚未写明工作组报告的内容。",
    "team_report_day_missing": "尚未写明工作组报告的日期。",
    "team_report_day_outside": "工作组报告的日期应在派驻之日（{first}）以后、今天以前，请核对。",
    "delisting_task_open": "整改任务第 {numbers} 项还没有销号，不能摘牌；请先报送整改报告，经核查销号后再申请、提请。",
    "delisting_waits": "已经申请或者提请摘牌，正等待决定，不必再次申请、提请。",
    "delisting_not_asked": "还没有摘牌的申请、提请；请先由单位申请，或者由督查员提请。",
    "delisting_not_checked": (
        "最后一份整改报告报送以后，还没有两人以上的现场核查，不能摘牌；请先由督查员办理“记录现场核查”。"
    ),
    "delisting_by_director": "这次挂牌由{the_office}主任审定，摘牌由其决定。",
    "delisting_by_leaders": "这次挂牌由{the_leaders}审定，摘牌由其决定。",
    "delisting_words_missing": "尚未写明摘牌的理由。",
    "delisting_in_force": "摘牌已经作出，摘牌通知书不能作废；有误的，另行行文说明。",
    "measure_voided": "文书已于{time}作废，不必签收、办理。",
}
