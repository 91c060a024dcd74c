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
    "restriction_over": "这项资格限制{standing}，不能再提前解除。",
    "restriction_end_kind_missing": "尚未选择提前解除的情形。",
    "restriction_end_without_paper": "资格限制只能凭文书提前解除，尚未写明决定的机关和文号。",
    "restriction_end_day_missing": "尚未写明决定的日期。",
    "restriction_end_day_outside": "决定的日期应在限制开始之日（{first}）以后、今天以前，请核对。",
}
