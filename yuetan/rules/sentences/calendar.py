"""Refusals about the working-day calendar (工作日历) and the yearly arrangement (放假安排) entered into it."""

CALENDAR_SENTENCES: dict[str, str] = {
    "calendar_day_missing": "尚未填写日期。",
    "calendar_name_missing": "放假或者调休上班的，须写明名称，如“国庆节”。",
    "calendar_unchanged": "{day}本来就是这样安排的，没有改动。",
    "calendar_day_plain": "{day}按周历就是{kind}，不必另作安排；要恢复周历的请选“按周历”。",
    "calendar_source_missing": "载入放假安排须写明依据，如国务院办公厅通知的文号。",
    "calendar_published_missing": "尚未填写通知的印发日期。",
    "calendar_published_ahead": "通知的印发日期不得晚于今天。",
    "calendar_published_long_before": "通知的印发日期（{day}）早于{year}年一年以上，请核对是不是{year}年的通知。",
    "calendar_year_known": "{year}年的放假安排已经载入，不必再次载入；个别日子有变的，请修改该日。",
    "calendar_year_far": "{year}年的放假安排现在不能载入，只收{first}年、{last}年的。",
    "arrangement_empty": "尚未填写放假安排，请照通知每个节日一行，如“元旦：1月1日至3日放假，共3天”。",
    "arrangement_line_unread": "读不懂“{words}”，请照通知的写法，如“元旦：1月1日至3日放假，共3天”“1月4日上班”。",
    "arrangement_no_such_day": "“{words}”不是{year}年的日期，请核对。",
    "arrangement_wrong_year": "{day}不在{year}年（只有上一年12月可以写在{year}年的安排里），请核对。",
    "arrangement_wrong_weekday": "{day}是周{weekday}，所填是周{written}：请核对日期，是不是{year}年的安排。",
    "arrangement_backwards": "“{words}”后一个日期早于前一个，请核对。",
    "arrangement_wrong_length": "“{words}”是 {length} 天，所填是 {written} 天，请核对。",
    "arrangement_day_twice": "{day}既写放假又写上班，请核对。",
    "arrangement_worked_weekday": "{day}本来是工作日，不能写作调休上班，请核对。",
    "arrangement_without_statutory": "{days}是法定放假的日子，安排里没有写放假，请补上。",
    "arrangement_sum": "放假的工作日 {off} 天，减去调休上班 {worked} 天，得 {left} 天，与法定放假 {law} 天不等；"
    "与通知逐字核对无误的，请勾选“{tick}”。",
}
