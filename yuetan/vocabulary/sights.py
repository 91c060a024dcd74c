"""What of the system is seen or taken out, by the name of the address: the labels of 查阅记录."""

# Whoever is shown one of these has seen the thing, and it is recorded.
SEEN_LABELS = {
    "case": "查看事项",
    "take_step": "查看办理页",
    "revise_draft": "查看建议稿",
    "proposal_versions": "查看建议稿各版",
    "minutes_versions": "查看纪要各版",
    "minutes_sample": "查看纪要样稿",
    "record_earlier_step": "查看补录页",
    "letter": "查看提醒函",
    "approve_letter": "查看提醒函签发页",
    "return_letter": "查看提醒函退回页",
    "cancel_letter": "查看提醒函撤销页",
    "revise_letter": "查看提醒函修改页",
    "prepare_letter_answer": "查看提醒函答复页",
    "answer_letter": "查看提醒函报送页",
    "acknowledge_letter": "查看提醒函签收页",
    "register_letter_receipt": "查看提醒函回执登记页",
    "register_letter_answer": "查看提醒函书面答复登记页",
    "document": "查看文书页",
    "document_pdf": "查阅文书",
    "correct_receipt": "查看回执更正页",
    "void_document": "查看文书作废页",
    "internal_paper": "查阅办公表",
    "attachment_page": "查看附件",
    "scan_page": "查看盖章扫描件",
    "unit_paper_page": "查看单位变更文件",
}
FILE_LABELS = {
    "attachment": "下载附件",
    "attachment_original": "下载附件原件",
    "scan": "下载盖章扫描件",
    "unit_paper": "下载单位变更文件",
    "export_ledger": "导出台账",
    "statistics_file": "导出统计",
    "fetch_prepared_file": "领取导出的文件",
    "agenda_file": "导出日程",
}
SIGHT_LABELS = SEEN_LABELS | FILE_LABELS
