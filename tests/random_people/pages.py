"""What somebody can read: every page, file, paper, list, search and export, and others' things by their address."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.test import Client

from tests import cast
from tests.figures import assert_each_is_a_list_counted
from tests.random_people.expected import INNER
from tests.random_people.words import MARK, Word
from tests.random_people.world import World, body
from yuetan import permissions
from yuetan.ledgers.agenda.agenda import agenda
from yuetan.ledgers.agenda.agenda_entry import EntryKind
from yuetan.ledgers.export import LEDGERS
from yuetan.models import Attachment, Case, Document, Letter, Scan, SearchEntry
from yuetan.rules.dates import clock
from yuetan.rules.dates.periods import Period
from yuetan.views.home.statistics import KINDS

LISTS = (
    "/",
    "/todos/",
    "/agenda/",
    "/agenda/?view=week",
    "/agenda/?view=list",
    "/agenda/mine.ics",
    "/alerts/",
    "/delegations/",
    "/done/",
    "/followed/",
    "/cases/",
    "/tasks/",
    "/supervision-letters/",
    "/documents/",
    "/letters/",
    "/measures/",
    "/restrictions/",
    "/dossiers/",
    "/prepared/",
    "/cases/?print=1",
    "/reporting/",
    "/meetings/",
    "/received/",
    "/assignments/",
    "/assessment/",
    "/assessment/ranking/",
    "/rounds/",
)
OFFICE_PAGES = (
    "/statistics/",
    "/statistics/?kind=month",
    "/statistics/file/",
    "/archive/",
    "/approvals/",
    "/settings/changes/",
    "/documents/printings/",
    "/documents/numbers/",
    "/documents/unsigned-notices/",
    "/measures/unsigned/",
    "/log/",
    "/log/logins/",
    "/log/sights/",
    "/log/record/",
    "/log/?print=1",
    "/imports/",
    "/archive/",
    "/archive/destructions/",
    "/units/",
    "/units/?state=in_use",
    "/restrictions/inquiries/",
    "/reporting/analyses/",
    "/received/statistics/",
    "/alerts/deliveries/",
    "/cases/new/",
    "/letters/new/",
    "/measures/new/",
    "/restrictions/inquiries/new/",
)
SEARCHED = (
    "/search/?q={}",
    "/search/?kind=case&q={}",
    "/cases/?q={}",
    "/tasks/?q={}",
    "/supervision-letters/?q={}",
    "/documents/?q={}",
    "/documents/numbers/?q={}",
    "/units/?q={}",
)
NEVER_ENTERED = "记0终"
# Who may take out a ledger that is not everybody's, by its key.
AUDITOR = {"security_auditor"}
OPEN_TO = {
    "numbers": INNER,
    **dict.fromkeys(("archive", "reports", "analyses", "inquiries"), INNER),
    "units": {*INNER, "system_administrator"},
    **dict.fromkeys(("log", "logins", "failed_logins", "sights", "printed"), AUDITOR),
}


def read_pages(world: World, who: str, *, which: int, whole: bool = False) -> None:
    """One page of everything somebody can open, or all of it."""
    client = world.browser(who)
    urls = [*LISTS, *OFFICE_PAGES, *_keyed_pages(world)]
    for url in urls if whole else [urls[which % len(urls)]]:
        world.read(who, client.get(url), url)


def _keyed_pages(world: World) -> Iterator[str]:
    for matter in world.matters:
        yield from (f"/cases/{matter.pk}/{part}" for part in ("", "versions/", "minutes/"))
    for code in sorted({matter.unit for matter in world.matters}):
        for of in ("", "dossiers/"):
            yield f"/{of}units/{cast.unit(code).pk}/"
            yield f"/{of}people/{cast.head(code).pk}/"


def lists_hold_exactly_ones_own(world: World, who: str) -> None:
    """Ledgers, search and 日程 hold each case and each letter that is somebody's to see, and no other."""
    user, half_a_year = cast.person(who), timedelta(days=180)
    for key, things in (("cases", Case.objects.all()), ("letters", Letter.objects.all())):
        listed = {thing.pk for thing in LEDGERS[key].filtered(user, QueryDict("")).qs}
        assert listed == {thing.pk for thing in things if world.people.side(who, world.subject(thing.pk))}, key
    for case in Case.objects.all():
        found = SearchEntry.objects.find(user, case.register_number).filter(case=case).exists()
        is_inner = world.people.side(who, world.subject(case.pk)) == "inner"  # units know of no such number
        assert found == is_inner, f"{who} searches {case.register_number}"
    shown = agenda(user, clock.today() - half_a_year, clock.today() + half_a_year).entries
    arranged = Case.objects.exclude(scheduled_at=None)
    theirs = {f"interview-{case.pk}" for case in arranged if world.people.side(who, world.subject(case.pk))}
    assert {entry.key for entry in shown if entry.kind == EntryKind.INTERVIEW} == theirs, "agenda"


