"""The context of the case page other than its sections: steps, facts, tasks, timeline, answers to check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol, TypedDict

from django import forms
from django.db.models import F, Q
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from yuetan.actions.proposal.readers import names_of_readers
from yuetan.documents.content.content import body_of
from yuetan.forms.frame.fields import RowsField
from yuetan.forms.frame.handling import HANDLING
from yuetan.models import AccountabilityMeasure, Case, Event, Subject, User
from yuetan.models.office.read_once import once
from yuetan.models.papers.document import NEWEST_FIRST
from yuetan.models.record import event_words
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.rules.text import official_text
from yuetan.templatetags.official import moment_in_words
from yuetan.views.frame.section import SummaryRow, row
from yuetan.vocabulary import (
    STAGE_OF_STATE,
    CaseState,
    Stage,
)
from yuetan.vocabulary.naming import in_names


class StageMark(TypedDict):
    """One of the seven steps, and how far the case has come with it."""

    number: int
    label: str
    state: str
    date_text: str


def stages(case: Case, user: User) -> list[StageMark]:
    """The seven steps with the date under each finished one."""
    inner = case.is_inner_to(user)
    all_stages = list(Stage)
    finished = _finished(case)
    current = all_stages.index(case.stage) if case.stage else None
    shown: list[StageMark] = []
    for index, stage in enumerate(all_stages):
        is_done = index < current if current is not None else stage in finished
        when = finished.get(stage)
        hidden = not inner and stage in (Stage.PROPOSE, Stage.APPROVE)
        shown.append(
            {
                "number": index + 1,
                "label": stage.label,
                "state": "done" if is_done else "current" if index == current else "ahead",
                "date_text": f"{when.month}月{when.day}日" if when and is_done and not hidden else "",
            }
        )
    return shown


def _finished(case: Case) -> dict[Stage, datetime]:
    order = list(Stage)
    finished: dict[Stage, datetime] = {}
    for move in events_of(case, ~Q(from_state=F("to_state")), lambda event: event.from_state != event.to_state):
        left = STAGE_OF_STATE.get(CaseState(move.from_state)) if move.from_state else None
        if left is None or move.to_state in (CaseState.WITHDRAWN, CaseState.DECLINED):
            continue
        entered = STAGE_OF_STATE.get(CaseState(move.to_state))
        until = order.index(entered) if entered else len(order)
        for stage in order[order.index(left) : until]:
            finished[stage] = timezone.localtime(move.created_at)
    return finished


def summary(case: Case, user: User) -> list[SummaryRow]:
    """基本情况."""
    heads = "\n".join(f"{person.name}（{person.title}）" for person in case.people_named)
    rows = [row("被约谈单位", case.unit_label), row("约谈对象", heads)]
    if case.interviewer:
        acting = f"\n{case.acting_reason}。" if case.acting_reason else ""
        rows.append(row("约谈人", f"{case.interviewer.holder.name}（{case.interviewer.title}）{acting}"))
    door = case.gravity_door
    if door is not None:
        rows.append(row("经由", door.quoted))
    if case.scheduled_at:
        rows += [row("约谈时间", moment_in_words(case.scheduled_at)), row("约谈地点", case.place)]
    if case.is_inner_to(user):
        rows = [row("编号", case.register_number), *rows, row("拟稿人", case.drafter.name)]
        if case.readers is not None:
            named = names_of_readers(case.readers)
            rows.append(row("知悉范围", in_names("{named}，以及办公室主任、{the_leaders}", named=named)))
        if case.rung_laid is not None and case.rung_laid.is_inner_to(user):
            rows.append(row("所据责任措施", _rung_words(case.rung_laid)))
        rows.append(row("依据", f"{case.regulation.title}（{case.regulation.version}）"))
    return rows


NEWEST_EVENTS = 30


class Timeline(NamedTuple):
    """The events that are shown, newest first, and how many older ones there are."""

    events: list[dict[str, str]]
    older: int


def timeline(subject: Subject, user: User, *, whole: bool) -> Timeline:
    """Who did what when and with which opinion: the newest events, or all."""
    inner, newest = subject.is_inner_to(user), _newest(subject)
    if len(newest) <= NEWEST_EVENTS:
        return Timeline(_event_rows([event for event in newest if inner or event.is_outer], inner=inner), 0)
    events = subject.events.select_related("actor").newest_first()
    visible = events if inner else events.shown_outside()
    shown = list(visible if whole else visible[:NEWEST_EVENTS])
    return Timeline(_event_rows(shown, inner=inner), 0 if whole else max(visible.count() - NEWEST_EVENTS, 0))


def _newest(subject: Subject) -> list[Event]:
    """The newest events, and one more where there are more; read once for all parts of a page."""
    events = subject.events.select_related("actor").newest_first()
    return once(("newest events", subject.pk), (Event, User), lambda: list(events[: NEWEST_EVENTS + 1]))


def events_of(case: Case, meant: Q, is_meant: Callable[[Event], bool]) -> list[Event]:
    """Some events of a case, the oldest first: asked of the database only where there are more than a page shows."""
    newest = _newest(case)
    if len(newest) <= NEWEST_EVENTS:
        return [event for event in reversed(newest) if is_meant(event)]
    return list(case.events.filter(meant).select_related("actor").order_by("created_at", "id"))


def _event_rows(events: list[Event], *, inner: bool) -> list[dict[str, str]]:
    return [
        {
            "title": f"{event.label}（补录）" if event.is_earlier else event.label,
            "who": event.who(inner=inner),
            "when": event_words.written_on(event),
            "opinion": event.opinion if inner or event.is_shown_to_unit else "",
            "details": event_words.details(event) + (event_words.entered(event) if inner and event.is_earlier else ""),
        }
        for event in events
    ]


def _rung_words(rung: AccountabilityMeasure) -> str:
    """The paper of the measure by which a case was opened, and what of it was not met in time."""
    paper = rung.issued_paper
    until = f"，整改期限{official_text.chinese_date(rung.limit)}" if rung.limit else ""
    return f"《{paper.title}》（{paper.number}）{until}"


class SpelledForm(Protocol):
    """A valid form, and what it says beside its fields."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, object]

    def spelled_out(self) -> list[tuple[str, str]]:
        """The rest, by its labels."""


