"""A form into which people type for a while: what was typed fills it again, and nobody overwrites another unseen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, NamedTuple, TypedDict, TypeVar

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from yuetan.errors import StateChanged
from yuetan.forms.drafts import draft_cells as reading
from yuetan.forms.frame.bounds import parsed_json
from yuetan.models import DraftField, DraftKey, User
from yuetan.models.drafts.draft import DraftFieldQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.three_way_merge import Cells, digest, digests, draft_conflict
from yuetan.views.frame.request import Request

SEEN, ACCEPTED = (
    "draft_seen",
    "draft_accepted",
)  # what the page has shown; the fields in which the other's words are taken
EMPTY = digest([])


Form_co = TypeVar("Form_co", bound=forms.Form, covariant=True)


class FieldChange(TypedDict):
    """One field: what it says now, who made it so and when; for components/draft.html and its script."""

    name: str
    label: str
    id: str
    values: list[str]
    digest: str
    data: str
    words: str
    who: str
    at: str


class DraftFacts(TypedDict):
    """What components/draft.html needs to keep what is typed."""

    url: str
    discard_url: str
    waits: bool
    owner: int
    seen: str
    shared: bool
    unsaved: str
    merged: list[FieldChange]
    conflicts: list[FieldChange]
    since: str
    others: list[str]
    has_own: bool
    has_files: bool


class FormState(NamedTuple, Generic[Form_co]):
    """A form to show, and what its page needs to keep what is typed into it (None if nothing is to be kept)."""

    form: Form_co
    facts: DraftFacts | None


@dataclass
class DraftForm(Generic[Form_co]):
    """One form of one person; `make()` gives it untouched, `make(data, files)` as sent.

    `url` is where it is kept, `back` the page it stands on.
    """

    draft_key: DraftKey
    by: User
    url: str
    back: str
    make: Callable[..., Form_co]

    def load(self) -> FormState[Form_co]:
        """The form with what was typed into it before."""
        form = self.make()
        if not self.is_kept(form):
            return FormState(form, self.waiting(form))
        texts, now = self.now(form)
        if texts:
            reading.type_into(form, now)
        return FormState(form, self.facts(form, seen=digests(now), texts=texts))

    def is_kept(self, form: forms.BaseForm) -> bool:
        """Whether there is anything to type, and it is known about which task."""
        return bool(reading.draft_inputs(form)) and ("task" not in form.fields or self.draft_key.task is not None)

    def waiting(self, form: forms.BaseForm) -> DraftFacts | None:
        """For a form that will be kept as soon as its task is chosen."""
        if not reading.draft_inputs(form):
            return None
        facts = self.facts(form, seen=digests(reading.cells(form)), texts=[])
        return {**facts, "waits": True}

    def now(self, untouched: forms.BaseForm) -> tuple[list[DraftField], Cells]:
        """What is typed so far, and with it what the whole form says."""
        texts = list(DraftField.objects.on(self.draft_key).select_related("written_by"))
        known = [text for text in texts if reading.takes(untouched, text.name)]
        return known, reading.cells(untouched) | {text.name: text.value for text in known}

    def bind(self, request: Request) -> Form_co:
        """The form as a browser has sent it, with the other's words where the person chose them."""
        data, accepted = request.POST.copy(), request.POST.getlist(ACCEPTED)
        if accepted:
            _, now = self.now(self.make())
            for name in accepted:
                if name in now:
                    data.setlist(name, now[name])
        return self.make(data, request.FILES)

    def redisplay(self, form: forms.BaseForm) -> DraftFacts | None:
        """What the page of a form that comes back needs: what its person had seen is still all that was seen."""
        if not self.is_kept(form):
            return self.waiting(form)
        texts, now = self.now(self.make())
        facts = self.facts(form, seen=seen_in(form), texts=texts)
        return {**facts, "unsaved": unsaved(form, now)}

    def conflict(self, form: forms.BaseForm) -> FormState[Form_co] | None:
        """The form to show if somebody else has changed it since: their words where I typed none, both where I did."""
        if not self.is_kept(form):
            return None  # nothing is shared before it is known about which task
        seen, own_values = seen_in(form), reading.cells(form)
        texts, now = self.now(self.make())
        touched = seen.keys() | {text.name for text in texts}
        conflict = draft_conflict(seen, own_values, {name: now[name] for name in now if name in touched})
        if conflict is None:
            return None
        back = reading.type_into(self.make(), own_values | conflict.theirs)
        facts = self.facts(back, seen=digests(now), texts=texts)
        changes = Changes(back, now, texts, self.by)
        facts["merged"] = [changes.field_change(name) for name in conflict.theirs]
        facts["conflicts"] = [changes.field_change(name) for name in conflict.both]
        facts["unsaved"] = unsaved(back, now)
        return FormState(back, facts)

    def facts(self, form: forms.BaseForm, *, seen: dict[str, str], texts: list[DraftField]) -> DraftFacts:
        """For components/draft.html."""
        return {
            "url": self.url,
            "discard_url": f"{self.url}{'&' if '?' in self.url else '?'}discard=1",
            "waits": False,
            "owner": self.by.pk,
            "seen": json.dumps(seen),
            "shared": self.draft_key.is_shared,
            "unsaved": "[]",
            "merged": [],
            "conflicts": [],
            "since": clock_time(texts[-1].written_at) if texts else "",
            "others": sorted({text.written_by.name for text in texts if text.written_by_id != self.by.pk}),
            "has_own": any(text.written_by_id == self.by.pk for text in texts),
            "has_files": any(isinstance(field, forms.FileField) for field in form.fields.values()),
        }


