"""The office, the units and their cases as they are played: what was predicted is compared with what is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.random_people import attempts, expected
from tests.random_people.expected import (
    DONE,
    GONE,
    NARROWED,
    NOT_THEIRS,
    PAPERS,
    REFUSED,
    REFUSED_OR_DONE,
    UNRECORDED,
    Attempt,
    Matter,
    People,
)
from tests.random_people.words import DRAFT, INNER, MARK, MEANWHILE, UNIT, Word, Words, follow, recorded
from tests.refusals import everything
from tests.steps import STEPS, proposal
from tests.web import BACKEND
from yuetan.actions.proposal.proposal import draft
from yuetan.errors import NotYours, Refused, StateChanged
from yuetan.models import Case, Document, Event, Interview, NumberCounter, NumberEntry, Post, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import SEPARATE_POSTS, DecisionKind

HIDDEN = "hidden"
ERRORS = re.compile(r'<div class="error-summary".*?</div>', re.DOTALL)
DECISIONS = ("approve", "decline", "confirm_approval", "confirm_decline")
BY_STATUS = {302: DONE, 403: NOT_THEIRS, 404: HIDDEN, 409: GONE, 422: REFUSED}
READERS = {INNER: ("inner",), UNIT: ("inner", "unit"), DRAFT: ("unit",), MEANWHILE: ("inner", "unit")}
OFFICE_KINDS = ("case_officer", "office_director", "supervisor")


@dataclass
class Note:
    """A letter or a number: whose it is, and whether its unit was told."""

    pk: object
    unit: str
    drafter: str = ""
    is_notified: bool = False
    signed: bool = False
    voided: bool = False
    answered: bool = False
    state: str = "drafted"
    about: Matter | None = None  # the case, where it is about one

    @property
    def readers(self) -> set[str] | None:
        """知悉范围: that of its case."""
        return self.about.readers if self.about else None


@dataclass
class World:
    """Everybody and everything that is played with."""

    people: People
    matters: list[Matter] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    entered: list[Matter] = field(default_factory=list)  # 补录
    words: Words = field(default_factory=Words)
    newcomers: int = 0
    why: str = ""  # what the last attempt was refused for

    @classmethod
    def of_the_cast(cls) -> World:
        """The office on Monday; nothing has happened."""
        return cls(People(posts_of_today()))

    def subject(self, pk: object) -> Matter | Note:
        """The case or letter with this key."""
        return next(one for one in (*self.matters, *self.notes, *self.entered) if one.pk == pk)

    def may_read(self, who: str, word: Word) -> bool:
        """Whether somebody may read this text now."""
        if word.matter is None:
            return self.people.holds(who, expected.INNER)
        return self.people.side(who, self.subject(word.matter)) in READERS[word.readers]  # type: ignore[arg-type]

    def moves(self, matter: Matter) -> Iterator[tuple[str, str, int | None, dict[str, Any]]]:
        """Everything somebody may lawfully do in a case now: verb, person, task, what is chosen."""
        for verb, asked in expected.WHOSE.items():
            here = (matter.state, verb) in expected.MAIN_LINE or matter.state in expected.MEANWHILE.get(verb, ())
            for who in [who for who in self.people.with_account() if here and asked(self.people, who, matter)]:
                for task in self._tasks(matter, verb):
                    for choice in self._choices(matter, verb, who):
                        if self._predicted(matter, verb, who, task, choice) == DONE:
                            yield verb, who, task, choice

    def _tasks(self, matter: Matter, verb: str) -> list[int | None]:
        named = verb in attempts_on_a_task()
        return list(matter.tasks) if named else [None]

    def _choices(self, matter: Matter, verb: str, who: str) -> list[dict[str, Any]]:
        if verb == "reschedule" and matter.interviewer and not self.people.serves(matter.interviewer[0]):
            return [{"interviewer": post} for post in Post.objects.current().filter(kind=matter.interviewer[1])]
        if verb == "register_decision":
            leaders = [one for one in sorted(self.people.posts) if self.people.holds(one, expected.APPROVING)]
            return [{"approver": cast.person(who), "decision": each} for who in leaders for each in DecisionKind]
        if verb == "set_readers":
            holders = [
                [one for one in self.people.with_account() if self.people.holds(one, {kind})] for kind in NARROWED
            ]
            pairs = [[cast.person(one), cast.person(other)] for one, other in product(*holders)]
            return [{"people": people} for people in (*pairs, [])]
        return attempts.CHOICES.get(verb, [{}])

    def _predicted(self, matter: Matter, verb: str, who: str, task: int | None, choice: dict[str, Any]) -> str:
        words = {"tasks": [1], **choice}
        return expected.expected(self._try(matter, verb, who, words, task), spoilt=False)

    def _try(self, matter: Matter, verb: str, who: str, words: dict[str, Any], task: int | None) -> Attempt:
        known = (*self.matters, *self.entered)
        others = (one for one in known if one is not matter and one.unit == matter.unit)
        alike = frozenset(one.pk for one in others if one.state not in ("closed", "declined", "withdrawn"))
        return Attempt(verb, who, self.people, matter, now(), words, task, alike)

    def begin(self, unit: str, who: str, *, twist: str = attempts.WHOLE, which: int = 0, by_browser: bool) -> str:
        """Somebody drafts a case about a unit."""
        hits = self._known_to(who, attempts.with_files(proposal(cast.unit(unit))))
        hits, is_spoilt = attempts.spoilt("draft", hits, twist, which)
        hits, planted = self.words.plant(hits)
        predicted = REFUSED if is_spoilt or self.people.belongs(who, unit) else DONE
        predicted = predicted if self.people.holds(who, {"case_officer"}) else NOT_THEIRS

        def by_action(user: User) -> Case:
            return draft(by=user, **hits)

        data = attempts.posted(hits)
        came = self.attempt(who, by_action, ("/cases/new/", f"/cases/new/?unit={data['unit']}", data), by_browser)
        assert came == predicted, f"draft by {who}: {came}, not {predicted}"
        if came == DONE:
            self._begun(unit, who, hits, planted)
        return came

    def _known_to(self, who: str, hits: dict[str, Any]) -> dict[str, Any]:
        """Told apart only from cases of which somebody may know (知悉范围): they are offered no others."""
        if "distinct_from" in hits:
            known = [case for case in hits["distinct_from"] if not self.people.left_out(who, self.subject(case.pk))]  # type: ignore[arg-type]
            return hits | {"distinct_from": known}
        return hits

    def _begun(self, unit: str, who: str, hits: dict[str, Any], planted: dict[int, str]) -> None:
        case = Case.objects.order_by("register_year", "register_serial").last()
        matter = Matter(case.pk, unit, who, scheduled_at=None)
        matter.whole = expected.is_whole(hits)
        matter.apart = {case.pk for case in hits["distinct_from"]}
        self.matters.append(matter)
        self.words.entered(planted, hits, matter=case.pk, verb="draft", task=None)
        self._persons(matter, case)
        event = case.events.get()
        assert (event.verb, event.actor.username, event.from_state, event.to_state) == ("draft", who, "", "drafted")

    def _persons(self, matter: Matter, case: Case) -> None:
        matter.interviewees = {post.pk: post.kind for post in case.interviewees.all()}
        post = case.interviewer
        matter.interviewer = (post.pk, post.kind) if post else None

    def step(
        self,
        matter: Matter,
        verb: str,
        who: str,
        *,
        task: int | None = None,
        choice: dict[str, Any] | None = None,
        twist: str = attempts.WHOLE,
        which: int = 0,
        by_browser: bool = False,
    ) -> str:
        """Somebody tries a step; how it ended is as predicted, and has left what it must and nothing else."""
        case = Case.objects.get(pk=matter.pk)
        hits = self._known_to(who, attempts.with_files(attempts.keywords(verb, case, task, **(choice or {}))))
        hits, is_spoilt = attempts.spoilt(verb, hits, twist, which)
        hits, planted = self.words.plant(hits)
        a = self._try(matter, verb, who, hits, task)
        predicted, before, last = expected.expected(a, spoilt=is_spoilt), matter.state, _last_event()
        url = attempts.address(verb, matter.pk)
        data = attempts.standing_rows(verb, case, task) | attempts.posted(hits) | {"confirmed": "1"}

        def by_action(user: User) -> Case:
            return STEPS[verb][0](case, by=user, **hits)  # type: ignore[index]

        came = self.attempt(who, by_action, (url, url, data), by_browser)
        if by_browser and not self.people.side(who, matter):
            predicted = HIDDEN
        ended = f"{verb} by {who} in {before} ({twist}): {came}, not {predicted}: {self.why}"
        assert came == predicted or not predicted or (predicted == REFUSED_OR_DONE and came in (REFUSED, DONE)), ended
        if came == DONE:
            self._done(a, planted, before, last)
        return came

    def _done(self, a: Attempt, planted: dict[int, str], before: str, last: int) -> None:
        self.words.entered(planted, a.words, matter=a.matter.pk, verb=a.verb, task=a.task)
        expected.happened(a)
        follow(self.words, a.matter.pk, a.verb, a.task)
        if a.verb == "withdraw" and a.matter.is_notified:
            for number in planted:
                self.words.by_number[number].readers = UNIT
        case = Case.objects.get(pk=a.matter.pk)
        if a.verb in ("revise_draft", "reschedule"):
            self._persons(a.matter, case)
        if a.verb in DECISIONS:
            deciders = [one.username for one in (case.approver, case.approved_for) if one]
            a.matter.deciders = {who: self._leading_posts(who) for who in deciders}
        if a.verb == "assign":
            a.matter.tasks = {t.number: expected.Task(t.number, t.agreed_due_on) for t in case.tasks.all()}
        self._recorded_once(a, before, last)
        self._lawful(a, case)

    def _leading_posts(self, who: str) -> set[str]:
        return {kind for _, _, kind in self.people.posts[who] if kind in expected.LEADERS}

    def _recorded_once(self, a: Attempt, before: str, last: int) -> None:
        """One line in the record: who, with which post, from where to where; a unit's own drafts leave none."""
        events = list(Event.objects.filter(pk__gt=last).select_related("actor"))
        known = a.verb in expected.WHOSE
        assert len(events) == (a.verb not in UNRECORDED) or (not known and not events), (a.verb, events)
        for event in events:
            recorded = (event.case_id, event.verb, event.actor.username, event.from_state, event.to_state)
            assert recorded == (a.matter.pk, a.verb, a.who, before, a.matter.state)
            assert event.actor_title == cast.person(a.who).title != ""
            assert event.created_at == clock.now()
            assert "document" in event.data or a.verb not in PAPERS

    def _lawful(self, a: Attempt, case: Case) -> None:
        """What the law and the office ask of persons, in the literal of the process."""
        if a.verb in DECISIONS:
            leader = case.approver
            assert leader.username not in (a.matter.drafter, a.matter.endorser, *a.matter.handed_in_by)
            assert not self.people.belongs(leader.username, a.matter.unit), "回避"
        if a.verb in ("submit", "reschedule"):
            wanted = {
                expected.INTERVIEWERS[case.unit.kind, "" if case.unit.kind == "member_unit" else post.rank]
                for post in case.interviewees.all()
            }
            assert wanted == {case.interviewer.kind}
        if a.verb == "endorse":
            assert a.who not in (a.matter.drafter, *a.matter.handed_in_by)

    def attempt(
        self,
        who: str,
        by_action: Callable[[User], Any],
        by_post: tuple[str, str, dict[str, Any]],
        by_browser: bool,
        *,
        same_page: bool = False,
    ) -> str:
        """Try it, as an action or by post (address, page of the form, what is sent); if not done, nothing is stored."""
        client = self.browser(who) if by_browser else Client()
        before, self.why = everything(), ""
        if by_browser:
            came = self._by_browser(who, client, *by_post, before, same_page)
        else:
            came = self._by_action(who, by_action)
        assert came == DONE or everything() == before, "something was stored"
        return came

    def _by_action(self, who: str, by_action: Callable[[User], Any]) -> str:
        try:
            by_action(cast.person(who))
        except StateChanged:
            return GONE
        except NotYours:
            return NOT_THEIRS
        except Refused as refused:
            self.why = "".join(reason.text for reason in refused.reasons)
            unfinished = [reason.text for reason in refused.reasons if not reason.text.endswith("。")]
            if unfinished or not refused.reasons:
                raise AssertionError(f"no sentence: {unfinished}") from refused
            return REFUSED
        return DONE

    def _by_browser(
        self,
        who: str,
        client: Client,
        url: str,
        page: str,
        data: dict[str, Any],
        before: dict[str, Any],
        same_page: bool,
    ) -> str:
        asked = client.get(page)
        self.read(who, asked, page)
        assert everything() == before, f"a GET of {page} stored something"
        answered = client.post(url, data)
        self.read(who, answered, url, entered=data)
        came = BY_STATUS[answered.status_code]
        self.why = _errors(answered) if came == REFUSED else ""
        shown = came in (DONE, REFUSED) or (same_page and came == NOT_THEIRS)
        assert asked.status_code == (200 if shown else answered.status_code), (who, page, asked.status_code, came)
        if came in (REFUSED, GONE):
            _comes_back_as_entered(answered, data)
        return came

    def browser(self, who: str) -> Client:
        """Somebody logs in."""
        client = Client()
        client.force_login(cast.person(who), backend=BACKEND)
        return client

    def read(self, who: str, response: HttpResponse, url: str, entered: dict[str, Any] | None = None) -> str:
        """The text of an answer, in which stands nothing that is not this person's to read, but what they typed."""
        assert response.status_code < 500, url
        text = body(response)
        own = {int(number) for number in MARK.findall(str(entered))} if entered else set()
        for number in {int(number) for number in MARK.findall(text)} - own:
            word = self.words.by_number.get(number)
            assert word is not None, f"{who} reads 记{number}终 at {url}, which nobody handed in"
            assert self.may_read(who, word), f"{who} reads {word} at {url}"
        if not self.people.holds(who, expected.INNER | set(SEPARATE_POSTS)):
            shown = [name for name in self._office_names(but=who) if name in text and name not in str(entered)]
            assert not shown, f"{who} reads the names {shown} at {url}"
            assert "约谈〔" not in text, f"{who} reads how many cases there are at {url}"
        return text

    def _office_names(self, *, but: str) -> list[str]:
        """Names the minutes do not print: who recorded an interview is told to the unit, if they drafted nothing."""
        shown = []
        for held in Interview.objects.select_related("recorder"):
            matter = self.subject(held.case_id)
            assert isinstance(matter, Matter)
            if held.recorder.username not in (matter.drafter, *matter.handed_in_by):
                shown.append(held.recorder_id)
        others = Post.objects.filter(kind__in=OFFICE_KINDS).exclude(holder__username=but).exclude(holder__in=shown)
        return list(others.values_list("holder__name", flat=True).distinct())

    def hold(self) -> None:
        """What must hold after whatever was tried."""
        numbers_have_no_gap()
        cases = {case.pk: case for case in Case.objects.prefetch_related("tasks")}
        assert cases.keys() == {matter.pk for matter in (*self.matters, *self.entered)}
        for matter in self.matters:
            self._as_predicted(matter, cases[matter.pk])
        kept = {number for number, word in self.words.by_number.items() if word.kept}
        lost = [str(self.words.by_number[number]) for number in kept - recorded()]
        assert not lost, f"lost: {lost}"
        connection.check_constraints()

    def _as_predicted(self, matter: Matter, case: Case) -> None:
        assert case.state == matter.state
        people = (case.drafter.username, _name(case.endorser), _name(case.approver))
        assert people == (matter.drafter, matter.endorser, matter.approver)
        known = [who for who in people if who]
        assert len(set(known)) == len(known), "three persons"
        hits = {task.number: (task.state, task.agreed_due_on) for task in case.tasks.all()}
        assert hits == {task.number: (task.state, task.due) for task in matter.tasks.values()}