def figures_count_what_is_listed(who: str, which: int) -> None:
    """统计 of one who may read it: the counters that all steps kept say what the ledgers list."""
    user = cast.person(who)
    if user.has_perm(permissions.name("see_inner_case")):
        assert_each_is_a_list_counted(user, Period.around(KINDS[which % len(KINDS)], clock.today()))


def find_only_ones_own(world: World, who: str) -> None:
    """A thing that is not theirs is found by nobody, whatever address they guess; what is theirs is."""
    client = world.browser(who)
    for url, theirs in _things(world, who):
        answer = client.get(url)
        assert (answer.status_code == 200) == theirs, f"{who} at {url}: {answer.status_code}"
        assert theirs or answer.status_code == 404
        world.read(who, answer, url)
    theirs = {paper.pk: paper for paper in Document.objects.visible_to(cast.person(who))}
    for paper in Document.objects.all():
        assert (paper.pk in theirs) == _side(world, who, paper)
    for paper in theirs.values():
        _read_text(world, who, f"{paper.html} {paper.facts}", str(paper))


def _things(world: World, who: str) -> Iterator[tuple[str, bool]]:
    for matter in world.matters:
        yield f"/cases/{matter.pk}/", bool(world.people.side(who, matter))
    entered = [matter.pk for matter in world.entered]  # nobody has marked its words
    for attachment in Attachment.objects.exclude(case__in=entered):
        number = int(MARK.findall(attachment.name)[0])
        word = world.words.by_number[number]
        own = world.people.side(who, world.subject(word.matter)) == "unit" or not attachment.is_draft
        yield f"/files/{attachment.pk}/", own and world.may_read(who, word)
    for letter in Letter.objects.all():
        yield f"/letters/{letter.pk}/", bool(world.people.side(who, world.subject(letter.pk)))
    for paper in Document.objects.defer("html"):
        yield f"/documents/{paper.pk}/", _side(world, who, paper)
    for scan in Scan.objects.select_related("document"):
        yield f"/scans/{scan.pk}/", _side(world, who, scan.document)


def _side(world: World, who: str, paper: Document) -> bool:
    return bool(world.people.side(who, world.subject(paper.case_id or paper.letter_id)))


def search_says_nothing(world: World, who: str, which: int) -> None:
    """To search for words that are not one's to read is to search for words that nobody ever typed."""
    secret = [word for word in world.words.by_number.values() if not world.may_read(who, word)]
    if not secret:
        return
    word = secret[which % len(secret)]
    client = world.browser(who)
    for url in SEARCHED:
        assert _answer(client, url, f"记{word.number}终") == _answer(client, url, NEVER_ENTERED), f"{who}: {word}"


def _answer(client: Client, url: str, words: str) -> tuple[int, str]:
    answer = client.get(url.format(words), follow=True)
    return answer.status_code, _without(body(answer), words)


def _without(text: str, words: str) -> str:
    digits = words[1:-1]
    return text.replace(words, "…").replace(f"%E8%AE%B0{digits}%E7%BB%88", "…")


def export_says_nothing(world: World, who: str) -> None:
    """The Excel file of every ledger."""
    for key in LEDGERS:
        answer = world.browser(who).post(f"/ledgers/{key}/export/?state=")
        holders = OPEN_TO.get(key)
        assert answer.status_code == (200 if holders is None or world.people.holds(who, holders) else 403)
        if answer.status_code == 200:
            parts = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
            _read_text(world, who, " ".join(parts.read(name).decode() for name in parts.namelist()), f"ledger {key}")


def a_batch_holds_only_ones_own(world: World, who: str) -> None:
    """Nobody takes out papers together that they could not read one by one."""
    for paper in Document.objects.defer("html"):
        data: dict[str, Any] = {"documents": [str(paper.pk)], "form": "merged"}
        answer = world.browser(who).post("/documents/batches/new/", data)
        assert answer.status_code == (302 if _side(world, who, paper) else 404), f"{who} takes {paper}"


def _read_text(world: World, who: str, text: str, where: str) -> None:
    for number in {int(number) for number in MARK.findall(text)}:
        word: Word = world.words.by_number[number]
        assert world.may_read(who, word), f"{who} reads {word} in {where}"
