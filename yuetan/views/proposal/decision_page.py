"""The one page from which a leader decides a proposal: all that is needed, and the decision at the top."""

from __future__ import annotations

from django.urls import reverse

from yuetan.documents.freezing import frozen
from yuetan.documents.office_form_pdf import internal_content
from yuetan.forms.proposal.decision import DeclineForm
from yuetan.forms.proposal.returns import ReturnForm
from yuetan.models import Attachment, Case, User
from yuetan.models.case.decision_authority import usable_authority
from yuetan.views.case import page_context
from yuetan.views.case.available_steps import AvailableStep, step_url
from yuetan.views.case.case_sections import sections
from yuetan.views.frame.file_links import file_links
from yuetan.views.people.unit_history import unit_history
from yuetan.vocabulary import DocumentKind, FilePurpose, PostKind, Verb

FORM = DocumentKind.APPROVAL_FORM


def decides_in_person(user: User, verb: str) -> bool:
    """Whether this is a leader's own decision, and not the office registering one."""
    return verb == Verb.APPROVE and not user.holds(PostKind.OFFICE_DIRECTOR)


def context(case: Case, user: User, others: list[AvailableStep]) -> dict[str, object]:
    """What the page shows beside the form: the 呈批表, evidence, opinions, the unit's history, the other decisions."""
    authority = usable_authority(case, user)
    evidence = Attachment.objects.visible_to(user).filter(case=case, purpose=FilePurpose.EVIDENCE)
    return {
        "delegation": authority.delegation if authority else None,
        "preview": page_context.paper_fragment(frozen(FORM, internal_content(FORM, case))),
        "pdf_url": reverse("internal_paper", args=[case.pk, FORM.value]),
        "evidence": file_links(list(evidence)),
        "opinions": [section for section in sections(case, user, inner=True) if section.title == "审定"],
        "history": unit_history(case.unit, case.interviewees.all(), user, but=case),
        "other_decisions": _other_decisions(case, user, {choice.verb for choice in others}),
    }


def _other_decisions(case: Case, user: User, allowed: set[str]) -> list[dict[str, object]]:
    """退回修改 and 不予约谈, each with its own form; their pages take it from there if something is missing."""
    made = (
        (Verb.RETURN_FOR_CHANGES, ReturnForm, False, "退回后由拟稿人修改，重新核稿、审定。"),
        (Verb.DECLINE, DeclineForm, True, "本事项就此结束，不能撤销。"),
    )
    return [
        {
            "verb": verb.value,
            "label": verb.label,
            "url": step_url(case, verb),
            "form": form(case=case, by=user, auto_id=f"id_{verb.value}_%s"),
            "danger": danger,
            "note": note,
        }
        for verb, form, danger, note in made
        if verb in allowed
    ]
