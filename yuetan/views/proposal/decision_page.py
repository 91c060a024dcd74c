"""The one page from which a leader decides a proposal: all that is needed, and the decision at the top."""

from __future__ import annotations

from django.urls import reverse
from django.utils.safestring import SafeString

from yuetan.actions.proposal.decision import approve
from yuetan.documents.freezing import frozen
from yuetan.documents.office_form_pdf import internal_content
from yuetan.forms.proposal.decision import ApproveForm, DeclineForm
from yuetan.forms.proposal.returns import ReturnForm
from yuetan.models import Attachment, Case, User
from yuetan.models.case.decision_authority import usable_authority
from yuetan.views.case import page_context
from yuetan.views.case.available_steps import other_steps, step_url
from yuetan.views.case.case_files import visible_files
from yuetan.views.case.case_sections import SectionKey, sections
from yuetan.views.case.evidence_changed import evidence_changed
from yuetan.views.case.step_config import StepPage
from yuetan.views.frame.file_links import FileLink, file_links
from yuetan.views.people.unit_history import unit_history_of_case
from yuetan.vocabulary import DocumentKind, FilePurpose, Verb

FORM = DocumentKind.APPROVAL_FORM


def _not_in_own_right(case: Case, user: User) -> str:
    """In whose right this leader would decide, and why, where it is not their own."""
    authority = usable_authority(case, user)
    if authority is None or not authority.words:
        return ""
    span = f"（{authority.delegation.span}）" if authority.delegation else ""
    return f"您{authority.words}{'审定' if span else ''}{span}；审定记录、呈批表和日志都写明。"


def _preview(case: Case, user: User) -> SafeString | str:
    return page_context.paper_fragment(frozen(FORM, internal_content(FORM, case)))


def _pdf_url(case: Case, user: User) -> str:
    return reverse("internal_paper", args=[case.pk, FORM.value])


def _evidence(case: Case, user: User) -> list[FileLink]:
    return file_links(list(Attachment.objects.visible_to(user).filter(case=case, purpose=FilePurpose.EVIDENCE)))


def _evidence_changed(case: Case, user: User) -> list[str]:
    return evidence_changed(visible_files(case, user))


def _other_decisions(case: Case, user: User) -> list[dict[str, object]]:
    """退回修改 and 不予约谈, each with its own form; their pages take it from there if something is missing."""
    made = (
        (Verb.RETURN_FOR_CHANGES, ReturnForm, False, "退回后由拟稿人修改，重新核稿、审定。"),
        (Verb.DECLINE, DeclineForm, True, "本事项就此结束，不能撤销。"),
    )
    allowed = {step.verb for step in other_steps(*(verb for verb, *_ in made))(case, user)}
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


DECISION_PAGE = StepPage(
    ApproveForm,
    approve,
    template="cases/approve.html",
    parts={
        "not_in_own_right": _not_in_own_right,
        "preview": _preview,
        "pdf_url": _pdf_url,
        "evidence": _evidence,
        "evidence_changed": _evidence_changed,
        "opinions": sections(SectionKey.APPROVAL),
        "history": unit_history_of_case,
        "other_decisions": _other_decisions,
    },
)
