"""Refusals about meetings: calling, convening, who came, what was concluded and agreed, and their 会议纪要."""

MEETING_SENTENCES: dict[str, str] = {
    # 召集
    "meeting_incomplete": "会议还缺：{missing}。",
    "meeting_begins_past": "会议时间{when}已过，请改定今后的时间。",
    "meeting_over": "{meeting}现在是“{state}”，不能再{what}。",
    "agenda_item_incomplete": "议题还缺：{missing}。",
    "agenda_item_known": "“{title}”已列入这次会议的议程，不必再列。",
    "agenda_item_not_waiting": "“{title}”现在不待审定，不能列为审定的议题。",
    "agenda_units_at_decision": "待审定的事项不请单位列席，请只为其他议题填写列席单位。",
    "agenda_unit_not_convened": "{unit}没有收到这次会议的通知，不能列席这一议题；"
    "请不填这个单位，或者取消会议另行召集。",
    "agenda_files_missing": "尚未选择议题材料的文件。",
    "agenda_empty": "会议还没有议题，请先列入议题再通知。",
    "agenda_order_twice": "议程有{number}项议题，每个次序只能有一项议题，请核对各项的次序。",
    "agenda_order_same": "议程顺序没有变动，不用保存。",
    "agenda_single": "{meeting}的议题不足两项，没有顺序可调整；请先列入别的议题。",
    "agenda_item_same": "议题没有改动，不用保存。",
    "agenda_item_after_meeting": "{meeting}已经召开，只能补列会上研究的文字议题；"
    "请只填写议题和汇报人，不选待审定的事项，不填列席单位。",
    "agenda_item_last": "{meeting}已经通知，议程只剩这一项议题，不能移出；请先列入别的议题，或者取消会议。",
    "invitations_empty": "还没有选参会单位或者参会人员，请至少选一个再通知。",
    # 通知
    "notice_received": "{name}已于{when}签收这份会议通知，不必重复签收。",
    "notice_not_ahead": "{meeting}现在是“{state}”，不必再签收会议通知。",
    "invitation_withdrawn": "{unit}原列席的议题已移出议程，不用再参加会议，不必签收会议通知。",
    # 到会
    "attendance_before_notice": "还没有印发会议通知，不能登记到会情况，请先通知。",
    "attendance_before_meeting": "会议定于{when}开始，开始前不能登记到会情况，请在会后登记。",
    "meeting_attendance_missing": "{who}的到会情况还缺：{missing}。",
    "attendance_of_nobody": "没有一人到会，会议没有开成；请核对到会情况，或者取消会议另行召集。",
    "presided_by_nobody": "主持人{chair}没有到会，请在“实际主持人”里选由谁主持了会议。",
    "presided_not_there": "{who}没有到会，不能是实际主持人，请选到会的人员。",
    "attendance_rests_conclusion": "{name}已列名第{number}项议题的结论，到会情况不能改为没有到会；请先更正结论。",
    "attendance_rests_consultation": "{name}已代表{department}在第{number}项议题上答复商请，"
    "该部门的到会人不能改为他人或者没有到会；只是职务有误的，请保留姓名、改正职务。",
    # 结论和议定事项
    "meeting_not_held": "{meeting}还没有登记到会情况，不能登记{what}，请在会后先登记到会情况。",
    "conclusion_missing": "尚未写明这一议题的结论。",
    "decision_of_no_proposal": "这一议题不是约谈建议，不能登记审定结果。",
    "meeting_without_decider": "{meeting}没有有权审定的领导（{posts}）本人出席，不能由会议审定；"
    "请由有权审定的领导线上审定，或者另行开会审定。",
    "decider_not_at_meeting": "{name}没有本人出席{meeting}，不能在会上作出审定；请选本人出席的有权审定的领导。",
    "collective_unsigned": "集体结论还缺：{missing}；请写明讨论过程，上传参加讨论人员签名的扫描件，再登记。",
    "sheet_of_no_collective": "没有勾选“集体结论”，不收签名页扫描件；是集体结论的，请勾选后再登记，"
    "不是的，请不要上传签名页。",
    "collective_too_few": "集体结论须有至少{least}人参加讨论并列名，现有{number}人，请补齐。",
    "collective_not_there": "{name}没有到会，不能列名集体结论，请选到会的人员。",
    "collective_recused": "{name}任职于{unit}，应当回避，不能列名关于本单位的集体结论。",
    "resolution_incomplete": "第{number}项议定事项还缺：{missing}。",
    "resolution_due_passed": "第{number}项议定事项的完成时限{due}已过，请在“登记议定事项”里另定时限，再印发会议纪要。",
    "resolution_due_early": "第{number}项议定事项的完成时限{due}早于会议当日，请核对。",
    "resolution_of_own_unit": "第{number}项议定事项的承办单位{unit}是您任职的单位，应当回避；"
    "请由办公室的另一人登记这一项。",
    "conclusion_cited_by_plea": "这一议题的结论已据以拟写申述答复，不能再改；请先退回申述答复。",
    "conclusion_cited": "这一议题的结论已作为审定凭据登记，不能再改；请先退回审定登记。",
    # 纪要
    "meeting_minutes_early": "{meeting}还没有召开（没有登记到会情况），不能印发会议纪要。",
    "meeting_minutes_attendance_open": "还有{number}个参会单位、人员没有登记到会情况，不能印发会议纪要，"
    "请在“登记到会情况”里逐页登记。",
    "meeting_minutes_nobody_presided": "{meeting}还没有登记由谁主持，不能印发会议纪要，"
    "请在“登记到会情况”里选实际主持人。",
    "meeting_minutes_no_item": "{meeting}没有议题，不能印发会议纪要，请先列入会上研究的议题，登记结论。",
    "meeting_minutes_item_open": "第{number}项议题“{title}”还没有登记结论，不能印发会议纪要。",
    "meeting_minutes_not_as_shown": "会议记录在您打开本页以后已有变动，请看过现在的文稿再印发。",
    # 更正
    "meeting_correction_conclusion_missing": "第{number}项议题还缺：{missing}。",
    "meeting_correction_cited": "第{number}项议题的结论已作为审定或者申述答复的凭据引用，不能由更正改写；"
    "审定确有错误的，按该事项自身的程序纠正。",
    "meeting_correction_handed_out": "第{number}项议定事项已交办{unit}，内容、承办单位和时限不能由更正改变；"
    "只改时限的，由该单位申请延期；其他要改的，请先由主任撤销对该单位的交办，再更正。",
    "meeting_correction_due_passed": "第{number}项议定事项要另行交办，完成时限{due}已过，请在更正稿里另定时限。",
    "meeting_correction_meanwhile": "{saved}保存了{what}，与您打开本页时的不同；您写的仍在本页，"
    "请另开一页看过现在的内容，合并后再保存。",
    "meeting_correction_nobody_presided": "{meeting}的更正稿没有写明由谁主持了会议，"
    "请打开更正稿，核对“实际主持人”并保存，再印发。",
    "meeting_correction_not_open": "{meeting}没有待印发的更正稿，可能已经印发或者放弃，请刷新页面。",
    "meeting_correction_by_drafter": "更正稿由{name}拟定，请由另一人核对后印发。",
    # 以会议记录为审定凭据
    "registration_beside_record": "已引用{meeting}的会议记录，审定结果、方式、领导、日期、意见和凭据都取自记录，"
    "请不要另外填写。",
}