def attempts_on_a_task() -> set[str]:
    """Steps that are about one task."""
    return {
        *("prepare_report", "hand_in_report", "accept_task", "return_task"),
        *("prepare_progress", "hand_in_progress"),
        *("ask_extension", "decide_extension", "pause_task", "resume_task"),
        *("register_report", "register_progress", "register_extension"),
    }


def numbers_have_no_gap() -> None:
    """Every series runs from one to its counter, each number once, and each paper's number stands in the book."""
    given: dict[tuple[str, int], list[int]] = {}
    own_series = NumberEntry.objects.filter(is_earlier=False)  # numbers of then belong to papers of then
    for prefix, year, serial in own_series.values_list("prefix", "year", "serial"):
        given.setdefault((prefix, year), []).append(serial)
    for year, serial in Case.objects.values_list("register_year", "register_serial"):
        given.setdefault(("约谈", year), []).append(serial)
    counted = {(counter.prefix, counter.year): counter.last for counter in NumberCounter.objects.all()}
    assert {key: sorted(serials) for key, serials in given.items()} == {
        key: list(range(1, last + 1)) for key, last in counted.items()
    }
    papers = Document.objects.values_list("prefix", "year", "serial", "entry__prefix", "entry__year", "entry__serial")
    assert all(row[:3] == row[3:] for row in papers)


