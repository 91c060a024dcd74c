"""Refusals of a correction that would move the account of tasks otherwise than it may be moved."""

MINUTES_SENTENCES: dict[str, str] = {
    "correction_changes_nothing": "更正后的内容与已印发的纪要相同，无需更正；已拟的更正稿不再需要的，请放弃更正。",
    "correction_changes_count": "整改措施已经交办（共 {count} 项），更正不能增减，只能改写各项的内容和时限。",
    "correction_of_settled_task": "第 {number} 项整改任务{state}，其措施、时限不能更正；文字表述可以更正，"
    "更正稿不再需要的，请办理“放弃纪要更正”。",
    "correction_over_extension": "第 {number} 项整改任务有待审批的延期申请，请先审批，再更正时限。",
    "correction_of_moved_limit": "第 {number} 项整改任务的时限已变动为{due}，不能再更正；"
    "确需变动的，请被约谈方申请延期，更正稿不再需要的，请办理“放弃纪要更正”。",
    "correction_limit_past": "第 {number} 项整改任务更正后的时限须在今天以后。",
}
