"""What was typed against the paper that printed it: minutes and measures as they were issued."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yuetan.actions.record.disagreement import Disagreement
from yuetan.documents.content.minutes import printed_sections
from yuetan.models import Case, Document, Event
from yuetan.models.case.proposal import bound_digest
from yuetan.vocabulary import CaseState, DocumentKind, RecordKind, Verb

DECIDED = (CaseState.APPROVED, CaseState.DECLINED)  # online, or registered and confirmed by a second person
PARTS = ("通报的问题", "陈述说明", "讨论分析", "整改措施及时限")


def check_texts(case: Case, papers: Sequence[Document], events: Sequence[Event], named: str) -> Iterator[Disagreement]:
    """The minutes in force read as their paper, each task as its measure, what was approved as what was handed in."""
    problems = (*_minutes(case, papers), *_tasks(case, events), *_proposal(case, events))
    yield from (Disagreement(RecordKind.TEXT, named, words) for words in problems)


def _minutes(case: Case, papers: Sequence[Document]) -> Iterator[str]:
    minutes = [paper for paper in papers if paper.kind == DocumentKind.MINUTES]
    paper = max(minutes, key=lambda paper: (paper.replaced_by_id is None, paper.issued_at), default=None)
    if paper is None or not paper.facts:
        return
    printed = [paragraph["text"] for paragraph in paper.facts["body"]]
    for part, section in zip(PARTS, printed_sections(case.minutes, case.interview.measures.all()), strict=True):
        if not _holds(printed, [paragraph.text for paragraph in section]):
            yield f"{part}与{paper.number}印发的文字不一致"


def _holds(printed: Sequence[str], section: Sequence[str]) -> bool:
    """Whether the paper has these paragraphs in one run."""
    starts = [place for place, text in enumerate(printed) if text == section[0]]
    return any(list(printed[place : place + len(section)]) == list(section) for place in starts)


def _tasks(case: Case, events: Sequence[Event]) -> Iterator[str]:
    """A task says what its measure says; a limit corrected since is the measure's, the first one stays the task's."""
    corrected: dict[str, str] = {}
    for event in events:
        if event.verb == Verb.CONFIRM_CORRECTION:
            corrected |= event.data.get("limits", {})
    for task in case.tasks.all():
        limit = corrected.get(str(task.number), task.first_due_on.isoformat())
        assert task.measure is not None  # it is a task of a case
        if task.agreed != task.measure.agreed or task.measure.due_on.isoformat() != limit:
            yield f"第 {task.number} 项整改任务与纪要的措施不一致"


def _proposal(case: Case, events: Sequence[Event]) -> Iterator[str]:
    versions = sorted(case.proposal_versions.all(), key=lambda version: version.number)
    handed_in = [event.data["version"] for event in events if event.verb == Verb.SUBMIT]
    if [version.number for version in versions] != handed_in:
        yield "约谈建议的各稿与报核的操作日志不一致"
    for version in versions:
        if version.sha256 != bound_digest(version.text):
            yield f"约谈建议第 {version.number} 稿与其内容校验不一致"
    decided = [event for event in events if event.from_state == CaseState.PROPOSED and event.to_state in DECIDED]
    approved = decided[-1].data.get("sha256", "") if decided and case.approver_id else ""
    if case.approved_sha256 != approved:
        yield "审定所依据的稿件与审定的操作日志不一致"