def posts_of_today() -> dict[str, set[tuple[int, str, str]]]:
    """Who begins with which post; from then on the play keeps its own list."""
    posts: dict[str, set[tuple[int, str, str]]] = {}
    for post in Post.objects.filter(ended_on=None).select_related("holder", "unit"):
        posts.setdefault(post.holder.username or f"·{post.holder_id}", set()).add((post.pk, post.unit.code, post.kind))
    return posts


def now() -> datetime:
    """The time on the office's wall."""
    return timezone.localtime(clock.now())


def body(response: HttpResponse) -> str:
    """What an answer says, without the token of its forms."""
    whole = b"".join(response) if response.streaming else response.content
    return re.sub(r'name="(?:csrfmiddlewaretoken|form_key)" value="[\w-]+"', "", whole.decode(errors="replace"))


def _errors(answered: HttpResponse) -> str:
    """What a page that refuses says, in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", "".join(ERRORS.findall(body(answered)))).split())


def _name(user: User | None) -> str | None:
    return user.username if user else None


def _last_event() -> int:
    last = Event.objects.order_by("pk").last()
    return last.pk if last else 0


def _comes_back_as_entered(response: HttpResponse, data: dict[str, Any]) -> None:
    """The form is shown again with every text in it."""
    text = body(response)
    texts = {str(value) for value in data.values() if isinstance(value, str)}
    lost = [value for value in texts for mark in MARK.findall(value) if f"记{mark}终" not in text]
    assert not lost, f"not on the page that refuses: {lost}"
