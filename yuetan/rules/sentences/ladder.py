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
    "unit_named_twice": "一并通报的单位里，{which}写了不止一次（首列单位不必再写），请删去重复的。",
    "too_many_units_named": "一份通报最多写明 {most} 个单位，现有 {number} 个，请分成几份。",
    "several_of_circulars_only": (
        "只有通报可以一份发几个单位，{rung}须对每个单位分别作出；请删去一并通报的单位，另行起草。"
    ),
    "several_without_case": "一份通报发几个单位的，不关联约谈事项；请改为不关联，或者对该单位另行通报。",
    "named_unit_ended": "一并通报的{unit}已经撤并，不能再向其印发；请退回或者撤回后改写单位。",
    "circular_of_several_ended": (
        "这份通报同时发给几个单位，其中{which}已认定整改完成，不能整份作废；有误的，另行行文说明。"
    ),
    "measure_to_own_unit": "{name}现任{unit}{title}，应当回避，不得起草对本单位的责任措施。",
    "measure_recusal": "{name}现任{unit}{title}，应当回避，不得核稿、审定，请由其他有权办理的人办理。",
    "measure_drafter_decides": "{name}是拟稿人，不得核稿、审定本人拟写的责任措施，请由其他有权办理的人办理。",
    "measure_endorser_decides": "{name}已拟稿或核稿，不得再审定同一责任措施，请由其他有权办理的人办理。",
    "measure_for_the_group": "{rung}由{the_group}作出，请办理“核稿责任措施，报领导审定”。",
    "measure_not_as_shown": "责任措施须看过现在的文本再办理，请返回，重新打开本页核对。",
    "measure_not_as_decided": "现在的文本不是审定时的文本，不能印发；请撤回后重新起草。",
    "measure_laid_meanwhile": (
        "审定以后，该事项已经另行实施{rung}，同一档次不能再印发送达或者提出书面建议；请由{the_office}主任撤回。"
    ),
    "veto_proposed_already": (
        "该事项已经向上级主管单位提出{rung}的书面建议，尚未登记办理结果，或者已获采纳、期限未满，不能就同一事项"
        "再次提出或者在本地实施；请在原建议上登记办理结果，本责任措施不再办理的，请撤回、退回或者不予实施。"
    ),
    "measure_already_acknowledged": "文书已由{name}于{time}签收，不必再次签收。",
    "measure_not_acknowledged": "文书还没有签收，请先由单位签收或者登记纸质回执，再认定整改完成。",
    "measure_task_open": (
        "整改任务第 {numbers} 项还没有销号，不能认定整改完成；请先核查、销号，逾期未完成的可以据以采取下一档措施。"
    ),
    "measure_met_day_missing": "尚未写明整改完成的日期。",
    "measure_met_day_outside": "整改完成的日期应在送达之日（{served}）以后、今天以前，请核对。",
    "no_interview_after": "本办公室执行的责任制没有规定{rung}以后的约谈。",
    "interview_door_does_not_stand": (
        "约谈的条件“{words}”现在不成立：{fault}，不能启动约谈；有其他条件的，请在“提出约谈建议”中另行提出。"
    ),
    "interview_gravity_without_words": (
        "以“{words}”为条件提出约谈的，须写明具有哪项情形，以及危害、影响的具体情况，不能只选条件。"
    ),
    "interview_door_words_alone": "写了符合条件的说明，但没有选择条件；请选择条件，或者删去说明。",
    "interview_two_doors": (
        "本建议据未按期完成整改的{rung}提出，条件已经确定，不能再以“{words}”为条件；请不选条件，并删去说明。"
    ),
    "interview_door_not_gravity": "所选条件“{words}”不是因危害、影响约谈的条件，请重新选择。",
    "interview_door_by_measure": (
        "以“{words}”为条件的约谈，从未按期完成整改的责任措施提出；请在该措施的页面办理“{step}”。"
    ),
    "interview_door_of_other_text": "所选条件“{words}”不是本办公室现在执行的责任制的条件，请重新选择。",
    "measure_limit_not_of_rung": "{rung}不限期整改，请不要填写整改期限。",
    "measure_for_a_meeting": (
        "{rung}须商有关部门、由会议研究决定，不能由领导个人审定；请列入会议议程，会后办理“登记会议审定”。"
    ),
    "consulted_about_another": (
        "已就对{unit}实施{rung}商请有关部门，不能改为其他单位、其他措施；请撤回本件，另行起草并重新商请。"
    ),
    "consultation_missing": "{rung}须商有关部门，还没有商过任何部门；请先办理“商有关部门”。",
    "consultation_open": "还有部门没有答复：{which}；请登记其意见，不答复的由领导记录原因。",
    "consultation_not_of_rung": "{rung}不须商有关部门。",
    "consultation_without_department": "尚未写明商哪些部门，一行写一个。",
    "consultation_known": "已经商过{which}，不必重复。",
    "consultation_with_own_unit": "{which}就是所涉单位，不能作为有关部门。",
    "consultation_department_long": "部门名称“{which}”过长，请一行写一个部门，不超过 {most} 字。",
    "consultation_due_missing": "尚未写明请部门在哪天以前答复。",
    "consultation_due_past": "请部门答复的期限应在今天（{today}）以后，请改。",
    "no_consultation_open": "没有等待答复的部门。",
    "consultation_not_chosen": "尚未选择是哪个部门。",
    "consultation_beside_record": "已引用{meeting}的会议记录，答复人、答复日期和扫描件都取自记录，请不要另外填写。",
    "consultation_item_other": "“{title}”不是研究这项责任措施、已登记到会情况的会议议题，请选别的会议。",
    "consultation_not_convened": "{department}没有收到{meeting}的通知，不能作为在会上答复；"
    "请登记其书面答复，或者通知其参加另一次会议。",
    "consultation_meeting_earlier": "{meeting}早于商请{department}之日（{asked}），不能作为答复；"
    "请登记其书面答复，或者通知其参加另一次会议。",
    "consultation_absent": "{department}的到会情况是“{part}”，没有在{meeting}上答复；"
    "请登记其书面答复，或者通知其参加另一次会议。",
    "consultation_speaker_recused": "代表{department}到会的{name}任职于{unit}，应当回避，不能代表部门答复；"
    "请登记其书面答复。",
    "consultation_meeting_unsigned": "{meeting}研究这项责任措施的议题还没有签名页，会议纪要也没有印发，"
    "不能作为答复的凭据；请先登记这一议题的结论、上传签名页（会上还没有审定的选“会上没有审定”）。",
    "consultation_incomplete": "部门意见还缺：{missing}。",
    "consultation_day_outside": "答复日期应在商请之日（{asked}）以后、今天以前，请核对。",
    "measure_decision_registered": "{method}已经登记，等待另一人复核；复核或者退回以前不能办理。",
    "no_measure_decision_registered": "还没有登记会议审定，请先办理“登记会议审定”。",
    "no_measure_paper_registered": ("还没有登记会议审定或者签批件，请先办理“登记会议审定”或者“登记签批件”。"),
    "commission_above_missing": (
        "书面建议除上级主管单位外，还须向上级综治委提出；“{setting}”还没有填写，请先在“办公室设定”里填写。"
    ),
    "measure_decider_no_leader": "{name}{when}不任{the_group}职务，不能审定责任措施；请核对签批件和审定日期。",
    "measure_recusal_then": "{name}在审定当日任{unit}{title}，应当回避，不得审定；请核对签批件。",
    "measure_decision_other": "登记的审定结果是“{decision}”，请办理“{step}”。",
    "measure_item_missing": "尚未选择会议记录；会议对这项责任措施作出审定、登记结论以后，才能登记。",
    "measure_meeting_before_text": "{meeting}开始时，现在这份文本还没有核稿报审定，不能据以登记；请重新列入会议议程。",
    "measure_registrar_confirms": "{name}是登记人，须由办公室另一人对照会议记录复核。",
    "measure_paper_registrar_confirms": (
        "{name}是登记人，须由办公室另一人打开签批件扫描件复核；登记有误的，可以退回重新登记。"
    ),
    "joint_rung_in_force": "{rung}的限制到{day}期满，期满以前不能办结。",
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
    "delisting_waits": "已经申请或者提请摘牌，正等待决定，不必再次提请。",
    "delisting_waits_of_unit": "已经申请摘牌，正等待决定，不必再次申请。",
    "delisting_not_asked": "还没有摘牌的申请、提请；请先由单位申请，或者由督查员提请。",
    "delisting_not_checked": (
        "最后一份整改报告报送以后，还没有两人以上的现场核查，不能摘牌；请先由督查员办理“记录现场核查”。"
    ),
    "delisting_by_director": "这次挂牌由{the_office}主任审定，摘牌由其决定，请由其办理。",
    "delisting_by_leaders": "这次挂牌由{the_leaders}审定，摘牌由其决定，请由其办理。",
    "delisting_words_missing": "尚未写明摘牌的理由。",
    "delisting_in_force": "摘牌已经作出，摘牌通知书不能作废；有误的，另行行文说明。",
    "veto_of_stationed_unit": (
        "{unit}是驻本地单位（上级主管单位：{superior}），不能在本地实施{rung}；请办理“提出书面建议”，由其上级主管单位处理。"
    ),
    "unit_not_stationed": "{unit}没有登记上级主管单位，不是驻本地单位，请办理“印发送达责任措施”。",
    "proposal_not_of_rung": "{rung}由本地作出，不必向上级主管单位提出书面建议。",
    "no_referral_in_text": "本办公室执行的责任制没有规定移送，不能办理。",
    "referral_without_organ": "尚未写明移送哪个机关。",
    "referral_organ_long": "机关名称过长，请写在 {most} 字以内。",
    "referral_without_reason": "尚未写明理由，请写明依据的事实和建议、移送的事项。",
    "no_referral_unreceived": "没有等待签收的移送、书面建议。",
    "no_referral_without_outcome": "没有已签收、等待结果的移送、书面建议。",
    "referral_not_chosen": "尚未选择是哪一件移送、书面建议。",
    "referral_incomplete": "登记还缺：{missing}。",
    "referral_day_outside": "日期应在{since}以后、今天以前，请核对。",
    "plea_without_days": ("该措施印发送达时没有设定申述期限，不能在系统里申述；有意见的，请书面向{the_office}反映。"),
    "plea_late": "申述期限到{until}为止，已经超过，不能再申述；有意见的，请书面向{the_office}反映。",
    "plea_stated_before": "已于{day}申述，每项责任措施只申述一次，不能再次申述；请在本页查看答复。",
    "no_plea": "单位没有提出申述，没有要答复的。",
    "plea_withdrawn": "单位已于{day}撤回申述，不必答复。",
    "plea_decided": "申述已经答复：{outcome}，不能再办理；请查看申述答复。",
    "plea_words_missing": "尚未写明申述意见。",
    "plea_outcome_missing": "尚未选择答复结果，请选择维持或者撤销。",
    "plea_grounds_missing": "尚未写明答复理由。",
    "plea_answer_missing": "还没有拟写申述答复，请先由承办人办理“拟写申述答复”。",
    "plea_answer_other": "拟写的答复是“{outcome}”，请办理“{step}”；不同意的，退回重新拟写。",
    "plea_answer_not_as_shown": "申述答复须看过现在的拟稿再办理，请返回，重新打开本页核对。",
    "plea_drafter_decides": "{name}是申述答复的拟写人，须由另一人决定。",
    "plea_by_decider": "该措施由{name}审定，申述由其决定（已不在任的，由现任同一职务的人决定），请由其办理。",
    "plea_by_meeting": "该措施由会议审定，申述由会议研究，请由{the_office}主任或者{the_leaders}对照会议记录办理。",
    "plea_item_missing": ("该措施由会议审定，申述须由会议研究；请列入会议议程，会后登记结论，再引用会议记录拟写答复。"),
    "plea_item_needless": "该措施不是会议审定的，请不要引用会议记录。",
    "plea_item_other": "会议的结论是“{decision}”，与拟写的“{outcome}”不一致，请照会议结论拟写。",
    "plea_meeting_before": "{meeting}（{when}）开始时还没有这件申述，不能据以答复；请重新列入会议议程。",
    "plea_waits": "单位的申述还没有答复，请先答复申述，再办结、摘牌。",
    "plea_answer_in_force": "申述答复已经作出，不能作废；有误的，另行行文说明。",
    "paper_of_other_body": "{kind}已经送交其他机关，不能作废；确有错误的，另行去函更正。",
    "measure_voided": "文书已于{time}作废，不必签收、办理。",
}