# Boxes that mean nothing to who had no cause to tick them; what a paper may bear says nothing either where it does not.
SHOWN_IF_TICKED = ("clash_accepted", "submission_missing")


def answers(form: SpelledForm) -> list[SummaryRow]:
    """The submitted values with their labels, for the page that asks for a confirmation."""
    silent = {name for name in (*SHOWN_IF_TICKED, *HANDLING) if not form.cleaned_data.get(name)}
    shown_fields = {
        name: field for name, field in form.fields.items() if not field.widget.is_hidden and name not in silent
    }
    rows = [row(str(field.label), _cell_words(field, form.cleaned_data[name])) for name, field in shown_fields.items()]
    return rows + [row(label, words) for label, words in form.spelled_out()]


def _cell_words(field: Any, value: Any) -> str:
    if isinstance(field, RowsField):
        shown = {name: one for name, one in field.widget.row_form.base_fields.items() if one.label}
        rows = [
            [
                f"{shown[key].label}：{_cell_words(shown[key], cell)}"
                for key, cell in line.items()
                if key in shown and cell
            ]
            for line in value
        ]
        return "\n".join(f"{number}．{'；'.join(cells)}" for number, cells in enumerate(rows, start=1))
    if hasattr(field, "choices") and not hasattr(field, "queryset") and not isinstance(value, list):
        value = next((label for key, label in field.choices if field.clean(key) == value), value)
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return moment_in_words(value)
    if isinstance(value, date):
        return official_text.chinese_date(value)
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return "\n".join(str(one) for one in value)
    return str(value)


def newest_paper(case: HandsOutTasks) -> str:
    """The frozen wording of the newest paper: inside a dry run, the one that the step would issue."""
    paper = case.documents.order_by(*NEWEST_FIRST).first()
    return paper.html if paper else ""


def paper_fragment(html: str) -> SafeString | str:
    """A frozen paper as the fragment that is shown; our own templates escaped what people typed."""
    return mark_safe(body_of(html)) if html else ""  # nosec B308 B703