@dataclass
class Changes:
    """What others have changed, in words."""

    form: forms.BaseForm
    now: Cells
    texts: list[DraftField]
    by: User

    def field_change(self, name: str) -> FieldChange:
        """One field: what it says now, who made it so and when."""
        text = next((text for text in self.texts if text.name == name), None)
        cell, values = reading.draft_inputs(self.form).get(name), self.now.get(name, [])
        return {
            "name": name,
            "label": cell.label if cell else "",
            "id": cell.bound.id_for_label if cell else "",
            "values": values,
            "digest": digest(values),
            "data": json.dumps(values),
            "words": cell.words(values) if cell else "".join(values),
            "who": self._who(text),
            "at": clock_time(text.written_at) if text else "",
        }

    def _who(self, text: DraftField | None) -> str:
        if text is None:
            return "他人"
        return "您在别的窗口" if text.written_by_id == self.by.pk else text.written_by.name


def unsaved(form: forms.BaseForm, now: Cells) -> str:
    """Names of the fields in which the form says something else than is kept."""
    return json.dumps([name for name, value in reading.cells(form).items() if value != now.get(name, [])])


def seen_in(form: forms.BaseForm) -> dict[str, str]:
    """What the page had shown, as the page remembers it; what cannot be read was not shown."""
    try:
        seen = parsed_json(form.data.get(SEEN, "{}"))
    except ValueError:
        return {}
    if not isinstance(seen, dict):
        return {}
    return {str(name): value for name, value in seen.items() if isinstance(value, str)}


def clock_time(at: datetime) -> str:
    """10:32, with the day in front if it is another."""
    local = timezone.localtime(at)
    same_day = local.date() == clock.today()
    return f"{local:%H:%M}" if same_day else f"{local.month}月{local.day}日 {local:%H:%M}"


@contextmanager
def with_draft_values(request: Request, form: type[forms.Form], texts: DraftFieldQuerySet) -> Iterator[None]:
    """Should the case have moved on, the page that says so also shows what the person had typed."""
    try:
        yield
    except StateChanged as moved:
        own_values = texts.filter(written_by=request.user).cells()
        moved.draft_values = reading.read_out(form, MultiValueDict(own_values | dict(request.POST.lists())))
        raise
