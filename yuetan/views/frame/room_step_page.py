"""The page of one step in a room of the year: offered, explained, taken and answered alike in every room."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yuetan.actions.room_step import RoomStep
from yuetan.errors import Refused
from yuetan.models import User
from yuetan.models.files.stored_file import StoredFile
from yuetan.views.frame.file_links import report_on_files
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.frame.rows import is_sent, keep_unjudged

PAGE_METHODS = ["GET", "HEAD", "POST"]
PRIMARY, SECONDARY = "button", "button button-secondary"  # how a link to a step looks
Row = TypeVar("Row")
Made = TypeVar("Made")
Keywords = dict[str, object]


class OnPage(Protocol):
    """A row that has a page, by whose key its steps have their addresses."""

    @property
    def pk(self) -> object:
        """Its key."""


Paged = TypeVar("Paged", bound=OnPage)


def comes_next(row: object) -> bool:
    """Of a step by which the row goes on."""
    return True


def only_changes(row: object) -> bool:
    """Of a step that never is the next one: it changes, adds to or takes back what is done, or is rarely needed."""
    return False


def _no_keywords(row: object) -> Keywords:
    return {}


def _no_words(made: object) -> str:
    return ""


def _no_files(made: object) -> Iterable[StoredFile]:
    return ()


@dataclass(frozen=True)
class RoomStepPage(Generic[Row]):
    """What the page of a step says, its form, and the action to which the form is sent.

    `name` is that of its address; `begins_with` gives the keywords with which its form is made for a row. What begins
    with nothing, and makes its row, is done on None: its action takes no row. The action returns what it made, never
    None: `done` is said of it and may name it ({}, {0.number}), unless `done_instead` has words for what came of it;
    `files_of` gives the files that came with it.
    """

    name: str
    step: RoomStep[Row]
    title: str
    note: str
    done: str
    form: type[forms.Form]
    action: Callable[..., object]
    begins_with: Callable[[Row], Keywords] = _no_keywords
    files_of: Callable[..., Iterable[StoredFile]] = _no_files
    button: str = ""  # what stands on it, where it is not the title
    link: str = ""  # what leads to it, where it is not the title
    done_instead: Callable[..., str] = _no_words
    is_next: Callable[[Row], bool] = comes_next  # whether, where it is offered, the row goes on by it
    fields: str = ""  # the template of its fields, where they are not one below the other
    is_of_reader: bool = False  # whether its form is made for the person too, by the keyword `by`

    def form_for(self, request: Request, row: Row, **asked: object) -> forms.Form:
        """Its form as it was sent off, or as it begins, `asked` being what the address asks for."""
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        make: Callable[..., forms.Form] = self.form
        reader = {"by": request.user} if self.is_of_reader else {}
        return make(*sent, **self.begins_with(row), **reader, **asked)

    def take(self, request: Request, row: Row, **asked: object) -> tuple[forms.Form, object]:
        """The form, and what the action made of it; None while it was not sent, or is refused.

        Raises NotYours for who may not take the step.
        """
        self.step.require(row, request.user)
        form = self.form_for(request, row, **asked)
        if is_sent(request):
            on_row = () if row is None else (row,)
            return form, run_action(form, self.action, *on_row, by=request.user)
        keep_unjudged(request, form)
        return form, None

    def answer(self, request: Request, template: str, form: forms.Form, row: Row, **shown: object) -> HttpResponse:
        """The page with the form, or in its place with what stands against the step.

        The template extends components/room_step.html; `shown` holds what that wants, `about` and `back`, and more.
        """
        reasons = [] if form.is_bound else self.step.reasons(row, request.user)
        context = {"step": self, "form": form, "reasons": reasons, **shown}
        return render(request, template, context, status=422 if form.errors else 200)

    def finish(self, request: Request, made: object) -> None:
        """Say that it is done, and what there is to say of each file that came with it."""
        messages.success(request, self.done_instead(made) or self.done.format(made))
        report_on_files(request, self.files_of(made))


def press(request: Request, action: Callable[..., Made], row: object, done: str) -> Made | None:
    """Take a step that is a button and has no page: what follows says that it is done, or why it cannot be.

    Returns what the action made, which `done` may name ({}); None where it was refused. Raises NotYours for who may not
    take it.
    """
    try:
        made = action(row, by=request.user)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason.text)
        return None
    messages.success(request, done.format(made))
    return made


def offered_steps(pages: Iterable[RoomStepPage[Paged]], row: Paged | None, user: User) -> list[dict[str, str]]:
    """What the person may do with the row now, by the links and addresses of the pages; of no row nothing.

    The first by which the row goes on is to stand out, and no other.
    """
    if row is None:
        return []
    offered = [page for page in pages if page.step.is_offered(row, user)]
    going_on = next((page for page in offered if page.is_next(row)), None)
    return [
        {
            "title": page.link or page.title,
            "url": reverse(page.name, args=[row.pk]),
            "look": PRIMARY if page is going_on else SECONDARY,
        }
        for page in offered
    ]


def with_one_primary(steps: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Steps on several rows as one list: of those that would stand out the first alone does."""
    shown: list[dict[str, str]] = []
    for step in steps:
        has_one = any(before["look"] == PRIMARY for before in shown)
        shown.append(step | {"look": SECONDARY} if has_one else step)
    return shown


def by_name(pages: Iterable[RoomStepPage[Row]]) -> dict[str, RoomStepPage[Row]]:
    """The pages of one kind of row, by the names of their addresses."""
    return {page.name: page for page in pages}
