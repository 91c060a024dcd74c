"""Pieces that pages share: paging and taking an action from a form."""

from collections.abc import Callable, Sequence
from typing import Generic, TypedDict, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from yuetan.errors import Refused
from yuetan.forms.frame.begun_with import BegunWithField
from yuetan.forms.frame.name_search import asks_for_candidates
from yuetan.ledgers.ledger import MAX_COUNTED
from yuetan.models import User
from yuetan.views.frame.keyset import Order, Values
from yuetan.views.frame.request import Request

PAGE_LENGTH = 20
PLACES = ("after", "before", "last", "page")
NO_PAGES = "按页码的地址已不再使用，下面从第一页列起。"
ROW_IS_GONE = "接着翻页的那一行已不在这张表里，下面从第一页列起。"


Row = TypeVar("Row", bound=Model)
Result = TypeVar("Result")
Line = TypeVar("Line")


class PageLinks(TypedDict):
    """What pagination.html needs; an address is empty where there is nothing to go to."""

    count_text: str
    place_text: str
    note: str
    first_url: str
    previous_url: str
    next_url: str
    last_url: str


class PageOfRows(TypedDict, Generic[Row]):
    """One page of a list."""

    rows: Sequence[Row]
    page: PageLinks


class Page(Generic[Row]):
    """The part of an ordered list that an address asks for: `?after=` or `?before=` a row, or the `?last=` rows.

    An address names a row, not a number of rows: it shows the same rows though others came before them, and the last
    page costs what the first one costs. An address that leads nowhere shows the first page, and says so.
    `order` reads and counts rows in another way than by their own order.
    """

    def __init__(self, request: Request, rows: QuerySet[Row], length: int, order: Order | None = None) -> None:
        self.request, self.all_rows, self.length, self.order = request, rows, length, order or Order.of(rows)
        self.note = NO_PAGES if request.GET.get("page", "1") != "1" else ""
        self.has_previous = self.has_next = False
        self.keys = self._asked_for() or self._forward(None)

    def _asked_for(self) -> list[tuple[object, ...]]:
        asked = self.request.GET
        if "last" in asked:
            return self._backward(None)
        if "after" not in asked and "before" not in asked:
            return []
        place = self._values(asked.get("after") or asked.get("before", ""))
        if place is None:
            self.note = ROW_IS_GONE
            return []
        if "after" not in asked:
            return self._backward(place)
        return self._forward(place) or self._backward(None)  # what stood behind may be gone

    def _values(self, key: str) -> Values | None:
        """The keys of the row that the address names, as long as it is one of the rows that are shown."""
        field = self.all_rows.model._meta.pk
        try:
            value = field.to_python(key)
            field.run_validators(value)
        except ValidationError:
            return None
        return self.all_rows.filter(pk=value).order_by().values_list(*self.order.names).first()

    def _forward(self, after: Values | None) -> list[tuple[object, ...]]:
        keys = self.order.read(self.all_rows, after, self.length + 1)
        self.has_previous, self.has_next = after is not None, len(keys) > self.length
        return keys[: self.length]

    def _backward(self, before: Values | None) -> list[tuple[object, ...]]:
        """The rows before one, or the last ones; fewer than a page of them is the first page."""
        keys = (-self.order).read(self.all_rows, before, self.length + 1)
        if before is not None and len(keys) <= self.length:
            return self._forward(None)
        self.has_previous, self.has_next = len(keys) > self.length, before is not None
        return keys[: self.length][::-1]

    @property
    def rows(self) -> list[Row]:
        """The rows, fetched by their keys, so that what they are joined with is read for them alone."""
        by_key = {row.pk: row for row in self.all_rows.order_by().filter(pk__in=[key for key, *_ in self.keys])}
        return [by_key[key] for key, *_ in self.keys if key in by_key]

    @property
    def links(self) -> PageLinks:
        """Where one may go from here, with everything else that the address asks for."""
        first, last = (str(self.keys[place][0]) if self.keys else "" for place in (0, -1))
        return {
            "count_text": counted_words(self.order.count(self.all_rows, None, MAX_COUNTED + 1)),
            "place_text": self._place_text(),
            "note": self.note,
            "first_url": self._address() if self.has_previous else "",
            "previous_url": self._address(before=first) if self.has_previous else "",
            "next_url": self._address(after=last) if self.has_next else "",
            "last_url": self._address(last="1") if self.has_next else "",
        }

    def _place_text(self) -> str:
        """第 21 至 40 条; counted no further than a thousand."""
        before = (-self.order).count(self.all_rows, self.keys[0][1:], MAX_COUNTED + 1) if self.has_previous else 0
        if before > MAX_COUNTED:
            return f"{MAX_COUNTED} 条以后的 {len(self.keys)} 条"
        return f"第 {before + 1} 至 {before + len(self.keys)} 条" if self.keys else ""

    def _address(self, **place: str) -> str:
        return f"?{query_without_place(self.request, **place)}"


