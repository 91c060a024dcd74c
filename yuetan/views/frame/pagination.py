"""Pieces that pages share: paging and taking an action from a form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from yuetan.errors import Refused

PAGE_LENGTH = 20
MAX_COUNTED = 1000


class CappedPaginator(Paginator):
    """Counts no further than a thousand, because nobody reads on and the exact count costs more than the page."""

    @property
    def count(self) -> int:
        """The number of rows, at most one more than MAX_COUNTED."""
        if not hasattr(self, "_count"):
            self._count = self.object_list.order_by()[: MAX_COUNTED + 1].count()
        return self._count

    @property
    def count_text(self) -> str:
        """How a page says it."""
        return f"共 {MAX_COUNTED} 条以上" if self.count > MAX_COUNTED else f"共 {self.count} 条"


def paginate(request: HttpRequest, rows: QuerySet[Any]) -> dict[str, Any]:
    """One page of rows with what pagination.html needs; a page that is not there is the first."""
    paginator = CappedPaginator(rows, PAGE_LENGTH)
    try:
        page = paginator.page(request.GET.get("page", "1"))
    except InvalidPage:
        page = paginator.page(1)
    return {
        "rows": page.object_list,
        "page": {
            "number": page.number,
            "count_text": paginator.count_text,
            "previous_url": _with_page(request, page.number - 1) if page.has_previous() else "",
            "next_url": _with_page(request, page.number + 1) if page.has_next() else "",
        },
    }


def _with_page(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def run_action(form: forms.Form, action: Callable[..., Any], *subject: Any, by: Any) -> Any:
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
    """Put each reason beside the field it is about, or above the form."""
    for reason in refused.reasons:
        form.add_error(reason.field if reason.field in form.fields else None, reason.text)
