"""What refuses requests, new limits, pauses and 问责处理: codes and sentences, part of SENTENCES in refusals.py."""

RECTIFICATION_SENTENCES: dict[str, str] = {
    "undecided": "有 {count} 件{what}尚未办理，须先由{who}办理{steps}，再办本步骤。",
    "consequence_incomplete": "问责处理还缺：{missing}；没有决定文书的，不能登记。",
    "consequence_ahead": "问责处理的决定日期不得晚于今天。",
    "consequence_before_interview": "问责处理的决定日期不得早于约谈之日（{held}）。",
    "correction_of_nothing": "更正误登的，须选择更正哪一条登记。",
    "consequence_already_corrected": "所选的登记不是本事项的，或者已经更正、待核对更正，不能再更正。",
    "no_consequence_to_confirm": "没有待核对的问责处理登记。",
    "recorder_confirms": "{name}是登记人，不得核对本人的登记，请另一人核对。",
    "new_due_before_running": "新的时限不得早于所选任务现在的时限{due}，时限只能后延。",
    "new_due_too_soon": "新的时限须在今天之后 {days} 个工作日以上，最早为{earliest}。",
    "new_due_too_far": "新的时限最多后延 {most} 个工作日，最晚为{latest}。",
    "no_rework_requested": "尚无督查员提请，不能另定时限；请督查员先提请，写明任务、原因和新的时限。",
    "rework_pending": "已提请{kind}，待办公室主任决定，决定以前不能另行提请、另作结论。",
    "requester_decides": "{name}是提请人，不得决定本人的提请，请另一人提请或者决定。",
    "rework_overtaken": "提请的新时限{due}现在不能照准（{why}），请不同意本次提请，由督查员重新提请。",
    "pause_end_missing": "尚未填写计划恢复计时的日期。",
    "pause_end_past": "计划恢复计时的日期须在今天以后。",
    "pause_too_long": "第 {number} 项整改任务合计最多中止 {most} 个工作日（已中止 {used} 个），最晚到{latest}恢复。",
    "pause_asker_missing": "尚未选择由谁提出中止计时。",
}
