"""Refusals about restrictions (资格限制) and what is asked of their register; each says what to do."""

RESTRICTION_SENTENCES: dict[str, str] = {
    "restriction_not_served": "责任措施还没有印发送达，没有资格限制可以补列；请先印发送达。",
    "restriction_post_not_held": (
        "{name}在作出决定之日没有担任{unit}受限制的领导职务，不受限制；任职登记有误的，请先由系统管理员更正。"
    ),
    "restriction_known": "{name}已经列入这项责任措施的资格限制，不必重复列入。",
    "restriction_leader_incomplete": "没有选任职登记的，须写明受限制的领导：还缺{missing}。",
    "restriction_name_unfit": "“{name}”不是一个人的姓名，请核对。",
    "restriction_not_of_rung": "{rung}不限制{subject}的资格，请核对类别。",
    "restriction_leader_on_record": "{name}在作出决定之日有任职登记，请在“任职登记”里选定，不另写姓名、职务。",
    "restriction_of_other_post": (
        "{name}在作出决定之日的任职登记是{posts}，不是{unit}受限制的领导，不受限制；登记有误、漏登，"
        "或者是同名的另一人的，请先由系统管理员更正、登记任职，再在“任职登记”里选定。"
    ),
    "restriction_title_of_other_unit": (
        "“{title}”是{other}的职务，不能补列：只限制作出决定之日任{unit}领导职务的人；兼任的，请先写在{unit}的职务。"
    ),
    "restriction_without_proof": (
        "没有任职登记的，须附任免文件等的扫描件，证明作出决定之日的职务；没有文件的，请先由系统管理员登记任职。"
    ),
    "restriction_over": "这项资格限制{standing}，不能再提前解除。",
    "restriction_end_kind_missing": "尚未选择提前解除的情形。",
    "restriction_end_unproven": "资格限制只能凭文书提前解除，尚未写明决定的机关和文号。",
    "restriction_end_day_missing": "尚未写明决定的日期。",
    "restriction_end_day_outside": "决定的日期应在限制开始之日（{first}）以后、今天以前，请核对。",
    "inquiry_incomplete": "查询登记还缺：{missing}。",
    "inquiry_letter_ahead": "来函日期不得晚于今天。",
    "inquiry_of_nobody": "请选择查询的单位，或者填写查询人员的姓名和职务；一次只查一个。",
    "inquiry_without_post": "查询人员须同时写明姓名和职务，同名的凭职务分清。",
    "inquiry_person_ambiguous": "记录中有{name}，但是“{title}”分不清是哪一位，请核对以后选定；都不是的，选“都不是”。",
    "inquiry_answer_changed": "看过以后登记有了变化，请核对现在的结果再印发。",
    "inquiry_replied": "这次查询已于{day}复函（{number}），不再复函；情况有变化的，请按新的来函登记。",
    "inquiry_own": "{name}是登记人，复函须由登记人以外的人核对、印发。",
}
