"""Paging by keys: every row is reached, once, in order; an address names a row and keeps the filters."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.exports import exported_rows
from tests.factories import case_in, letter_in
from tests.views.queries import queries_of
from tests.web import Visitor, browser
from yuetan.actions.papers.number_register import reserve_number
from yuetan.models import Alert, Case, Event, Letter, NumberEntry, Task, Unit
from yuetan.rules.dates import clock
from yuetan.views.frame import pagination
from yuetan.vocabulary import CaseState, DocumentKind, LetterState

MANY = 1_100  # more than are counted
SOME = 230


def copies(row: Model, count: int, **changed: Callable[[int], object]) -> list[Model]:
    """Rows like one that is there, but for what is given for each."""
    model = type(row)
    kept = {field.attname: getattr(row, field.attname) for field in model._meta.fields}
    del kept[model._meta.pk.attname]
    rows = (kept | {name: value(number) for name, value in changed.items()} for number in range(count))
    return model.objects.bulk_create(model(**facts) for facts in rows)


def many_cases(count: int = MANY) -> None:
    copies(case_in(CaseState.DRAFTED), count, register_serial=lambda n: 100 + n, register_year=lambda n: 2020 + n % 7)


def many_tasks(count: int = MANY) -> None:
    """On few days, so that many fall due on the same; one in ten is paused and has no day."""
    task = case_in(CaseState.RECTIFYING).tasks.first()
    measures = copies(task.measure, count, number=lambda n: 10 + n)
    copies(
        task,
        count,
        number=lambda n: 10 + n,
        measure_id=lambda n: measures[n].pk,
        effective_due_on=lambda n: None if n % 10 == 0 else task.agreed_due_on + timedelta(days=n % 7),
    )


def many_numbers(count: int = MANY) -> None:
    entry = reserve_number(by=cast.person("officer"), kind=DocumentKind.MINUTES, case=None, purpose="预留")
    prefixes = ("江扫黑办", "江扫黑函", "江扫黑办纪")
    copies(entry, count, serial=lambda n: 100 + n, prefix=lambda n: prefixes[n % 3], year=lambda n: 2020 + n % 4)


def many_letters(count: int) -> None:
    """All of one moment, so that the primary key alone tells them apart."""
    copies(letter_in(LetterState.DRAFTED), count)


def many_alerts(count: int) -> None:
    alert = Alert(recipient=cast.person("officer"), text="测试", key="x", created_at=clock.now())
    alert.save()
    copies(alert, count, key=lambda n: f"x{n}")


def many_events(count: int) -> None:
    case_in(CaseState.DRAFTED)
    copies(Event.objects.first(), count)


LISTS = [
    ("/cases/", many_cases, "officer", Case, "case"),
    ("/tasks/?state=", many_tasks, "supervisor", Task, "task"),
    ("/documents/numbers/", many_numbers, "officer", NumberEntry, "entry"),
    ("/letters/", many_letters, "officer", Letter, "letter"),
    ("/alerts/", many_alerts, "officer", Alert, ""),
    ("/log/", many_events, "auditor", Event, "when"),
]


def walk(client: Client, address: str, link: str) -> list[list[object]]:
    """The rows of one page after the other, by the link that each page gives."""
    pages, url = [], address
    while url:
        answer = client.get(url)
        assert answer.status_code == 200
        pages.append(list(answer.context["rows"]))
        query = answer.context["page"][link]
        url = f"{address.partition('?')[0]}{query}" if query else ""
    return pages


@pytest.mark.parametrize(("address", "make", "who", "model", "named"), LISTS)
def test_every_row_is_reached_once_forwards_and_backwards(office, address, make, who, model, named):
    make(SOME)
    client = browser(who)

    def keys(rows):
        named_rows = [getattr(row, named, None) or row[named] if named else row for row in rows]
        return [getattr(row, "pk", row) for row in named_rows]

    forwards = [keys(rows) for rows in walk(client, address, "next_url")]
    every = [key for page in forwards for key in page]
    assert len(every) == model.objects.filter(**({"recipient__username": who} if model is Alert else {})).count()
    assert len(forwards) > 10
    if named != "when":
        assert len(set(every)) == len(every)
    last = f"{address}{'&' if '?' in address else '?'}last=1"
    backwards = [keys(rows) for rows in walk(client, last, "previous_url")]
    assert backwards[-1] == forwards[0]
    assert [key for page in reversed(backwards[:-1]) for key in page][-200:] == every[-200:]


def test_row_1021_is_reached_beyond_what_is_counted(office, monkeypatch):
    monkeypatch.setattr(pagination, "PAGE_LENGTH", 100)  # the same pages, in fewer requests
    many_cases()
    pages = walk(browser("officer"), "/cases/", "next_url")
    assert len(pages) == 12
    every = [row["case"].pk for page in pages for row in page]
    assert every == list(Case.objects.values_list("pk", flat=True))


def test_the_place_and_the_filters_are_kept(office):
    many_cases()
    visitor = Visitor(cast.person("officer"))
    page = visitor.open("/cases/?year=2020&q=")
    assert "共 158 条，第 1 至 20 条" in page
    assert not [words for words, _ in page.links if words in ("首页", "上一页")]
    assert "第 21 至 40 条" in visitor.click("下一页")
    assert "year=2020" in visitor.page.link("上一页")
    assert "第 139 至 158 条" in visitor.click("末页")
    assert not [words for words, _ in visitor.page.links if words in ("末页", "下一页")]
    assert "第 119 至 138 条" in visitor.click("上一页")
    assert "第 1 至 20 条" in visitor.click("首页")


def test_a_count_that_stops_says_so(office):
    many_cases()
    visitor = Visitor(cast.person("officer"))
    assert "共 1000 条以上，第 1 至 20 条" in visitor.open("/cases/")
    assert "共 1000 条以上，1000 条以后的 20 条" in visitor.click("末页")


def test_an_address_shows_the_same_rows_though_others_came(office):
    many_cases()
    visitor = Visitor(cast.person("officer"))
    visitor.open("/cases/")
    visitor.click("下一页")
    address = visitor.page.url
    before = [row["case"].pk for row in visitor.page.response.context["rows"]]
    case_in(CaseState.DRAFTED)
    after = [row["case"].pk for row in visitor.open(address).response.context["rows"]]
    assert after == before


@pytest.mark.parametrize("query", ["?page=3", "?page=52", "?after=1", f"?after={uuid.UUID(int=7)}", "?before=x"])
def test_an_address_that_leads_nowhere_says_so(office, query):
    case_in(CaseState.DRAFTED)
    assert "下面从第一页列起" in Visitor(cast.person("officer")).open(f"/cases/{query}")
    assert "下面从第一页列起" not in Visitor(cast.person("officer")).open("/cases/?page=1")


def test_a_row_that_somebody_may_not_see_is_no_place_in_a_list(office, division_town):
    """Where it would stand among one's own tells when it was begun."""
    case_in(CaseState.NOTIFIED)
    other = case_in(CaseState.NOTIFIED, unit=division_town)
    mine = Visitor(cast.person(f"head_{cast.TOWN}"))
    strange, nothing = (mine.open(f"/cases/?after={key}") for key in (other.pk, uuid.uuid4()))
    assert strange.words == nothing.words


