"""Refusals about 补录: dates, persons, numbers and originals of then."""

EARLIER_SENTENCES: dict[str, str] = {
    "earlier_day_missing": "尚未填写当时的办理日期。",
    "earlier_day_before_regulation": "约谈办法在{day}尚未施行，此前的事项不能补录；请核对提出的日期。",
    "earlier_day_not_past": "补录的是以前已经办理的步骤，办理日期须早于今天；今天办理的，复核补录后在系统中办理。",
    "earlier_day_out_of_order": "办理日期不得早于前一步的日期（{before}）；请按当时的先后顺序补录。",
    "earlier_person_missing": "尚未选择当时的办理人。",
    "earlier_person_not_then": "{name}在{day}没有可以办理“{step}”的职务，请改选当时的办理人；"
    "任职有误的，请系统管理员更正。",
    "earlier_number_missing": "尚未填写原件的发文字号，如“{sample_number}”。",
    "earlier_number_unread": "发文字号“{number}”无法识别，请照原件填写，如“{sample_number}”。",
    "earlier_number_other_year": "发文字号是{year}年的，而这一步办理于{day}；请核对原件的文号和日期。",
    "earlier_number_taken": "文号簿上已有{number}（{used}），同一文号不能再用；请核对原件。",
    "earlier_paper_missing": "尚未上传这一步的原件扫描件，补录须有原件为证。",
    "earlier_reason_missing": "尚未写明为什么补录、原卷宗在哪里。",
    "earlier_unit_missing": "尚未选择被约谈单位。",
    "earlier_handed_in": "补录已送复核；需要再改的，请办公室主任先退回补录。",
    "earlier_not_handed_in": "补录还没有送复核，请补录人办理“补录完毕，送复核”。",
    "recorder_reviews_earlier": "{name}参加了补录，须由办公室另一人（办公室主任）对照原件复核。",
    "earlier_not_compared": "尚未勾选已逐项对照原件、核对一致，不能复核。",
}
