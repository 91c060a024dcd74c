"""What can be wrong with the archive of a closed case: its 卷宗, how long it is kept, and its end."""

ARCHIVE_SENTENCES: dict[str, str] = {
    "case_file_not_closed": "事项现为“{state}”，办结以后才有卷宗可取；请先办结，或者在文书台账打包下载已印发的文书。",
}
