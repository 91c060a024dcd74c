"""Refusals about 交办事项; each says what to do."""

ASSIGNMENT_SENTENCES: dict[str, str] = {
    "assignment_task_open": (
        "第 {numbers} 项还没有销号，不能办结；请先核查、销号，不再要求办理的，由办公室主任撤销交办。"
    ),
    "assignment_to_own_unit": "{name}现任{unit}{title}，应当回避，不得经手对本单位的交办；请其他人办理。",
}
