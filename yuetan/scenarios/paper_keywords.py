"""The lawful keywords of 纸质代录: a paper that a unit hands in, and what it says."""

from __future__ import annotations

from yuetan.models import Case, Chase
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import liaison
from yuetan.scenarios.files import blank_scan
from yuetan.scenarios.keywords import Keywords, first_unreported_task, open_supervision
from yuetan.scenarios.notice_keywords import paper_receipt


def paper(case: Case) -> Keywords:
    """A paper signed by a head of the unit and brought by its liaison just now, with its scan."""
    brought = {"brought_by": liaison(case.unit).name, "brought_by_title": f"{case.unit.name}联络员"}
    signer = case.unit.heads().first()
    return {"signer": signer, **brought, "received_at": clock.now(), "scan": blank_scan("纸质材料")}


def paper_reports(case: Case) -> Keywords:
    """A paper that reports on the first task that waits."""
    row = {"task": first_unreported_task(case), "text": "已完成摸排，台账附后。", "files": []}
    return {"reports": [row], **paper(case)}


def chase_answer(case: Case) -> Keywords:
    """A paper that replies to the last 催办."""
    chase = Chase.objects.filter(**{f"task__{case.ABOUT}": case}).last()
    return {"chase": chase, "reply": "已完成大半，月底前报告。", **paper(case)}


def supervision_receipt(case: Case) -> Keywords:
    """A 督办单 signed for on paper."""
    return {"supervision": open_supervision(case, signed=False), **paper_receipt(case)}


def supervision_answer(case: Case) -> Keywords:
    """A paper that answers a 督办单."""
    answer = {"answer": "已责成专人办理，月底前完成。"}
    return {"supervision": open_supervision(case, signed=True), **answer, **paper(case)}
