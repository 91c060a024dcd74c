"""What can be wrong with the archive of a closed case: its 卷宗, how long it is kept, and its end."""

ARCHIVE_SENTENCES: dict[str, str] = {
    "case_file_not_closed": "事项现为“{state}”，办结以后才有卷宗可取；请先办结，或者在文书台账打包下载已印发的文书。",
    "retention_missing": "尚未选择保管期限，请选永久、30年或者10年。",
    "retention_unchanged": "保管期限本来就是“{retention}”，没有改动；请选另一个期限，或者不作调整。",
    "no_hold_to_lift": "卷宗没有冻结，不用解除。",
    "hold_not_in_force": "所选的冻结已经解除或者不是本卷的，请在列出的冻结中选择。",
    "placer_lifts": "{name}是冻结人，不能自己解除；请办公室主任或者{the_leaders}中的另一人解除。",
    "destruction_empty": "没有选择卷宗，请勾选保管期满、可以销毁的卷宗。",
    "destruction_too_many": "一份清册最多列{most}卷，现选了{number}卷，请分几份拟制。",
    "destruction_not_due": "{number}的保管期限没有满（{until}），不能销毁，请移出清册。",
    "destruction_held": "{number}的卷宗已冻结，不能销毁，请先解除冻结，或者撤销清册、移出后重新拟制。",
    "destruction_rested_on": "{number}是“{title}”的依据，该通报保存期间不能销毁，请移出清册。",
    "destruction_of_a_round": "{number}是{title}之后的事项，督导记录保存期间不能销毁，请移出清册。",
    "destruction_work_left": "{number}还有没有办完的事（{what}），不能销毁，请先办完，或者移出清册。",
    "destruction_listed": "{number}已列入{other}，不能重复列入，请移出清册。",
    "destruction_over": "{whole}现在是“{standing}”，不能再办这一步。",
    "destruction_decision_missing": "尚未选择是否批准，请选“批准”或者“不批准”。",
    "destruction_not_compared": "尚未确认已经逐卷核对清册，请核对后勾选。",
    "destruction_other_person": "拟制、批准、监销须是三个人，{name}已经{done}，请由另一人办理。",
    "setting_not_retention": "“{label}”须填{choices}中的一个。",
}
