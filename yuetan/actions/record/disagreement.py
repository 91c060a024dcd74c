"""What a check of the records finds: rows that contradict each other, named by number and never by content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from yuetan.vocabulary import RecordKind

REMEDIES = {
    RecordKind.STATE: "状态只能由办理步骤改变：请停止办理该事项，对照操作日志和备份查明是谁改的，不要再直接改数据库。",
    RecordKind.TASK: "整改任务的状态只随报告、核查改变：请对照报告和操作日志查明，从备份恢复被改的行。",
    RecordKind.PAPER: "文书印发后不得改动：请对照已盖章的纸质文书和备份查明，从备份恢复。",
    RecordKind.NUMBER: "文号连续、不重不漏：请对照文号簿的纸质打印件和备份查明缺号去向。",
    RecordKind.GRANT: "权限由任职和事项得出：请查明是谁改的，再由系统管理员重新登记该人的任职，权限随即重算。",
    RecordKind.DATE: "日期由约定、批准和工作日历得出：请在“为什么是这一天”里对照，从备份恢复被改的行。",
    RecordKind.FILE: "文件与登记不一致：请停用存储位置的直接写入，从备份恢复该文件。",
    RecordKind.TEXT: "纪要和措施以印发的文书为准：请对照文书和备份查明，从备份恢复被改的行。",
    RecordKind.SEARCH: "检索行由办理步骤随文字改写：请先查明文字是谁改的，再运行 manage.py rebuild_search 重建检索。",
    RecordKind.TALLY: "统计由各事项得出：请运行 manage.py rebuild_tallies 重新计数，并查明是谁改的。",
    RecordKind.REPORT: "报送情况由报表各版得出：请对照操作日志和备份查明是谁改的，从备份恢复被改的行。",
    RecordKind.RESTRICTION: "资格限制由送达的责任措施得出：请对照文书和操作日志查明是谁改的，从备份恢复被改的行。",
    RecordKind.ASSESSMENT: "总分、名次由各项得分和异议处理得出：请对照操作日志和备份查明是谁改的，从备份恢复被改的行。",
    RecordKind.ROUND: "督导由登记的情况、结论和印发的文书得出：请对照操作日志和备份查明是谁改的，从备份恢复被改的行。",
    RecordKind.MEETING: "会议由到会、结论、议定事项和文书得出：请对照纪要和备份查明是谁改的，从备份恢复被改的行。",
    RecordKind.PENDING: "待办由步骤得出：请运行 manage.py rebuild_pending 重新推算，并查明是谁改的。",
}


@dataclass(frozen=True)
class Disagreement:
    """One thing that contradicts another: of which kind, of which case, paper or file, and how."""

    kind: RecordKind
    subject: str
    words: str

    def __str__(self) -> str:
        return f"{self.subject}：{self.words}"


@dataclass
class Findings:
    """The first disagreement of each kind and how many there are; nothing else is kept, however many come."""

    first: dict[RecordKind, Disagreement] = field(default_factory=dict)
    counts: dict[RecordKind, int] = field(default_factory=dict)

    @classmethod
    def of(cls, disagreements: Iterable[Disagreement]) -> Findings:
        """Read them through, one after the other."""
        findings = cls()
        for each in disagreements:
            findings.first.setdefault(each.kind, each)
            findings.counts[each.kind] = findings.counts.get(each.kind, 0) + 1
        return findings

    def lines(self) -> Iterator[str]:
        """For each kind the first, the number of all, and what to do."""
        for kind, first in self.first.items():
            yield f"{kind.label}，共 {self.counts[kind]} 处，第一处是{first}。{REMEDIES[kind]}"
