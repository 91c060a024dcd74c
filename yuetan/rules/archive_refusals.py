"""What can be wrong with the archive of a closed case: its 卷宗, how long it is kept, and its end."""

ARCHIVE_SENTENCES: dict[str, str] = {
    "case_file_not_closed": "事项现为“{state}”，办结以后才有卷宗可取；请先办结，或者在文书台账打包下载已印发的文书。",
    "retention_missing": "尚未选择保管期限，请选永久、30年或者10年。",
    "retention_unchanged": "保管期限本来就是“{retention}”，没有改动；请选另一个期限，或者不作调整。",
    "no_hold_to_lift": "卷宗没有冻结，不用解除。",
    "hold_not_in_force": "所选的冻结已经解除或者不是本卷的，请在列出的冻结中选择。",
    "placer_lifts": "{name}是冻结人，不能自己解除；请办公室主任或者{the_leaders}中的另一人解除。",
    "setting_not_retention": "“{label}”须填{choices}中的一个。",
}
