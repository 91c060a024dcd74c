"""Refusals about rounds of 督导: planning, notice, findings, conclusion, what was told, and what follows."""

ROUND_SENTENCES: dict[str, str] = {
    # 方案
    "round_incomplete": "督导方案还缺：{missing}。",
    "round_begins_past": "开始日期{day}已过，不得早于今天，请改定。",
    "round_ends_first": "结束日期{end}早于{begin}，不得早于开始日期，请核对。",
    "round_team_small": "督导组至少{least}人，现有{number}人，请补齐成员。",
    "round_leader_outside": "带队人{name}不在督导组成员里，请把{name}选为成员，或者另选带队人。",
    "round_member_outside": "{name}现在不是{the_group}、{the_office}的在任人员，不能参加督导组，请另选成员。",
    "round_member_recused": "{name}任职于{unit}，应当回避，不能参加对该单位的督导，请另选成员。",
    "round_unit_twice": "{unit}列了不止一次，一次督导一个单位只列一行，请合并督导内容。",
    "round_visit_incomplete": "第{number}个督导单位还缺：{missing}。",
    "round_visit_outside": "{unit}的督导日期{day}不在{days}以内，请核对。",
    "round_over": "“{round}”现在是“{state}”，不能再{what}。",
    # 通知
    "round_unannounced": "明察暗访到督导日期以前不告知单位，不能印发督导通知书；请到督导日期以后直接登记督导情况。",
    "round_days_over": "督导期已于{day}结束，请先修改督导方案的日期，再印发督导通知书。",
    "round_paper_received": "{name}已于{when}签收{paper}，不必重复签收。",
    # 改期、不再督导
    "visit_over": "{unit}的督导现在是“{state}”，不能再{what}。",
    "visit_day_come": "{unit}的督导日期{day}已到，不能再改期；改在以后去的，登记督导情况时写明实际日期。",
    "visit_day_past": "新的督导日期{day}不得早于今天，请改定。",
    "round_team_incomplete": "调整督导组还缺：{missing}。",
    "round_team_unchanged": "督导组没有变动，不必调整；请改定成员或者带队人。",
    "visit_day_missing": "尚未填写新的督导日期。",
    "round_units_told": "已向{units}印发督导意见书，不能取消这次督导；其余单位请分别写明原因不再督导，再结束督导。",
    "round_units_open": "{units}还没有印发督导意见书，不能结束督导；请先印发，或者写明原因不再督导。",
    "round_all_dropped": "所列单位都不再督导，没有督导可以结束；请取消这次督导并写明原因。",
    # 情况
    "finding_before_notice": "还没有印发督导通知书，不能登记督导情况，请先通知单位。",
    "finding_before_day": "{unit}的督导日期是{day}，到督导日期以前不能登记督导情况；提前去的，请先改定督导日期。",
    "round_finding_incomplete": "督导情况还缺：{missing}。",
    "round_finding_early": "现场日期{day}早于督导日期{first}，请核对；提前去的，请先改定督导日期。",
    "round_finding_ahead": "现场日期不得晚于今天，请核对。",
    "round_finding_people": "现场督导须有督导组成员至少{least}人在场，现选{number}人，请补齐。",
    "round_finding_stranger": "{name}不是督导组成员，不能列为现场督导的人员，请另选。",
    "round_finding_withdrawn": "这项督导情况已由{name}撤回，不必再撤回。",
    # 结论
    "conclusion_without_finding": "{unit}还没有登记督导情况，不能登记结论，请先登记。",
    "round_conclusion_incomplete": "集体结论还缺：{missing}。",
    "conclusion_by_outsider": "{name}不是督导组成员，现在也不是{the_group}、{the_office}的在任人员，不能列名集体结论。",
    "conclusion_early": "集体研究日期{day}早于最后一次现场督导（{last}），请核对。",
    "conclusion_ahead": "集体研究日期不得晚于今天，请核对。",
    "demands_of_no_problem": "没有登记发现的问题，不能提出整改要求；请先登记发现的问题，或者不填整改要求。",
    # 反馈
    "opinion_without_conclusion": "{unit}还没有登记集体结论，不能印发督导意见书，请先登记结论。",
    "conclusion_outdated": "登记结论以后{unit}的督导情况又有变动，请重新登记集体结论，再印发督导意见书。",
    "round_opinion_not_as_shown": "督导记录在您打开本页以后已有变动，请看过现在的文稿再印发。",
    # 更正
    "opinion_correction_early": "{unit}的督导意见书还没有印发，不用更正；督导情况、集体结论有误的，请直接重新登记。",
    "opinion_correction_late": "“{round}”已经结束，卷宗已可归档，督导意见书不能再更正；"
    "需要向{unit}说明或者另提要求的，请发提醒函，或者另行督导。",
    "opinion_without_finding": "更正后没有一项督导情况，不能成为督导意见书，请至少保留一项或者补登一项。",
    "opinion_unchanged": "更正后的督导情况、结论和整改要求与已印发的督导意见书相同，无需更正。",
    "opinion_handed_out": "意见书上的问题已交办{unit}整改，问题和整改要求不能由更正改变；"
    "请先由办公室主任撤销交办，更正印发后再交办，已经办结的请发提醒函或者另行督导。",
    "opinion_correction_not_open": "{visit}没有待印发的督导意见书更正稿，可能已经印发或者放弃，请刷新页面。",
    "opinion_being_corrected": "{unit}的督导意见书正在更正，不能{what}；请先印发更正稿，或者放弃更正。",
    # 之后
    "follow_up_before_opinion": "{unit}的督导意见书还没有印发，不能据此{what}，请先印发督导意见书。",
    "follow_up_without_problem": "对{unit}的督导没有登记发现的问题，不能据此{what}。",
    "follow_up_other_unit": "这一事项不是关于{unit}的，不能记为这次督导之后的事项。",
    "round_tasks_given": "督导发现问题的整改已经交办，不能再次交办；交办有误的，请办公室主任先撤销交办。",
    "round_tasks_missing": "尚未填写整改任务，至少填写一项。",
    "round_task_incomplete": "第{number}项整改任务还缺：{missing}。",
    "round_task_past": "第{number}项整改任务的完成时限{due}须在今天以后，请另定。",
}
