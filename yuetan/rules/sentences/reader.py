"""What refuses 知悉范围: codes and sentences, part of SENTENCES in refusals.py."""

READER_SENTENCES: dict[str, str] = {
    "readers_unchanged": "知悉范围与现在的相同，没有改动，不必办理。",
    "reader_unfit": "{name}现在不是承办人、督查员，不能列入知悉范围；主任和{the_leaders}不用列入，始终可以查看。",
    "readers_lack_post": "知悉范围内没有能办理这件事项的{posts}，以后的步骤就没有人能办：请至少选一名{posts}。",
    "readers_too_few": "知悉范围内的承办人、督查员至少两人：登记和核查、办理和复核不得由一人包办，请再选一人。",
    "readers_lack_person": "{names}在这件事项上还有事要办（{what}），须在知悉范围内；请一并选上，或者先办完再设定。",
    "inspector_left_out": "{name}不在这件事项的知悉范围内，不能参加督查：请另选，或者请主任先调整知悉范围。",
}
