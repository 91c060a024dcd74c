"""Refusals about papers that others rest on: which may not be voided, and what cannot be done on a void one."""

PAPER_SENTENCES: dict[str, str] = {
    "notice_in_force": "本通知是现行的约谈通知，不能直接作废；约谈有变的，请办理改期或者撤回。",
    "notice_interviewed": "约谈已按本通知进行，本通知是约谈记录和纪要的依据，不能作废。",
    "minutes_in_force": "纪要是交办整改和督查的依据，不能直接作废；内容有误的，请办理更正。",
    "minutes_of_closed_case": "事项已据本纪要办结，纪要不能直接作废；内容有误的，请办理更正。",
    "minutes_voided": "约谈纪要{number}已作废，不能据以重启整改；请先办理纪要更正，重新印发纪要。",
    "cancellation_in_force": "约谈已据本通知取消，本通知不能作废；仍要约谈的，请另行提出建议。",
    "answered_paper_not_voidable": "本{kind}已由{name}于{time}回复，回复以其为据，不能作废。",
    "supervision_followed": "已在本督办单之后印发{number}（{grade}），后者以本督办单为据，不能作废。",
    "receipt_followed": "{what}已于{day}办理，签收的登记不能撤销；签收人、职务、日期、扫描件有误的，可以更正。",
    "receipt_after_followed": "签收日期不得晚于{what}的日期（{day}）。",
    "no_paper_receipt": "{number}没有登记纸质回执，没有可以更正的；在系统里签收的，以系统记录为准。",
    "receipt_of_replaced_paper": "{number}已由{by}替代，它的纸质回执不能再更正，请更正{by}的纸质回执。",
    "receipt_changes_nothing": "与原来登记的一样，没有更正任何内容；没有错的，不用办理。",
    "copy_number_unfit": "份号须为六位阿拉伯数字，从 000001 起编，如 000001；不需要标注份号的，不填。",
    "secrecy_above_internal": "本系统不办理涉密文书，附注中不能写“{word}”；涉密的请用涉密计算机另行办理。",
    "internal_yet_public": "标注“内部”的文书，附注不能写公开：请改附注，或者不标注密级。",
    "title_break_other_words": "标题换行只能分行，不能改字：各行连起来须是“{title}”。",
    "title_break_too_long": "标题换行每行不超过 {most} 字，第 {number} 行有 {width} 字：请在词语之间再分一行。",
    "title_break_too_many": "标题换行最多 {lines} 行，所填有 {filled} 行：请减少几行，或者不填，由系统分行。",
}