def query_without_place(request: Request, **place: str) -> str:
    """What an address asks for besides a page, such as its filters; and another place in its stead."""
    query = request.GET.copy()
    for name in PLACES:
        query.pop(name, None)
    for name, value in place.items():
        query[name] = value
    return query.urlencode()


def capped_count(rows: QuerySet[Row, Line], beyond: int = 0) -> int:
    """How many rows there are, beyond the first so many, at most one more than MAX_COUNTED: nobody reads on, and to
    count on costs."""
    return rows.order_by().values("pk")[beyond : beyond + MAX_COUNTED + 1].count()


def capped_words(count: int, *, is_more: bool = False) -> str:
    """A capped count as a tile shows it: 1000+, and a plus also where there is more that was not counted."""
    if count > MAX_COUNTED:
        return f"{MAX_COUNTED}+"
    return f"{count}+" if is_more else str(count)


def counted_words(count: int) -> str:
    """A capped count as a list shows it."""
    return f"共 {MAX_COUNTED} 条以上" if count > MAX_COUNTED else f"共 {count} 条"


def paginate(
    request: Request, rows: QuerySet[Row], length: int | None = None, order: Order | None = None
) -> PageOfRows[Row]:
    """One page of rows, of the usual length if none is named, with what pagination.html needs."""
    page = Page(request, rows, length or PAGE_LENGTH, order)
    return {"rows": page.rows, "page": page.links}


def is_one_of_several(page: PageOfRows[Row]) -> bool:
    """Whether there are rows that the page does not show, or it has something to say of its address."""
    links = page["page"]
    return bool(links["next_url"] or links["previous_url"] or links["note"])


def run_action(form: forms.Form, action: Callable[..., Result], *subject: object, by: User) -> Result | None:
    """Take an action with what a form holds; a refusal goes into the form, which keeps what was typed.

    Returns what the action returns, or None if the form or the rules refused.
    """
    if asks_for_candidates(form.data):  # asked back for what matches the name, not sent off
        form.is_valid()
        form.errors.clear()
        return None
    if not form.is_valid():
        return None
    try:
        return action(*subject, by=by, **form.cleaned_data)
    except Refused as refused:
        show_refusal(form, refused)
        return None


def show_refusal(form: forms.Form, refused: Refused) -> None:
    """Add each reason as an error of its field, or of the form; further fields it is about say what they lack."""
    for reason in refused.reasons:
        field = form.fields.get(reason.field)
        if isinstance(field, BegunWithField):
            field.is_refused, field = True, None
        form.add_error(reason.field if field is not None else None, reason.text)
        for name in reason.further_fields:
            if name in form.fields:
                form.add_error(name, form.fields[name].error_messages["required"])


def shown_of(rows: QuerySet[Row, Line], most: int) -> tuple[list[Line], str]:
    """The first so many rows, and in words how many more there are (另有 3 件); counted only where there are more."""
    first = list(rows[: most + 1])
    others = capped_count(rows, most) if len(first) > most else 0
    return first[:most], f"另有 {capped_words(others)} 件" if others else ""
