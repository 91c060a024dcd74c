"""Every refusal the product knows: a code and its sentence. Which article a code carries is a row of data."""

import dataclasses
from collections.abc import Mapping

from yuetan.errors import Reason
from yuetan.rules.sentences.about_people import ABOUT_PEOPLE
from yuetan.rules.sentences.archive import ARCHIVE_SENTENCES
from yuetan.rules.sentences.assessment import ASSESSMENT_SENTENCES
from yuetan.rules.sentences.assignment import ASSIGNMENT_SENTENCES
from yuetan.rules.sentences.calendar import CALENDAR_SENTENCES
from yuetan.rules.sentences.dossier import DOSSIER_SENTENCES
from yuetan.rules.sentences.earlier import EARLIER_SENTENCES
from yuetan.rules.sentences.follow_up import FOLLOW_UP_SENTENCES
from yuetan.rules.sentences.ladder import LADDER_SENTENCES
from yuetan.rules.sentences.meeting import MEETING_SENTENCES
from yuetan.rules.sentences.minutes import MINUTES_SENTENCES
from yuetan.rules.sentences.notice import NOTICE_SENTENCES
from yuetan.rules.sentences.office import OFFICE_SENTENCES
from yuetan.rules.sentences.paper import PAPER_SENTENCES
from yuetan.rules.sentences.paper_filing import PAPER_FILING_SENTENCES
from yuetan.rules.sentences.reader import READER_SENTENCES
from yuetan.rules.sentences.received import RECEIVED_SENTENCES
from yuetan.rules.sentences.rectification import RECTIFICATION_SENTENCES
from yuetan.rules.sentences.registration import REGISTRATION_SENTENCES
from yuetan.rules.sentences.reporting import REPORTING_SENTENCES
from yuetan.rules.sentences.restriction import RESTRICTION_SENTENCES
from yuetan.rules.sentences.round import ROUND_SENTENCES
from yuetan.rules.sentences.unit import UNIT_SENTENCES
from yuetan.rules.uncited import UNCITED
from yuetan.vocabulary.naming import in_names

OFFICE_SETTING = "办公室设定"


@dataclasses.dataclass(frozen=True)
class Finding:
    """Something that is missing: a code of SENTENCES, the form field it is about, the words that fill the sentence.

    `further_fields`: those the same sentence is about, where it names what is missing of several.
    """

    code: str
    field: str = ""
    words: Mapping[str, object] = dataclasses.field(default_factory=dict)
    further_fields: tuple[str, ...] = ()

    def sentence(self) -> str:
        """The sentence without its citation."""
        return in_names(SENTENCES[self.code], **self.words)

    def sentence_with_article(self, article: str = "") -> str:
        """The sentence with the article it rests on, or said to be the office's own rule where it is one."""
        if article:
            return f"依据{article}，{self.sentence()}"
        return self.sentence() if self.code in UNCITED else f"{OFFICE_SETTING}：{self.sentence()}"

    def reason(self, article: str = "") -> Reason:
        """What stops a step, under the article it rests on."""
        return Reason(self.sentence_with_article(article), self.field, self.further_fields)


def finding(code: str, field: str = "", /, **words: object) -> Finding:
    """A finding in one line; raises KeyError at once for a code nobody defined."""
    if code not in SENTENCES:
        raise KeyError(code)
    return Finding(code, field, words)


