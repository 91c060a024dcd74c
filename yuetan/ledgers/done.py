"""已办事项: what passed through a person's hands, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from yuetan.forms.frame.filters import DoneFilter
from yuetan.forms.frame.options import FormData
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.ledgers.subjects import UNITS_OF_SUBJECTS, about_visible_subjects, subject_url
from yuetan.ledgers.whose_turn import Turn, turns
from yuetan.models import Event, Subject, User
from yuetan.models.subjects import subject_of
from yuetan.templatetags.official import moment


class DoneLedger(Ledger[Event]):
    """The steps that the person took on what they may still see, the newest first."""

    key, title, list_url = "done", "已办事项", "done_list"
    columns = (
        Column("办理时间", 20, lambda line: moment(line["event"].created_at)),
        Column("办理", 20, lambda line: line["event"].label),
        Column("事项", 50, lambda line: line["subject"].title),
        Column("单位", 22, lambda line: line["subject"].unit_label),
        Column("现在的状态", 16, lambda line: line["state"]),
        Column("现由谁办", 40, lambda line: line["turn"].words, inner=True),
        Column("自", 20, lambda line: moment(line["turn"].since) if line["turn"].awaited else "", inner=True),
    )

    def filtered(self, user: User, data: FormData) -> DoneFilter:
        """By days, and by whether what it was about has come to its end."""
        events = Event.objects.filter(actor=user).filter(about_visible_subjects(user))
        return DoneFilter(data, events.select_related(*UNITS_OF_SUBJECTS).newest_first())

    def lines(self, rows: Sequence[Event], user: User) -> list[Line]:
        """The step with what it was about, how that stands in the words of the person's side, and whose turn it is."""
        subjects = [_subject(event) for event in rows]
        by_subject = turns(subject for subject in subjects if subject.is_inner_to(user))
        return [
            {
                "event": event,
                "subject": subject,
                "url": subject_url(subject),
                "state": subject.state_for(user),
                "inner": subject.pk in by_subject,
                "turn": by_subject.get(subject.pk, Turn()),
            }
            for event, subject in zip(rows, subjects, strict=True)
        ]


def _subject(event: Event) -> Subject:
    subject = subject_of(event)
    assert subject is not None
    return subject
