"""Autosaved drafts, field by field, so that two people do not overwrite each other unnoticed.

Saving a draft is no step: no event is written, no case changed, nobody alerted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from yuetan import permissions
from yuetan.actions.letter.letter import answer_no_longer_awaited
from yuetan.actions.step import required_step
from yuetan.errors import NotYours
from yuetan.models import Case, DraftField, DraftKey, OfficeSetting, User
from yuetan.models.drafts.draft import FORMS_OF_NO_SUBJECT
from yuetan.models.office.read_once import reading_once
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.rules.dates import clock
from yuetan.rules.text.personal_data import personal_data
from yuetan.rules.three_way_merge import Cells, MergeOutcome, merge, normalise
from yuetan.vocabulary import Verb


@dataclass(frozen=True)
class DraftCell:
    """What somebody typed into one field, and a digest of what the field had shown before."""

    value: list[str]
    shown: str
    label: str = ""


@dataclass(frozen=True)
class SaveResult:
    """The merge outcome of each field; and the fields that are not kept, each with the reason."""

    met: dict[str, MergeOutcome]
    refused: dict[str, str]


def save_draft(
    draft_key: DraftKey, *, by: User, cells: Mapping[str, DraftCell], untouched: Callable[[], Cells]
) -> SaveResult:
    """Keep each field that nobody else has changed meanwhile, and that may be kept.

    `untouched` gives the form as it is when nobody has typed into it. A field that somebody else has
    changed keeps that person's value, and the outcome reports the conflict. Raises
    StateChanged if the case has moved on, NotYours if the form is somebody else's.
    """
    refused = _refused(draft_key, cells)
    cells = {name: one for name, one in cells.items() if name not in refused}
    with locked_subject(draft_key.held, by=by):
        _check(draft_key, by)
        empty = untouched()
        now = empty | DraftField.objects.on(draft_key).cells()
        met = {name: merge(one.shown, one.value, now.get(name, [])) for name, one in cells.items()}
        own_text = {name: normalise(cells[name].value) for name, how in met.items() if how == MergeOutcome.OWN}
        DraftField.objects.on(draft_key).filter(name__in=own_text).delete()
        facts = draft_key.keys | {"written_by": by, "written_at": clock.now()}
        DraftField.objects.bulk_create(
            [
                DraftField(name=name, value=value, **facts)
                for name, value in own_text.items()
                if value != empty.get(name, [])
            ]
        )
    return SaveResult(met, refused)


def _refused(draft_key: DraftKey, cells: Mapping[str, DraftCell]) -> dict[str, str]:
    """What not even a draft may hold, by the sentence the form itself would be refused with: numbers of persons."""
    sentences, year = {}, clock.today().year
    for name, one in cells.items():
        findings = [finding for value in one.value for finding in personal_data(name, one.label, value, year)]
        if findings:
            sentences[name] = "".join(reason.text for reason in draft_key.reasons(findings))
    return sentences


def locked_subject(subject: HandsOutTasks | None, *, by: User) -> AbstractContextManager[None]:
    """As `locked_case`, of a case or what else hands tasks over; the person, where there is none."""
    return locked_case(subject.pk, by=by, of=type(subject)) if subject else locked_case(None, by=by)


@contextmanager
def locked_case(case_id: UUID | None, *, by: User, of: type[HandsOutTasks] = Case) -> Iterator[None]:
    """One at a time: who types into a case's forms or takes its steps waits for the other; all or nothing.

    For a proposal that is no case yet, the person waits for their own other window. What is read of the
    case must be read inside. `of` says whose key it is.
    """
    with transaction.atomic():
        rows = User.objects.filter(pk=by.pk) if case_id is None else of.objects.filter(pk=case_id)
        list(rows.select_for_update(of=("self",), no_key=True).order_by().values("pk"))
        with reading_once():
            yield


def _check(draft_key: DraftKey, by: User) -> None:
    if draft_key.owner not in (None, by):
        raise NotYours(draft_key.verb)
    if draft_key.letter is not None and draft_key.verb == Verb.REVISE_LETTER:
        required_step(draft_key.letter, draft_key.verb, by)
    elif other := draft_key.measure_laid or draft_key.assignment:
        required_step(other, draft_key.verb, by)
    elif draft_key.case is None or draft_key.verb in FORMS_OF_NO_SUBJECT:
        if not by.has_perm(permissions.name(draft_key.verb), draft_key.letter):
            raise NotYours(draft_key.verb)
        if draft_key.letter is not None and not draft_key.letter.awaits_answer:
            raise answer_no_longer_awaited(draft_key.letter)
    else:
        case = Case.objects.select_related("unit", "regulation").get(pk=draft_key.case.pk)
        required_step(case, draft_key.verb, by)


def discard_draft(draft_key: DraftKey, *, by: User) -> None:
    """放弃: drop what this person typed; what others typed into a shared form stays."""
    with locked_subject(draft_key.held, by=by):
        DraftField.objects.on(draft_key).filter(written_by=by).delete()


def clear_draft(draft_key: DraftKey) -> None:
    """Delete the draft of a form whose step has been taken; call it in the transaction of the step."""
    DraftField.objects.on(draft_key).delete()


def purge_stale(today: date) -> dict[str, int]:
    """每日任务: what its case or letter has gone past, after the office's days; what can be handed in stays."""
    days = OfficeSetting.objects.number("draft_days")
    old = DraftField.objects.filter(written_at__lt=clock.day_begins(today - timedelta(days=days)))
    rows = old.select_related("case", "letter__document__entry", "measure_laid", "assignment")
    past = [text.pk for text in rows if _is_past(text)]
    return {"删除": DraftField.objects.filter(pk__in=past).delete()[0]}


def _is_past(text: DraftField) -> bool:
    if text.letter is not None:
        is_revised = text.verb == Verb.REVISE_LETTER
        return text.letter.find_step(text.verb) is None if is_revised else not text.letter.awaits_answer
    if other := text.measure_laid or text.assignment:
        return other.find_step(text.verb) is None
    if text.case is None:
        return False
    return text.case.is_ended if text.verb in FORMS_OF_NO_SUBJECT else text.case.find_step(text.verb) is None
