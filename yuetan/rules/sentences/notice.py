"""Refusals of a notice: what it must keep of the law, when an interview may be, who else is named."""

NOTICE_SENTENCES: dict[str, str] = {
    "notice_procedure_incomplete": "约谈程序还缺：{missing}；四个环节都要写明，请照办公室设定的文本补齐。",
    "notice_materials_incomplete": "需提交的材料还缺：{missing}；确不需要的，请在“不按四项提交的原因”里写明。",
    "notice_participant_incomplete": "{kind}第 {number} 行还缺：{missing}；参加人员须写明姓名和单位职务。",
    "notice_time_too_late": "约谈时间须在通知后 {days} 天之内，最迟为{latest}。",
    "unusual_time": "{time}{why}；确需在此时约谈的，请勾选“{tick}”。",
}
