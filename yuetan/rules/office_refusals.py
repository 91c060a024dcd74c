"""Sentences of refusals about what the office keeps: units, posts, settings, batches, wording."""

OFFICE_SENTENCES = {
    # 单位与任职
    "unit_incomplete": "单位还缺：{missing}。",
    "unit_code_taken": "代码{code}已由{unit}使用，请核对后另填。",
    "unit_retired": "{unit}已停用，不能再办理。",
    "unit_in_use": "{unit}还有{what}，不能停用。",
    "unit_parent_missing": "镇（街）须选择所属市（区）。",
    "post_incomplete": "任职还缺：{missing}。",
    "post_not_of_unit": "{unit}不设“{post}”这一职务。",
    "post_taken": "{unit}{post}现由{name}担任，请先登记其离任。",
    "post_ahead": "任职、离任日期不得晚于今天：变动在生效当天登记。",
    "post_end_before_start": "离任日期不得早于任职日期（{began}）。",
    "post_overlaps": "{unit}{post}在该期间已有任职记录（{name}），请核对日期。",
    "post_ended": "该任职已于{ended}结束，不必再登记离任。",
    "separate_duties": "{name}已任{title}；系统管理员、安全审计员不得兼任办理、审定、被约谈的职务。",
    "username_missing": "尚未填写账号。",
    "username_taken": "账号“{username}”已被使用，请另取一个。",
    "password_missing": "尚未填写密码。",
    "password_weak": "{problem}",
    # 办公室设定
    "setting_not_number": "“{label}”须为 0 至 {most} 的整数。",
    "setting_not_days": "“{label}”须为 1 至 90 的整数，用顿号隔开，如“5、3、1”。",
    "setting_not_prefix": "“{label}”须为 2 至 12 个汉字，不含括号、年份和序号。",
    "setting_not_chosen": "“{label}”须选“是”或者“否”。",
    "setting_without_post": "“{label}”至少选择一个职务。",
    # 扫描件与成批打印
    "scan_missing": "尚未选择扫描件。",
    "scan_of_wrong_kind": "扫描件只收 {accepted}，请改存后再传。",
    "batch_empty": "尚未选择文书。",
    "batch_too_large": "一次最多选择 {most} 份文书，请分次办理。",
    # 后台生成的文件
    "prepared_files_waiting": "您已有 {most} 个文件等待生成，请等其中一个完成后再提出。",
    "prepared_file_rights_changed": "文件生成之后您的职务有变动，不能再取走，请重新生成。",
    # 常用筛选
    "filter_without_name": "尚未填写常用筛选的名称。",
    "filters_too_many": "每个台账最多保存 {most} 个常用筛选，请先删除不用的。",
    # 导入表格
    "table_missing": "尚未选择文件，或者文件是空的。",
    "table_too_large": "文件超过 {most} MB，请删去无关的表和图片后再传。",
    "table_in_old_format": "这是旧版的表格，请在 Excel 或者 WPS 里“另存为”新版（XLSX）再传。",
    "table_in_no_format": "不是可以读的表格，请传 XLSX 或者 CSV 文件。",
    "table_without_heads": "没有找到表头{heads}，请照模板写出各列的名称。",
    "table_in_several_sheets": "有几张工作表都写着这些表头（{sheets}），请只留要导入的一张。",
    "table_without_rows": "表头下面没有内容。",
    "table_too_long": "表里有 {rows} 行，一次最多 {most} 行，请分成几个文件。",
    "import_not_open": "这次导入现在是“{state}”，不能再办理。",
    "import_with_faulty_rows": "还有 {count} 行有误，请改正后重新上传；有一行有误的，一行也不导入。",
    # 约谈工作统计表
    "statistics_ahead": "{period}从{first}开始，现在没有可以统计的；请选择已经开始的季度或者年度。",
    "statistics_of_a_month": "统计表按季度、年度印发；按月的数字请在统计页查看或者导出 Excel。",
    "statistics_recused": "您现任{titles}，该单位的内部情况须回避，您能看到的数字不完整，不能由您印发；请由{who}印发。",
    "statistics_issued": "{period}的统计表已经以{number}印发；再印发即代替原件，请写明更正原因。",
    "statistics_changed": "您核对之后数字有变动，没有印发；请重新打开统计表核对新的数字。",
    # 标准段落
    "wording_empty": "尚未填写段落文字。",
    "wording_several_paragraphs": "一个标准段落只写一段，不能换行。",
    "wording_too_long": "标准段落不得超过 {most} 字。",
    "wording_unknown_variable": "变量{name}不能用在这里，可用的有：{allowed}。",
    "wording_malformed_variable": "“{part}”处的花括号不成变量；变量须写作半角花括号加名称，成对使用。",
    "wording_needed_variable": "本段必须写明：{missing}。",
    "wording_unchanged": "文字与现行版本相同，不必保存。",
}
