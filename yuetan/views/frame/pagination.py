"""Pieces that pages share: paging and taking an action from a form."""

from collections.abc import Callable, Sequence
from typing import Generic, TypedDict, TypeVar

from django import forms
from django.core.paginator import InvalidPage, Paginator
from django.db.models import Model, QuerySet

from yuetan.errors import Refused
from yuetan.models import User
from yuetan.views.frame.request import Request

PAGE_LENGTH = 20
MAX_COUNTED = 1000


Row = TypeVar("Row", bound=Model)
Result = TypeVar("Result")


class PageLinks(TypedDict):
    """What pagination.html needs."""

    number: int
    count_text: str
    previous_url: str
    next_url: str


class PageOfRows(TypedDict, Generic[Row]):
    """One page of a list."""

    rows: Sequence[Row]
    page: PageLinks


class CappedPaginator(Paginator):
    """Counts no further than a thousand, because nobody reads on and the exact count costs more than the page."""

    def __init__(self, rows: QuerySet[Row], per_page: int) -> None:
        super().__init__(rows, per_page)
        self._rows = rows

    @property
    def count(self) -> int:
        """The number of rows, at most one more than MAX_COUNTED."""
        if not hasattr(self, "_count"):
            self._count = self._rows.order_by()[: MAX_COUNTED + 1].count()
        return self._count

    @property
    def count_text(self) -> str:
        """The count as a page shows it."""
        return f"共 {MAX_COUNTED} 条以上" if self.count > MAX_COUNTED else f"共 {self.count} 条"


def paginate(request: Request, rows: QuerySet[Row]) -> PageOfRows[Row]:
    """One page of rows with what pagination.html needs; a page that is not there is the first."""
    paginator = CappedPaginator(rows, PAGE_LENGTH)
    try:
        page = paginator.page(request.GET.get("page", "1"))
    except InvalidPage:
        page = paginator.page(1)
    return {
        "rows": list(page.object_list),
        "page": {
            "number": page.number,
            "count_text": paginator.count_text,
            "previous_url": _with_page(request, page.number - 1) if page.has_previous() else "",
            "next_url": _with_page(request, page.number + 1) if page.has_next() else "",
        },
    }


def _with_page(request: Request, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def run_action(form: forms.Form, action: Callable[..., Result], *subject: object, by: User) -> Result | None:
    """Take an action with what a form holds; a refusal goes into the form, which keeps what was typed.

    Returns what the action returns, or None if the form or the rules refused.
    """
    if not form.is_valid():
        return None
    try:
        return action(*subject, by=by, **form.cleaned_data)
    except Refused as refused:
        show_refusal(form, refused)
        return None


def show_refusal(form: forms.Form, refused: Refused) -> None:
    """Add each reason as an error of its field, or of the form."""
    for reason in refused.reasons:
        form.add_error(reason.field if reason.field in form.fields else None, reason.text)
