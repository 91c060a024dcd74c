"""Refusals about units, posts and accounts, and about the office's own settings."""

UNIT_SENTENCES: dict[str, str] = {
    # 单位与任职
    "post_correction_changes_nothing": "更正后的登记与现在的相同，无需更正。",
    "post_annulled": "{name}的这条任职登记已经作废，不能再更正；请重新登记任职。",
    "post_was_used": "{name}在{day}曾以这项职务{what}，任期须包括这一天；任期已满的，请登记离任，不能作废登记。",
    "unit_needs_successor": "{unit}还有未了结的事务，不能没有承接单位：请在“单位撤并”中选择承接单位，写明日期和文号。",
    "unit_change_incomplete": "{what}还缺：{missing}。",
    "unit_name_unchanged": "新名称与现名称“{name}”相同，不必更名。",
    "unit_change_ahead": "生效日期不得晚于今天：单位变动在生效以后登记。",
    "unit_begins_ahead": "设立日期不得晚于今天：新设的单位在批准设立以后登记。",
    "unit_change_too_early": "生效日期不得早于上一次更名的日期（{day}）。",
    "unit_has_children": "{unit}还有在用的下级单位，不能撤并；请先变更下级单位的隶属。",
    "successor_unfit": "{successor}不能承接{unit}：承接单位须为在用的同类单位，或者镇（街）所属的市（区）。",
    "no_succession": "{unit}没有待转办的撤并，不必转办。",
    "unit_ended": "{unit}已撤并，须先由办公室主任将其事项转由承接单位{successor}办理。",
    "unit_ended_without_successor": "{unit}已停用，没有承接单位，请系统管理员先登记承接单位。",
    "unit_not_as_proposed": "本事项是就{first}提出的，现由{unit}承接，不能按原建议继续：{remedy}。",
    "person_known": "系统里已有{name}（{title}）：是同一人的，请从“已登记的人员”里选；不是同一人的，请勾选“{tick}”。",
    # 办公室设定
    "setting_text_unknown": "“{label}”只能选已装入的责任制文本；本地的文本请系统维护人员先装入，再来选择。",
    "setting_unchanged": "“{label}”没有改动，不必提请领导确认。",
    "setting_change_pending": "“{label}”改为“{after}”的修改（{name}提出）正待领导确认；要另行修改的，请先收回。",
    "setting_change_decided": "“{label}”的这项修改{outcome}，不能再办理。",
    "setting_decision_missing": "尚未选择“同意”或者“不同意”。",
    "setting_change_own": "{name}是提出人，不得确认本人提出的修改；请{the_group}另一位领导确认。",
    "setting_change_not_yours": "本项修改由现任{posts}确认，{name}现不任此职，不能确认。",
}
