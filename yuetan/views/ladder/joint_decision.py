"""What a measure shows of departments asked, and of the meeting or 签批件 that decided: never to the unit."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from yuetan.models import AccountabilityMeasure, AgendaItem, Attachment, Consultation, Document, User
from yuetan.models.ladder.rungs import CODE_ON_RUNG
from yuetan.rules.text.official_text import chinese_date, citations, joined
from yuetan.views.case.case_files import visible_files
from yuetan.views.frame.file_links import KeptFile
from yuetan.views.frame.section import SummaryRow, row
from yuetan.vocabulary import FilePurpose


def joint_rows(measure: AccountabilityMeasure, user: User) -> list[SummaryRow]:
    """Each department asked with its answer, then the meeting that is cited or the 签批件 with its scan."""
    return [*_departments(measure, user), *_meeting(measure), *_paper(measure, user)]


def _departments(measure: AccountabilityMeasure, user: User) -> list[SummaryRow]:
    if not measure.consultations.all():
        return []
    scans = {file.pk: file for file in visible_files(measure, user) if file.purpose == FilePurpose.CONSULTATION}
    digest = measure.digest
    return [
        row(one.department, _department_words(one, digest), _proof(one, scans)) for one in measure.consultations.all()
    ]


def _proof(one: Consultation, scans: dict[UUID, Attachment]) -> list[KeptFile]:
    """The scan of its answer; of one given at a meeting what was signed there. Who sees the measure sees the item."""
    if one.item is not None:
        return [*one.item.sorted_files().sheets]
    return [scans[one.scan_id]] if one.scan_id in scans else []


def _department_words(one: Consultation, digest: str) -> str:
    number = f"（{one.document.number}）" if one.document else ""
    until = f"，请于{chinese_date(one.due_on)}前答复" if one.due_on else ""
    asked = f"{chinese_date(timezone.localdate(one.asked_at))}商请{number}{until}"
    other_text = "（商请时的文本此后有修改）" if one.sha256 != digest else ""
    if one.excuse:
        return f"{asked}{other_text}；未答复：{one.excuse}"
    if one.answered_on is None:
        return f"{asked}{other_text}，等待答复"
    return f"{asked}{other_text}；{one.answered_words}答复：\n{one.opinion}"


def _meeting(measure: AccountabilityMeasure) -> list[SummaryRow]:
    item = measure.decision_item
    if item is None:
        return []
    decider = item.decided_by.name if item.decided_by else ""
    held_on = chinese_date(item.meeting.local_begin)
    rows = [
        row("会议审定", f"{item.meeting.title}，{held_on}：{item.decision_words}（{decider}）"),
        row("会议结论", item.conclusion),
        row("集体结论列名", joined(item.names_concluded)),
        *_two_persons(measure),
    ]
    return [one for one in rows if one["value"]]


def _paper(measure: AccountabilityMeasure, user: User) -> list[SummaryRow]:
    """What a leader decided on paper, as it is registered or counts; the scan lies with the unit named first."""
    registration = measure.paper_registration
    if registration is None:
        return []
    proof = [file for file in visible_files(measure.lead, user) if file.pk == registration.proof_id]
    leader = registration.approver
    words = f"{chinese_date(registration.given_on)}{leader.name}：{registration.decision_words}"
    return [row("签批件", words, proof), row("审定意见", registration.opinion), *_two_persons(measure)]


def _two_persons(measure: AccountabilityMeasure) -> list[SummaryRow]:
    """Who registered a decision, and who compared it."""
    return [
        row("登记人", measure.registered_by.name if measure.registered_by else ""),
        row("复核人", measure.confirmed_by.name if measure.confirmed_by else "等待另一人复核"),
    ]


def meeting_url(measure: AccountabilityMeasure, user: User) -> str:
    """The page of the meeting that is cited, for who may see its item."""
    key = measure.decision_item_id
    seen = AgendaItem.objects.visible_to(user).filter(pk=key).first() if key else None
    return reverse("meeting", args=[seen.meeting_id]) if seen else ""


def letters_to_departments(measure: AccountabilityMeasure) -> list[Document]:
    """The 商请函, each once: one may have gone to several departments."""
    letters = (one.document for one in measure.consultations.all())
    return list(dict.fromkeys(letter for letter in letters if letter is not None))


def articles_of(measure: AccountabilityMeasure, verb: str) -> str:
    """What a step on it carries out: by what its text says of the step on this rung, else of the articles on rungs
    that of its own alone."""
    of_rung = CODE_ON_RUNG.get((verb, measure.rung.kind), "")
    if places := measure.regulation.places_cited_by(of_rung, measure.unit.kind):
        return citations(places)
    of_rungs = set(measure.accountability.rungs.values_list("article__number", flat=True))
    own = {measure.rung.article.number, measure.door.article.number}
    places = measure.regulation.places_cited_by(verb, measure.unit.kind)
    return citations([place for place in places if place[0] in own or place[0] not in of_rungs])
