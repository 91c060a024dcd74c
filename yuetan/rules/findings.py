"""Every refusal the product knows: a code and its sentence. Which article a code carries is a row of data."""

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True)
class Finding:
    """Something that is missing: a code of SENTENCES, the form field it is about, the words that fill the sentence."""

    code: str
    field: str = ""
    words: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def sentence(self) -> str:
        """The sentence without its citation."""
        return SENTENCES[self.code].format(**self.words)


def found(code: str, field: str = "", /, **words: object) -> Finding:
    """A finding in one line; raises KeyError at once for a code nobody defined."""
    if code not in SENTENCES:
        raise KeyError(code)
    return Finding(code, field, words)


SENTENCES: dict[str, str] = {
    # 建议
    "matter_missing": "尚未写明约谈事由。",
    "facts_missing": "尚未写明存在问题的事实。",
    "no_ground": "尚未选择约谈情形，至少选择一项。",
    "ground_of_wrong_kind": "所选情形“{ground}”不适用于{unit_kind}。",
    "other_without_words": "选择“其他需要约谈的情形”的，须写明具体情形。",
    "interviewee_missing": "尚未选定约谈对象（{heads}）。",
    "interviewee_not_head": "{name}不是{unit}现任{heads}，不能作为约谈对象。",
    "interviewees_need_different_interviewers": "所选约谈对象职级不同，适用不同的约谈人，请分别提出建议。",
    "interviewer_missing": "尚未指定约谈人（{post}）。",
    "interviewer_post_vacant": "{post}暂缺，不能确定约谈人，请系统管理员先登记任职。",
    "wrong_interviewer": "约谈人应为{post}，{name}现不任此职。",
    # 核稿与审定
    "drafter_endorses": "{name}是拟稿人，不得核稿本人拟写的建议。",
    "drafter_or_endorser_approves": "{name}已拟稿或核稿，不得再审定同一建议。",
    "recusal": "{name}现任被约谈单位{unit}{title}，应当回避，不得审定。",
    "not_approving_post": "审定由{posts}作出，{name}现不任此职。",
    "approver_missing": "尚未选择作出审定的领导。",
    "not_your_approval": "线上审定须由领导本人办理，办公室只登记会议审定或签批件。",
    "leader_registers": "领导本人审定的，方式应为线上审定；会议审定、签批件由办公室登记。",
    "approval_meeting_missing": "登记会议审定的，须写明会议名称及届次。",
    "approval_proof_missing": "以{method}方式审定的，须上传会议纪录或签批件的扫描件。",
    "approval_date_missing": "登记{method}的，须写明审定日期。",
    "approval_date_ahead": "审定日期不得晚于今天。",
    "opinion_missing": "尚未填写意见。",
    "reason_missing": "尚未写明{what}的原因。",
    "approvals_empty": "尚未选择要审定的事项。",
    "approvals_too_many": "一次最多一并审定 {most} 件。",
    # 委托审定
    "delegation_not_allowed": "现在不允许委托审定。",
    "nothing_to_delegate": "审定由{posts}作出，{name}现不任此职，没有可以委托的审定权。",
    "delegation_incomplete": "委托还缺：{missing}。",
    "delegation_to_oneself": "不能委托本人。",
    "delegate_not_leader": "{name}现不任领导小组职务，不能受委托审定。",
    "delegation_begins_past": "委托的开始日期不得早于今天。",
    "delegation_ends_first": "委托的结束日期不得早于开始日期（{begins}）。",
    "delegation_too_long": "一次委托最长 {days} 天。",
    "delegation_overlaps": "{span}已委托{name}，同一天只能委托一人；要改委托他人，请先提前结束这次委托。",
    "delegation_over": "{span}的委托已经结束，不能再提前结束。",
    "delegation_not_in_force": "{name}没有委托{delegate}审定，或者委托不在有效期内。",
    "delegator_drafted": "委托人{name}已拟稿或核稿，不得委托他人审定同一建议。",
    "delegator_recusal": "委托人{name}现任被约谈单位{unit}{title}，应当回避，不得委托他人审定。",
    "delegator_not_approving": "审定由{posts}作出，委托人{name}现不任此职，委托不再有效。",
    # 通知
    "notice_incomplete": "约谈通知还缺：{missing}。",
    "notice_time_past": "约谈时间{time}已过，须另定将来的时间。",
    "notice_time_too_soon": "约谈时间须在通知后 {days} 个工作日之后，最早为{earliest}。",
    "interview_clash": "{who}于{time}另有约谈（{title}），相距不足 {hours} 小时；确需如此安排的，请勾选“{tick}”。",
    "receipt_already_signed": "本通知已由{name}于{time}签收。",
    "receipt_incomplete": "登记纸质回执还缺：{missing}。",
    "receipt_before_notice": "签收日期不得早于通知印发日期（{issued}）。",
    "receipt_ahead": "签收日期不得晚于今天。",
    # 改期与请假
    "interviewee_post_vacant": "{unit}{post}暂缺，待新任登记后方可改期；不再约谈的，请撤回。",
    "interviewees_not_as_approved": "改期不得增减约谈对象，经审定的是{approved}；须增减的，请撤回后另行报审。",
    "successor_needs_another_interviewer": "{name}（{rank}）应由{post}约谈，不能以改期更换约谈人；请撤回后另行报审。",
    "interviewer_still_in_post": "约谈人{name}仍任{post}，改期不得更换约谈人。",
    "interviewee_left_post": "约谈对象{name}已不任{title}，须先改期，通知现任{heads}。",
    "interviewer_left_post": "约谈人{name}已不任{post}，须先改期，确定现任{post}为约谈人。",
    "everybody_on_leave": "约谈对象均已准假，须先改期。",
    "leave_too_late": "约谈时间{time}已到，不能再请假。",
    "leave_already_asked": "约谈对象均已请假，不必再次请假。",
    "leave_asked_for_this_one": "{name}已经请假（{outcome}），不必再次请假。",
    "leave_of_nobody": "尚未选择请假的约谈对象。",
    "no_leave_to_decide": "没有待审批的请假。",
    # 书面材料
    "submission_incomplete": "书面材料还缺：{missing}。",
    "submission_missing_unnoted": "被约谈方尚未提交书面材料，须在记录中注明“未提交”。",
    "submission_empty": "尚未填写书面材料，不能提交。",
    "submission_closed": "约谈时间已到，已经提交的书面材料不能再更换。",
    # 约谈
    "interview_not_yet": "约谈时间{time}未到，不能记录约谈。",
    "interviewer_absent": "约谈应由{post}{name}进行，记录未载明其到会。",
    "substitute_attendee": "约谈对象{name}须本人到会，不得委托{other}代为接受约谈；未到会的请记为缺席并写明原因。",
    "absence_reason_missing": "{name}缺席，尚未写明缺席原因。",
    "problems_missing": "约谈记录还缺：约谈事由和目的、通报的存在问题。",
    "statement_missing": "约谈记录还缺：被约谈方的陈述说明和拟采取的整改措施。",
    "discussion_missing": "约谈记录还缺：讨论分析情况。",
    "no_measure": "尚未确定整改措施，至少一项。",
    "measure_without_content": "第 {number} 项整改措施还缺：内容。",
    "measure_without_time_limit": "第 {number} 项整改措施还缺：时限。",
    "measure_incomplete": "第 {number} 项整改措施还缺：{missing}。",
    "measure_due_too_soon": "第 {number} 项整改措施的时限须在约谈之日以后。",
    # 纪要
    "minutes_text_missing": "约谈纪要还缺正文。",
    "minutes_without_measures": "约谈纪要未载明整改措施及时限。",
    "minutes_not_confirmed": "纪要文本尚未经约谈人{name}确认。",
    "minutes_already_confirmed": "纪要文本已经约谈人确认，请等待被约谈方反馈或印发。",
    "minutes_not_sent": "纪要文本尚未送被约谈方确认。",
    "minutes_already_sent": "纪要文本已送被约谈方确认。",
    "minutes_awaiting_answer": "纪要已送被约谈方确认，尚未反馈；可于{until}之后印发。",
    "minutes_answered": "被约谈方已经反馈意见。",
    "objection_missing": "选择“有异议”的，须写明异议内容。",
    "correction_changes_nothing": "更正后的文字与已印发的纪要相同，无需更正。",
    "no_correction_to_confirm": "没有待确认的纪要更正。",
    # 整改
    "report_empty": "第 {number} 项整改任务尚未填写落实情况，不能报送。",
    "no_task_to_report": "没有待报告的整改任务。",
    "no_report_to_review": "没有待核查的整改报告。",
    "task_not_reportable": "第 {number} 项整改任务{state}，现在不能报告。",
    "task_not_reviewable": "第 {number} 项整改任务{state}，现在不能核查。",
    "extension_not_later": "新的时限须晚于现在的时限{due}。",
    "extension_pending": "第 {number} 项整改任务已有待审批的延期申请。",
    "extension_too_long": "第 {number} 项整改任务一次最多延期 {most} 个工作日，最晚为{latest}。",
    "extension_too_often": "第 {number} 项整改任务已延期 {times} 次，最多延期 {most} 次。",
    "extension_overtaken": "第 {number} 项整改任务的时限现为{due}，已不早于申请的日期，请被约谈方重新申请。",
    "task_not_pausable": "第 {number} 项整改任务{state}，不能中止计时。",
    "task_already_paused": "第 {number} 项整改任务已自{began}起中止计时。",
    "task_overdue_not_pausable": "第 {number} 项整改任务已过时限（{due}），不能中止计时。",
    "task_not_paused": "第 {number} 项整改任务没有中止计时，不必恢复。",
    "no_task_to_pause": "没有正在计时的整改任务。",
    "no_paused_task": "没有中止计时的整改任务。",
    "task_paused": "第 {number} 项整改任务中止计时，恢复计时后才能启动督查。",
    "no_extension_to_decide": "没有待审批的延期申请。",
    "no_task_to_chase": "尚未选择要催办的整改任务。",
    "no_task_owed": "没有正在计时的待报告整改任务，不必催办。",
    "task_not_chasable": "第 {number} 项整改任务{state}，不必催办。",
    "task_paused_not_chasable": "第 {number} 项整改任务中止计时，恢复计时后才能催办。",
    "chase_words_missing": "尚未填写催办内容。",
    "no_chase_to_answer": "没有待回复的催办。",
    "chase_answered": "这次催办已由{name}回复。",
    "reply_missing": "尚未填写回复内容。",
    "no_task_overdue": "没有逾期未报告的整改任务，不能印发督办函。",
    # 督查
    "tasks_still_running": "第 {number} 项整改任务尚未报告且未到时限（{due}），不能启动督查。",
    "task_unreported": "第 {number} 项整改任务尚未书面报告落实情况，不能办结。",
    "task_unaccepted": "第 {number} 项整改任务尚未核查销号，不能办结。",
    "inspection_findings_missing": "尚未填写督查情况。",
    "send_back_without_conclusion": "尚无督查结论，不能退回整改。",
    "inspection_not_concluded": "尚无督查结论，不能办结。",
    "conclusion_without_basis": "督查结论须写明依据（查实有据、查否有据）。",
    "conclusion_not_rectified": "督查结论为整改不到位，应退回整改或记录问责处理后方可办结。",
    "conclusion_against_tasks": "第 {number} 项整改任务尚未销号，不能作出“整改到位”的结论。",
    "no_task_chosen": "尚未选择退回的整改任务。",
    "task_not_returnable": "第 {number} 项整改任务已销号，不能退回。",
    "new_due_missing": "退回整改须写明新的时限。",
    "new_due_past": "新的时限须在今天以后。",
    "basis_missing": "问责处理须写明依据文书及内容。",
    # 提醒函
    "letter_addressee_missing": "尚未选择提醒函的主送单位。",
    "letter_addressee_not_member": "{unit}不是成员单位；发提醒函须注明其为重点打击问题牵头单位。",
    "letter_lead_matter_missing": "以重点打击问题牵头单位发函的，须写明牵头的重点打击问题。",
    "letter_incomplete": "提醒函还缺：{missing}。",
    "letter_other_unit": "提醒函的主送单位与所附约谈事项的单位不一致。",
    "letter_to_own_unit": "{name}现任{unit}{title}，应当回避，不得起草发往本单位的提醒函。",
    "letter_recusal": "{name}现任主送单位{unit}{title}，应当回避，不得签发。",
    "letter_drafter_approves": "{name}是拟稿人，不得签发本人起草的提醒函。",
    "letter_already_acknowledged": "本函已由{name}于{time}签收。",
    # 文书与文号
    "paper_already_replaced": "本文书已被{number}替代，不必作废。",
    "paper_already_voided": "本文书已于{time}由{name}作废。",
    "notice_in_force": "本通知是现行的约谈通知，不能直接作废；约谈有变的，请办理改期或者撤回。",
    "minutes_in_force": "纪要是交办整改和督查的依据，不能直接作废；文字有误的，请办理更正。",
    "letter_voided": "本函已于{time}作废，不必签收。",
    "purpose_missing": "尚未写明{what}。",
    "number_not_reserved": "{number}{state}，不是可以使用的预留文号。",
    # 文书
    "character_without_glyph": "公文字库中没有下列字，不能印制：{characters}。请核对，或由系统管理员补装字体。",
    # 文件
    "file_refused": "{problem}。",
    # 单位与任职
    "unit_incomplete": "单位还缺：{missing}。",
    "unit_code_taken": "代码{code}已由{unit}使用。",
    "unit_retired": "{unit}已停用。",
    "unit_in_use": "{unit}还有{what}，不能停用。",
    "unit_parent_missing": "镇（街）须选择所属市（区）。",
    "post_incomplete": "任职还缺：{missing}。",
    "post_not_of_unit": "{unit}不设“{post}”这一职务。",
    "post_taken": "{unit}{post}现由{name}担任，请先登记其离任。",
    "post_ahead": "任职、离任日期不得晚于今天：变动在生效当天登记。",
    "post_end_before_start": "离任日期不得早于任职日期（{began}）。",
    "post_overlaps": "{unit}{post}在该期间已有任职记录（{name}）。",
    "post_ended": "该任职已于{ended}结束。",
    "separate_duties": "{name}已任{title}；系统管理员、安全审计员不得兼任办理、审定、被约谈职务。",
    "username_missing": "尚未填写账号。",
    "username_taken": "账号“{username}”已被使用。",
    "password_missing": "新设账号须填写初始密码。",
    "password_weak": "{problem}",
    # 办公室设定
    "setting_not_number": "“{label}”须为 0 至 90 的整数。",
    "setting_not_days": "“{label}”须为 1 至 90 的整数，用顿号隔开，如“5、3、1”。",
    "setting_not_prefix": "“{label}”须为 2 至 12 个汉字，不含括号、年份和序号。",
    "setting_not_chosen": "“{label}”须选“是”或者“否”。",
    "setting_without_post": "“{label}”至少选择一个职务。",
    # 工作日历
    "calendar_day_missing": "尚未填写日期。",
    "calendar_name_missing": "放假或者调休上班的，须写明名称，如“国庆节”。",
    "calendar_unchanged": "{day}本来就是这样安排的，没有改动。",
    "calendar_day_plain": "{day}按周历就是{kind}，不必另作安排；要恢复周历的请选“按周历”。",
    "calendar_source_missing": "确认放假安排须写明依据，如国务院办公厅通知的文号。",
    "calendar_year_known": "{year}年的放假安排已经确认。",
    "calendar_year_empty": "{year}年还没有录入任何放假或者调休的日子，先录入再确认。",
    # 扫描件与成批打印
    "scan_missing": "尚未选择扫描件。",
    "scan_of_wrong_kind": "盖章扫描件只收 {taken}。",
    "batch_empty": "尚未选择文书。",
    "batch_too_large": "一次最多选择 {most} 份文书。",
    # 标准段落
    "wording_empty": "尚未填写段落文字。",
    "wording_several_paragraphs": "一个标准段落只写一段，不能换行。",
    "wording_too_long": "标准段落不得超过 {most} 字。",
    "wording_unknown_variable": "变量{name}不能用在这里，可用的有：{allowed}。",
    "wording_malformed_variable": "“{part}”处的花括号不成变量；变量写作半角花括号加名称，成对使用。",
    "wording_needed_variable": "本段必须写明：{missing}。",
    "wording_unchanged": "文字与现行版本相同，未作修改。",
}
