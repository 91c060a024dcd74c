"""Refusals about what is drafted on the facts of a room and linked to it."""

FOLLOW_UP_SENTENCES: dict[str, str] = {
    "follow_up_other_unit": "这一事项不是关于{unit}的，不能记为{source}之后的事项。",
    "follow_up_without_facts": "{source}现在没有可以据以办理的事实，不能记为它之后的事项，请在列出事实的页面上起草。",
}
