"""The lawful keywords of a notice, of the next one, and of a receipt signed on paper."""

from __future__ import annotations

from datetime import timedelta

from yuetan.models import Case, OfficeSetting
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import liaison
from yuetan.scenarios.files import blank_scan
from yuetan.scenarios.keywords import Keywords


def notice(case: Case) -> Keywords:
    """A notice for an interview in a week."""
    return {
        "matter_facts": "上半年摸排流于形式，3条群众举报线索逾期未答复。",
        "scheduled_at": clock.now() + timedelta(days=7, hours=-1),
        "place": OfficeSetting.objects.words("interview_place"),
        "procedure": "说明事由、通报问题，陈述说明，讨论分析、确定措施，形成纪要。",
        "attendees": [{"name": "尤二十", "title": "市司法局副局长"}],
        "companions": [],
        "required_materials": "书面材料，写明基本情况、存在问题、原因分析、整改措施。",
        "materials_reason": "",
        "unusual_time_accepted": True,  # in a week it may be a Sunday
        "clash_accepted": True,  # most tests bring several cases to the same hour
    }


def rescheduled_notice(case: Case) -> Keywords:
    """A notice for another day, with its reason."""
    kinds = [post.kind for post in case.interviewees.all()]
    return {**notice(case), "reason": "会议冲突。", "interviewees": list(case.unit.heads().filter(kind__in=kinds))}


def notice_seen(case: Case) -> Keywords:
    """The key of the notice that holds now."""
    notice = case.notice_in_force
    return {"seen": str(notice.pk) if notice else ""}


def paper_receipt(case: Case) -> Keywords:
    """A receipt signed on paper, with its scan."""
    signer = {"signer_name": liaison(case.unit).name, "signer_title": f"{case.unit.name}联络员"}
    return {**signer, "signed_on": clock.today(), "scan": blank_scan("回执")}
