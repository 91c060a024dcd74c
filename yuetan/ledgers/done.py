"""已办事项: what passed through a person's hands, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from yuetan.forms.frame.filters import DoneFilter
from yuetan.forms.frame.options import FormData
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import Case, Event, Letter, User
from yuetan.templatetags.official import moment


class DoneLedger(Ledger[Event]):
    """The steps that the person took on cases and letters they may still see, the newest first."""

    key, title, list_url = "done", "已办事项", "done_list"
    columns = (
        Column("办理时间", 20, lambda line: moment(line["event"].created_at)),
        Column("办理", 20, lambda line: line["event"].label),
        Column("事项", 50, lambda line: line["subject"].title),
        Column("单位", 22, lambda line: line["subject"].unit_label),
        Column("现在的状态", 16, lambda line: line["state"]),
    )

    def filtered(self, user: User, data: FormData) -> DoneFilter:
        """By days, and by whether the case or letter has come to its end."""
        of_cases = Q(case__isnull=False) & Case.objects.visible_if(user, "case__")
        of_letters = Q(letter__isnull=False) & Letter.objects.visible_if(user, "letter__")
        related = ("case__unit__parent", "case__first_unit", "letter__unit__parent", "letter__first_unit")
        events = Event.objects.filter(actor=user).filter(of_cases | of_letters).select_related(*related)
        return DoneFilter(data, events.newest_first())

    def lines(self, rows: Sequence[Event], user: User) -> list[Line]:
        """The step with its case or letter, and the state of that in the words of the person's side."""
        return [_done_line(event, user) for event in rows]


def _done_line(event: Event, user: User) -> Line:
    subject: Case | Letter | None = event.case or event.letter
    assert subject is not None
    url = reverse("case" if event.case else "letter", args=[subject.pk])
    return {"event": event, "subject": subject, "url": url, "state": subject.state_for(user)}
