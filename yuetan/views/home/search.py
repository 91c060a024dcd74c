"""搜索: one box for everything a person may see; results by kind, with the words marked where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yuetan import permissions, search_index
from yuetan.forms.papers.document import NUMBER
from yuetan.ledgers.subjects import subject_url, subjects_by_key
from yuetan.models import Case, Document, Post, SearchEntry, Subject, Unit, User
from yuetan.models.record.search_entry import MAX_WORDS, SearchEntryQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.text.marked_text import Piece, excerpt, marked
from yuetan.rules.text.official_text import normalise_text
from yuetan.views.frame.keyset import Order, Row, Values
from yuetan.views.frame.pagination import MAX_COUNTED, capped_words, paginate
from yuetan.views.frame.request import Request
from yuetan.views.home.analysis_search import analyses_named
from yuetan.views.home.assessment_search import sheets_named
from yuetan.views.home.meeting_search import meetings_named
from yuetan.views.home.received_search import received_named
from yuetan.views.home.restriction_search import restrictions_named
from yuetan.views.home.round_search import rounds_named
from yuetan.views.home.scheme_search import schemes_named

MAX_LENGTH = 100
FIRST_FEW = 5  # of a kind, where all kinds are shown
KINDS = {
    "case": "约谈事项",
    "letter": "提醒函",
    "measure_laid": "责任措施",
    "assignment": "交办事项",
}  # that have pages of their own


@require_safe
def search(request: Request) -> HttpResponse:
    """Everything that the words find, some of each kind; `?kind=` shows one kind from page to page."""
    words = normalise_text(request.GET.get("q", "")).strip()[:MAX_LENGTH]
    asked, kind = words.split(), request.GET.get("kind", "")
    context: dict[str, Any] = {"words": words, "cut_words": asked[MAX_WORDS:], "most_words": MAX_WORDS}
    if kind in KINDS:
        entries = SearchEntry.objects.find(request.user, words, [kind])
        facts = paginate(request, entries, order=ByPlaces.of(entries))
        context |= {**facts, "rows": _results(facts["rows"], request.user, asked), "kind": KINDS[kind]}
        return render(request, "search/kind.html", context)
    groups = [_subjects(request.user, words, each) for each in KINDS] if asked else []
    context["papers"] = _papers(request.user, words)
    if asked and request.user.has_perm(permissions.name("see_units")):
        context |= {"units": _units_named(words, asked), "people": _people(words, asked)}
    context["schemes"] = schemes_named(request.user, asked) if asked else []
    context["analyses"] = analyses_named(request.user, asked) if asked else []
    context["meetings"] = meetings_named(request.user, asked) if asked else []
    context["received"] = received_named(request.user, asked) if asked else {}
    context["restrictions"] = restrictions_named(request.user, asked) if asked else {}
    context["sheets"] = sheets_named(request.user, asked)
    context["visits"] = rounds_named(request.user, asked) if asked else {}
    context["groups"] = [group for group in groups if group["results"]]
    return render(request, "search/all.html", context)


class ByPlaces(Order):
    """The latest first, read place by place: a word costs no more because it stands in very many rows."""

    def read(self, rows: QuerySet[Row], beyond: Values | None, most: int) -> list[tuple[object, ...]]:
        """The keys of the next rows, each also as the value of this order."""
        assert isinstance(rows, SearchEntryQuerySet)
        place = None if beyond is None else int(str(beyond[0]))
        return [(key, key) for key in rows.keys_in_order(most, place, descending=self.keys[0].descending)]

    def count(self, rows: QuerySet[Row], beyond: Values | None, most: int) -> int:
        """How many rows there are, or lie beyond one."""
        return len(self.read(rows, beyond, most))


def _subjects(user: User, words: str, kind: str) -> dict[str, Any]:
    """The latest of a kind, and how many there are."""
    keys = SearchEntry.objects.find(user, words, [kind]).keys_in_order(MAX_COUNTED + 1)
    first = SearchEntry.objects.filter(pk__in=keys[:FIRST_FEW]).order_by("-pk") if keys else ()
    return {
        "label": KINDS[kind],
        "kind": kind,
        "count": capped_words(len(keys)),
        "has_more": len(keys) > FIRST_FEW,
        "results": _results(list(first), user, words.split()),
    }


def _results(entries: Sequence[SearchEntry], user: User, words: Sequence[str]) -> list[dict[str, object]]:
    """What a line of each shows; a query for each class and one for the text, however many there are."""
    texts = search_index.texts(entries)
    subjects = subjects_by_key(entries)
    return [_result(subjects[each.subject_id], texts[each.pk], user, words) for each in entries]


def _result(subject: Subject, text: str, user: User, words: Sequence[str]) -> dict[str, object]:
    inner = subject.is_inner_to(user)
    number = subject.register_number if isinstance(subject, Case) and inner else ""
    return {
        "url": subject_url(subject),
        "title": marked(subject.title, words),
        "unit": marked(subject.unit_label, words),
        "number": marked(number, words),
        "state": subject.state_for(user),
        "excerpt": _beyond(excerpt(text, words), subject.title, words),
    }


def _beyond(pieces: list[Piece], title: str, words: Sequence[str]) -> list[Piece]:
    """The excerpt, unless it says no more than the title, which stands above it."""
    in_title = sum(piece.is_marked for piece in marked(title, words))
    whole = "".join(piece.text for piece in pieces).strip("… ")
    return [] if in_title and whole in title else pieces


def _papers(user: User, words: str) -> list[Document]:
    """The paper whose whole number was asked for."""
    number = NUMBER.fullmatch(words)
    if not number:
        return []
    prefix, year, serial = number.groups()
    papers = Document.objects.visible_to(user).for_lists().filter(year=int(year), serial=int(serial))
    return list(papers.filter(prefix__endswith=prefix)[:FIRST_FEW])


def _units_named(words: str, asked: Sequence[str]) -> dict[str, Any]:
    units = Unit.objects.matching(words)
    first = list(units.select_related("parent")[: FIRST_FEW + 1])
    return {
        "results": [{"unit": unit, "name": marked(unit.shown_name, asked)} for unit in first[:FIRST_FEW]],
        "has_more": len(first) > FIRST_FEW,
    }


def _people(words: str, asked: Sequence[str]) -> dict[str, Any]:
    """People by name or the initials of its pinyin, each with the posts held today, or else the last one held."""
    first = list(User.objects.matching(words).order_by("name", "pk")[: FIRST_FEW + 1])
    shown = first[:FIRST_FEW]
    held: dict[int, list[Post]] = {}
    for post in Post.objects.filter(holder__in=shown).select_related("unit__parent").order_by("-began_on", "-pk"):
        held.setdefault(post.holder_id, []).append(post)
    lines = [{"name": marked(one.name, asked), "posts": _named_posts(held.get(one.pk, []))} for one in shown]
    return {"results": lines, "has_more": len(first) > FIRST_FEW}


def _named_posts(posts: Sequence[Post]) -> list[Post]:
    today = clock.today()
    return [post for post in posts if post.ended_on is None or post.ended_on > today] or list(posts[:1])