def test_pages_cost_alike(office):
    many_cases()
    client = browser("officer")
    first = client.get("/cases/")
    second = f"/cases/{first.context['page']['next_url']}"
    third = f"/cases/{client.get(second).context['page']['next_url']}"
    before_last = f"/cases/{client.get('/cases/?last=1').context['page']['previous_url']}"
    deep = queries_of(client, before_last)
    assert queries_of(client, second) == queries_of(client, third) == deep == queries_of(client, "/cases/") + 2


def test_the_files_hold_every_row(office):
    many_numbers()
    many_tasks()

    assert [row[4] for row in exported_rows("supervisor", "tasks", "state=")[1:]] == list(
        Task.objects.order_by("effective_due_on", "id").values_list("number", flat=True)
    )
    assert [row[0] for row in exported_rows("officer", "numbers")[1:]] == [
        entry.number for entry in NumberEntry.objects.in_order()
    ]


def test_the_files_are_read_in_pieces(office):
    many_numbers()

    def queries(query):
        with CaptureQueriesContext(connection) as asked:
            exported_rows("officer", "numbers", query)
        return len(asked)

    # A piece asks too whether anything was narrowed meanwhile (知悉范围).
    assert queries("") <= queries("state=voided") + 5 * (MANY // 500) + 12


def test_what_is_not_shown_is_counted_as_far_as_what_is(office, monkeypatch):
    """A count that was cut off is never said as if it were exact."""
    monkeypatch.setattr(pagination, "MAX_COUNTED", 2)
    units = list(Unit.objects.order_by("pk")[:5])

    def words(number):
        shown, others = pagination.shown_of(Unit.objects.filter(pk__in=[one.pk for one in units[:number]]), 2)
        assert len(shown) == 2
        return others

    assert [words(number) for number in (2, 3, 4, 5)] == ["", "另有 1 件", "另有 2 件", "另有 2+ 件"]