SENTENCES: dict[str, str] = {
    **ABOUT_PEOPLE,
    **ARCHIVE_SENTENCES,
    **ASSESSMENT_SENTENCES,
    **DOSSIER_SENTENCES,
    **REPORTING_SENTENCES,
    **MEETING_SENTENCES,
    **RECEIVED_SENTENCES,
    **ROUND_SENTENCES,
    **FOLLOW_UP_SENTENCES,
    **ASSIGNMENT_SENTENCES,
    **LADDER_SENTENCES,
    **RESTRICTION_SENTENCES,
    # 建议
    "matter_missing": "尚未写明约谈事由。",
    "facts_missing": "{ground}尚未写明存在问题的事实。",
    "evidence_missing": "{ground}尚无依据：请上传依据材料，或者填写文号（线索编号）和摘要。",
    "reference_incomplete": "{ground}的依据还缺：{missing}。",
    "says_nothing": "所填的“{text}”看不出内容，请写明具体情况（{missing}）。",
    "personal_data": "{place}中有{what}（{shown}），不得留存：请{instead}。",
    "matter_like_open_case": "与在办的“{title}”（{number}）事由或者事实相同、相近："
    "一事一谈，确系另一件事的，请在该栏勾选。",
    "no_ground": "尚未选择约谈情形，至少选择一项。",
    "ground_of_wrong_kind": "所选情形“{ground}”不适用于{unit_kind}。",
    "other_without_words": "选择“{ground}”的，须写明具体情形。",
    # 核稿与审定
    "drafter_endorses": "{name}是拟稿人，不得核稿本人拟写的建议，请由其他有权办理的人办理。",
    "drafter_or_endorser_approves": "{name}已拟稿或核稿，不得再审定同一建议，请由其他有权办理的人办理。",
    "recusal": "{name}现任被约谈单位{unit}{title}，应当回避，不得审定，请由其他有权办理的人办理。",
    "recusal_then": "{name}在审定当日任被约谈单位{unit}{title}，应当回避，不得审定。",
    "registrar_recusal": "{name}现任被约谈单位{unit}{title}，应当回避，不得登记审定。",
    "not_approving_post": "审定由{posts}作出，{name}{when}不任此职，不能审定。",
    "approver_missing": "尚未选择作出审定的领导。",
    "approval_meeting_missing": "登记会议审定的，须写明会议名称及届次。",
    "approval_proof_missing": "以{method}方式审定的，须上传会议记录或签批件的扫描件。",
    "approval_date_missing": "登记{method}的，须写明审定日期。",
    "approval_date_ahead": "审定日期不得晚于今天。",
    **EARLIER_SENTENCES,
    **REGISTRATION_SENTENCES,
    "text_not_as_handed_in": "建议内容与报核时的文本不一致，不能核稿、审定；请退回修改，由拟稿人重新报核。",
    "text_not_as_approved": "建议内容与审定时的文本不一致，原审定失效；请审定领导撤回本事项，另行提出建议、报审定。",
    "text_not_as_shown": "建议内容在您打开本页以后已有改动，请看过现在的内容再{action}。",
    "paper_not_as_shown": "{paper}在您打开本页以后已另行印发，请看过现在的{paper}再签收。",
    "letter_not_as_shown": "提醒函须看过现在的文本再签发，请返回提醒函，重新打开签发页核对。",
    "opinion_missing": "尚未填写意见。",
    "reason_missing": "尚未写明{what}的原因。",
    "approvals_empty": "尚未选择要审定的事项。",
    "approvals_too_many": "一次最多一并审定 {most} 件，请分次办理。",
    # 委托审定
    "delegation_not_allowed": "不允许委托审定；确需委托的，请办公室主任先修改设定。",
    "nothing_to_delegate": "审定由{posts}作出，{name}现不任此职，没有可以委托的审定权。",
    "delegation_incomplete": "委托还缺：{missing}。",
    "delegation_to_oneself": "受托人不能是委托人本人，请另选一位领导。",
    "delegate_not_leader": "{name}{when}不任{the_group}职务，不能受委托审定。",
    "delegation_begins_past": "委托的开始日期不得早于今天。",
    "delegation_ends_first": "委托的结束日期不得早于开始日期（{begins}）。",
    "delegation_too_long": "一次委托最长 {days} 天，请提前结束日期。",
    "delegation_overlaps": "{span}已委托{name}，同一天只能委托一人；要改委托他人，请先提前结束这次委托。",
    "delegation_over": "{span}的委托已经结束，不能再提前结束。",
    "delegation_not_in_force": "{name}没有委托{delegate}审定，或者委托不在有效期内。",
    "delegator_drafted": "委托人{name}已拟稿或核稿，不得委托他人审定同一建议。",
    "delegator_recusal": "委托人{name}现任被约谈单位{unit}{title}，应当回避，不得委托他人审定。",
    "delegator_not_approving": "审定由{posts}作出，委托人{name}{when}不任此职，委托不再有效，不能据此审定。",
    # 通知
    "notice_incomplete": "约谈通知还缺：{missing}。",
    **NOTICE_SENTENCES,
    "notice_time_past": "约谈时间{time}已过，须另定将来的时间。",
    "notice_time_too_soon": "约谈时间须在通知后 {days} 个工作日之后，最早为{earliest}。",
    "notice_time_provisional": "{note}，通知后 {days} 个工作日之后最早为{earliest}；仍按此安排的，请勾选“{tick}”。",
    "interview_clash": "{who}于{time}另有约谈（{title}），相距不足 {hours} 小时；确需如此安排的，请勾选“{tick}”。",
    "receipt_already_signed": "本通知已由{name}于{time}签收，不必再次签收。",
    "receipt_incomplete": "登记纸质回执还缺：{missing}。",
    "receipt_before_notice": "签收日期不得早于通知印发日期（{issued}）。",
    "receipt_ahead": "签收日期不得晚于今天。",
    # 改期与请假
    "leave_too_late": "约谈时间{time}已到，不能再请假；不能到会的，请书面说明原因。",
    "leave_already_asked": "约谈对象均已请假，不必再次请假。",
    "leave_asked_for_this_one": "{name}已经请假（{outcome}），不必再次请假。",
    "leave_of_nobody": "尚未选择请假的约谈对象。",
    "no_leave_to_decide": "没有待审批的请假。",
    # 书面材料
    "submission_incomplete": "书面材料还缺：{missing}。",
    "submission_missing_unnoted": "被约谈方应当准备的书面材料尚未提交，请在约谈记录中勾选“被约谈方未提交书面材料”。",
    "submission_changed": "书面材料在您打开本页之后有改动，现在的内容列在本页，请核对后再提交。",
    "submission_empty": "尚未填写书面材料，不能提交。",
    "submission_closed": "约谈时间已到，已经提交的书面材料不能再更换。",
    # 约谈
    "interview_not_yet": "约谈时间{time}未到，不能记录约谈。",
    "interviewer_absent": "约谈应由{post}{name}进行，记录中尚未勾选其到会。",
    "substitute_attendee": "约谈对象{name}须本人到会，不得委托{other}代为接受约谈；未到会的请记为缺席并写明原因。",
    "absence_reason_missing": "{name}缺席，尚未写明缺席原因。",
    "leave_not_granted": "{name}没有获准的请假，不能记为“请假（获准）”；未到会的请记为缺席并写明原因。",
    "participant_without_name": "{kind}第 {number} 行还缺：姓名。",
    "problems_missing": "约谈记录还缺：约谈事由和目的、通报的存在问题。",
    "statement_missing": "约谈记录还缺：被约谈方的陈述说明和拟采取的整改措施。",
    "discussion_missing": "约谈记录还缺：讨论分析情况。",
    "no_measure": "尚未确定整改措施，至少一项。",
    "measure_without_content": "第 {number} 项整改措施还缺：内容。",
    "measure_without_time_limit": "第 {number} 项整改措施还缺：时限。",
    "measure_incomplete": "第 {number} 项整改措施还缺：{missing}。",
    "measure_due_too_soon": "第 {number} 项整改措施的时限须在约谈之日以后。",
    # 纪要
    "minutes_text_missing": "约谈纪要还缺：正文。",
    "minutes_without_measures": "约谈纪要未载明整改措施及时限，不能印发。",
    "minutes_not_confirmed": "纪要文本尚未经约谈人{name}确认，须先请约谈人确认。",
    "minutes_already_confirmed": "纪要文本已经约谈人确认，不必再次确认；请等待被约谈方反馈或者印发。",
    "minutes_await_successor": "{gone}，纪要文本须先由{now}确认。",
    "minutes_without_interviewer": "{gone}，现无可以代行的领导，纪要文本无人确认："
    "请系统管理员登记{posts}任职，由其确认。",
    "minutes_returned": "纪要文本已由约谈人{name}退回修改，请等待修改后的文本。",
    "minutes_changed": "纪要在您打开本页之后有改动，现在的文本列在本页，请核对后再办理。",
    "changed_meanwhile": "{saved}保存了{what}，与您打开本页时的不同；您写的仍在本页，"
    "请另开一页看过现在的内容，合并后再保存。",
    "correction_revised_meanwhile": "{who}已于{time}办理：{action}；现在的文本列在本页，您写的仍在，请合并后保存。",
    "minutes_revised_meanwhile": "{who}已于{time}办理：{action}；纪要现在的文本列在旁边，您写的仍在，请合并后保存。",
    "minutes_not_sent": "纪要文本尚未送被约谈方确认，须先由承办人送出。",
    "minutes_already_sent": "纪要文本已送被约谈方确认，不必再送。",
    "minutes_awaiting_answer": "纪要已送被约谈方确认，尚未反馈；可于{until}之后印发。",
    "minutes_answered": "被约谈方已经反馈意见，不必再次反馈。",
    "objection_missing": "选择“有异议”的，须写明异议内容。",
    **MINUTES_SENTENCES,
    "no_correction_to_confirm": "没有待确认的纪要更正。",
    # 整改
    "report_empty": "第 {number} 项整改任务尚未填写落实情况，不能报送。",
    "progress_empty": "第 {number} 项整改任务尚未填写进展情况，不能报送。",
    "report_changed": "{kind}在您打开本页之后有改动，现在的内容列在本页，请核对后再报送。",
    "no_report_written": "尚未填写新的内容，没有保存{kind}。",
    "no_report_chosen": "尚未选择要报送的{kind}。",
    "no_progress_to_note": "没有待批阅的进展报告。",
    "progress_noted": "这份进展报告已由{name}批阅，不必再次批阅。",
    "no_task_to_report": "没有待报告的整改任务。",
    "no_report_to_review": "没有待核查的整改报告。",
    "task_not_reportable": "第 {number} 项整改任务{state}，现在不能报告。",
    "review_missing": "销号须写明核查意见：看了什么、核了什么，是否落实。",
    "task_not_reviewable": "第 {number} 项整改任务{state}，现在不能核查。",
    "extension_not_later": "新的时限须晚于现在的时限{due}。",
    "extension_pending": "第 {number} 项整改任务已有待审批的延期申请，请等待审批。",
    "extension_too_long": "第 {number} 项整改任务一次最多延期 {most} 个工作日，最晚为{latest}。",
    "extension_too_often": "第 {number} 项整改任务已延期 {times} 次，最多延期 {most} 次，不能再申请；"
    "请尽快报告落实情况和未完成的原因。",
    "extension_day_past": "第 {number} 项整改任务申请延至{due}，这一天已到，不能再同意，请该单位重新申请。",
    "extension_overtaken": "第 {number} 项整改任务的时限现为{due}，已不早于申请的日期，请该单位重新申请。",
    "task_not_pausable": "第 {number} 项整改任务{state}，不能中止计时。",
    "task_already_paused": "第 {number} 项整改任务已自{began}起中止计时，不必再次中止。",
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
    "chase_answered": "这次催办已由{name}回复，不必再次回复。",
    "reply_missing": "尚未填写回复内容。",
    "no_task_to_press": "没有时限将至或者逾期的待报告整改任务，不能印发督办单。",
    "no_task_to_supervise": "尚未选择要督办的整改任务。",
    "task_not_pressed": "第 {number} 项整改任务未到督办的时候，不能列入督办单。",
    "grade_too_heavy": "第 {number} 项整改任务按台账应发{given}，办公室未允许从重，不能发{chosen}。",
    "grade_too_light": "第 {number} 项整改任务按台账应发{given}，办公室未允许从轻，不能发{chosen}。",
    "no_supervision_unsigned": "没有待签收的督办单。",
    "no_supervision_to_answer": "没有待回复的督办单。",
    "supervision_signed": "本督办单已由{name}于{time}签收，不必再次签收。",
    "supervision_unsigned": "本督办单尚未签收，请先签收再回复。",
    "supervision_answered": "本督办单已由{name}回复，不必再次回复。",
    "supervision_voided": "本督办单已于{time}作废，不必签收、回复。",
    # 督查
    "tasks_still_running": "第 {number} 项整改任务尚未报告且未到时限（{due}），不能启动督查。",
    "task_unreported": "第 {number} 项整改任务尚未书面报告落实情况，不能办结。",
    "task_unaccepted": "第 {number} 项整改任务尚未核查销号，不能办结。",
    "inspection_findings_missing": "尚未填写督查情况。",
    "send_back_without_conclusion": "尚无督查结论，不能退回整改；请督查员先记录督查情况。",
    "inspection_not_concluded": "尚无督查结论，不能办结；请督查员先记录督查情况。",
    "conclusion_without_basis": "督查结论须写明依据（查实有据、查否有据）。",
    "conclusion_not_rectified": "督查结论为“整改不到位”，不能办结；请督查员提请退回整改，另定时限。",
    "conclusion_against_tasks": "第 {number} 项整改任务尚未销号，不能作出“整改到位”的结论。",
    "no_task_chosen": "尚未选择退回的整改任务。",
    "task_not_returnable": "第 {number} 项整改任务已销号，督查也未认定其不属实或者未落实，不能退回。",
    "new_due_missing": "尚未填写新的时限。",
    "new_due_past": "新的时限须在今天以后。",
    "site_check_day_missing": "尚未填写现场核查的日期。",
    "site_check_ahead": "现场核查的日期不得晚于今天。",
    "site_check_place_missing": "尚未填写现场核查的地点。",
    "site_check_findings_missing": "尚未填写现场核查情况。",
    "inspection_day_missing": "尚未确定督查日期。",
    "plan_missing": "尚未写明督查方式和重点。",
    "task_finding_missing": "尚未写明第 {number} 项整改任务的核查结果及依据。",
    "finding_against_conclusion": "第 {number} 项整改任务核查未落实，不能作出“整改到位”的结论。",
    "revisit_day_missing": "办结时须安排回头看的日期。",
    "revisit_day_past": "回头看的日期须在今天以后。",
    "no_revisit_ahead": "没有待进行的回头看。",
    "revisit_findings_missing": "尚未填写回头看情况。",
    "revisit_visit_ahead": "回头看的实际日期不得晚于今天。",
    "revisit_visit_missing": "尚未填写回头看的实际日期。",
    "no_relapse_found": "没有发现问题复发，不能重启整改；须先记录回头看。",
    "no_task_to_reopen": "尚未选择重新整改的任务。",
    **RECTIFICATION_SENTENCES,
    **PAPER_FILING_SENTENCES,
    # 提醒函
    "letter_addressee_missing": "尚未选择提醒函的主送单位。",
    "letter_addressee_not_member": "{unit}不是{member_units}；发提醒函须注明其为{lead_matter}牵头单位。",
    "letter_lead_matter_missing": "以{lead_matter}牵头单位发函的，须写明牵头的{lead_matter}。",
    "letter_incomplete": "提醒函还缺：{missing}。",
    "letter_other_unit": "提醒函的主送单位与关联的约谈事项不是同一个单位，请改选其中一项。",
    "proposal_against_own_unit": "{name}现任{unit}{title}，应当回避，不得提出约谈本单位；请由另一位承办人提出。",
    "letter_to_own_unit": "{name}现任{unit}{title}，应当回避，不得起草发往本单位的提醒函。",
    "letter_recusal": "{name}现任主送单位{unit}{title}，应当回避，不得签发，请由其他有权办理的人办理。",
    "letter_drafter_approves": "{name}是拟稿人，不得签发本人起草的提醒函，请由其他有权办理的人办理。",
    "letter_already_acknowledged": "本函已由{name}于{time}签收，不必再次签收。",
    "letter_answered": "本函已由{name}答复，不必再次答复。",
    "letter_not_acknowledged": "本函尚未签收，请先签收再答复。",
    "letter_answer_missing": "尚未填写答复内容。",
    # 文书与文号
    "paper_already_replaced": "本文书已被{number}替代，不必作废。",
    "paper_already_voided": "本文书已于{time}由{name}作废，不必再次作废。",
    **PAPER_SENTENCES,
    "letter_voided": "本函已于{time}作废，不必签收。",
    "purpose_missing": "尚未写明{what}。",
    "number_not_reserved": "{number}{state}，不是可以使用的预留文号。",
    # 文书
    "character_without_glyph": "公文不印图形符号、乱码和字库没有的字：{characters}；请改用别的字，或请系统管理员补装。",
    # 文件
    "file_refused": "{problem}。",
    **CALENDAR_SENTENCES,
    **UNIT_SENTENCES,
    **READER_SENTENCES,
    **OFFICE_SENTENCES,
}
