"""Refusals about dossiers (实绩档案) and commendations; each says what to do."""

DOSSIER_SENTENCES: dict[str, str] = {
    "dossier_incomplete": "实绩材料还缺：{missing}。",
    "dossier_post_not_held": "{name}在{year}年没有在{unit}任须建实绩档案的职务（主要领导、分管领导），不能填写该年度。",
    "dossier_year_ahead": "{year}年还没有开始，请填写{this_year}年及以前的年度。",
    "dossier_correction_without_reason": "已有第{version}版，更正须写明更正说明；原来的版本保留。",
    "dossier_unchanged": "与第{version}版相同，没有改动；要更正的，请修改后再提交。",
    "dossier_superseded": "{name}已填写第{version}版，请在新的版本上办理。",
    "dossier_decided": "这一版已经{state}，不能再确认或者退回；要更正的，请填写新的版本。",
    "dossier_own_confirmation": "{name}不能确认本人的实绩材料，请本单位另一位主要领导确认。",
    "dossier_not_confirmed": "这一版本单位还没有确认，办公室不能查阅；请本单位主要领导先确认。",
    "dossier_read_already": "这一版已由{name}于{day}查阅，不必再办。",
    "commendation_incomplete": "表彰奖励还缺：{missing}。",
    "commendation_ahead": "授予日期不得晚于今天：表彰奖励在授予以后登记。",
    "commendation_post_not_held": "{name}在{day}没有任{title}，请按授予当日的任职选择，或者核对授予日期。",
    "commendation_of_other_unit": "{name}的这项任职不在{unit}，请选择本单位的任职，或者改选单位。",
    "commendation_known": "已登记过{unit}的同一文件（{number}）、同一名称的表彰奖励，请核对；确系重复的，不必再登记。",
    "commendation_withdrawn": "这项登记已由{name}撤销，不能再办。",
}
