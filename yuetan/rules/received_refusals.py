"""Refusals about 三书一函 that units got, their replies and 办结; each says what to do."""

RECEIVED_SENTENCES: dict[str, str] = {
    "received_incomplete": "来函登记还缺：{missing}。",
    "received_ahead": "{label}不得晚于今天，请核对。",
    "received_before_dated": "收到日期不得早于来函的成文日期，请核对。",
    "received_due_before": "来函写明的回复期限不得早于来函的成文日期，请核对。",
    "received_unit_ended": "{unit}已经停用，不能再登记来函；有承接单位的，请登记给承接单位。",
    "received_known": "已登记过{unit}收到的同一来函（{paper}），请在原登记上办理；确系重复的，不必再登记。",
    "received_withdrawn": "这件来函的登记已由{name}撤销，不能再办。",
    "received_closed": "这件来函已经办结，不能再办；办结有误的，请办公室主任先撤回办结。",
    "received_reply_incomplete": "回复还缺：{missing}。",
    "received_reply_ahead": "回复日期不得晚于今天：回复在发出以后填报。",
    "received_reply_before": "回复日期不得早于收到来函的日期（{day}），请核对。",
    "received_replied": "第{version}版回复正在等办公室审阅，不能另填；要更正的，请办公室退回以后再填。",
    "received_reply_returned": "第{version}版回复已由{name}退回，请在新的版本上办理。",
    "received_again_missing": "尚未填写重新回复的期限。",
    "received_again_past": "重新回复的期限不得早于今天，请另定。",
    "received_closing_withdrawn": "这次办结已由{name}撤回，不能再办。",
}
