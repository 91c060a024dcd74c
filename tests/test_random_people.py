"""Random people play random steps: never an unlawful state, never a lost text, never what is the other side's.

Quick and always the same by default. `YUETAN_RANDOM_PEOPLE=500` plays five hundred examples of
sixty steps, each time others; what fails is printed with the lines that play it again, and with
`YUETAN_RANDOM_SHORTEN=1` it is first made as short as it can be, which takes minutes.
"""

from __future__ import annotations

import copy
import os
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings as django_settings
from django.db import transaction
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests import cast
from tests.pending_rows import assert_equal_for
from tests.random_people import attempts, beside, earlier, expected, pages
from tests.random_people.world import Note, World, now
from tests.steps import STEPS
from yuetan.vocabulary import SEPARATE_POSTS

MORE = int(os.environ.get("YUETAN_RANDOM_PEOPLE", "0"))
SHORTEN = bool(os.environ.get("YUETAN_RANDOM_SHORTEN"))
LAST_DAY = cast.MONDAY + timedelta(days=58)  # from then on the feast days decide, which the play does not foretell
UNITS = (cast.TOWN, cast.COUNTY, cast.MEMBER_UNIT)
GAPS = (timedelta(hours=1), timedelta(days=1, hours=2), timedelta(days=3), timedelta(days=8), timedelta(days=15))
INDEX = st.integers(0, 999)


class RandomPeople(RuleBasedStateMachine):
    """One example: a copy of the world in which some cases stand at different steps, rolled back at its end."""

    beginning: World
    files: frozenset[Path]

    def __init__(self) -> None:
        super().__init__()
        self.world = copy.deepcopy(self.beginning)
        self.read_by = 0
        self.clock = time_machine.travel(cast.MONDAY + timedelta(days=8, hours=1), tick=False)
        self.traveller = self.clock.start()
        self.example = transaction.atomic()
        self.example.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)
        self.clock.stop()
        for path in stored_files() - self.files:
            path.unlink()

    def _matter(self, which: int) -> expected.Matter:
        return self.world.matters[which % len(self.world.matters)]

    def _anybody(self, which: int) -> str:
        people = self.world.people.with_account()
        return people[which % len(people)]

    def _at_browser(self, who: str, wanted: bool) -> bool:
        """Who has left every post cannot log in that day, and tries what others try past the pages."""
        return wanted and who in self.world.people.with_account()

    def _move(
        self, matter: expected.Matter, which: int, main: bool
    ) -> tuple[str, str, int | None, dict[str, Any]] | None:
        """One lawful move, on the main line if there is one: each verb as likely as another."""
        moves = list(self.world.moves(matter))
        wanted = [move for move in moves if main == ((matter.state, move[0]) in expected.MAIN_LINE)] or moves
        verbs = sorted({move[0] for move in wanted})
        if not verbs:
            return None
        of_verb = [move for move in wanted if move[0] == verbs[which % len(verbs)]]
        return of_verb[which // 7 % len(of_verb)]

    def _soon(self) -> None:
        self.traveller.shift(timedelta(minutes=1))

    def _go_on(self, which: int, move: int, *, main: bool, by_browser: bool) -> None:
        self._soon()
        matter = self._matter(which)
        chosen = self._move(matter, move, main)
        if chosen:
            verb, who, task, choice = chosen
            note(f"{verb} by {who}, task {task}, {choice}")
            self.world.step(matter, verb, who, task=task, choice=choice, by_browser=by_browser)

    @rule(which=INDEX, move=INDEX)
    def go_on(self, which: int, move: int) -> None:
        """A case goes on."""
        self._go_on(which, move, main=True, by_browser=False)

    @rule(which=INDEX, move=INDEX)
    def go_on_at_a_browser(self, which: int, move: int) -> None:
        """A case goes on, on its pages."""
        self._go_on(which, move, main=True, by_browser=True)

    @rule(which=INDEX, move=INDEX, by_browser=st.booleans())
    def do_something_meanwhile(self, which: int, move: int, by_browser: bool) -> None:
        """Something lawful happens that leaves the case where it is."""
        self._go_on(which, move, main=False, by_browser=by_browser)

    @rule(which=INDEX, move=INDEX, twist=st.sampled_from(attempts.TWISTS[1:]), part=INDEX, by_browser=st.booleans())
    def leave_something_out(self, which: int, move: int, twist: str, part: int, by_browser: bool) -> None:
        """The right person, but something needed is missing or wrong."""
        self._soon()
        matter = self._matter(which)
        chosen = self._move(matter, move, main=move % 3 == 0)
        if chosen:
            verb, who, task, choice = chosen
            note(f"{verb} by {who}, task {task}, {choice}: {twist}")
            at_browser = by_browser or twist in attempts.BY_BROWSER_ONLY
            chosen = {"task": task, "choice": choice, "twist": twist, "which": part}
            self.world.step(matter, verb, who, by_browser=at_browser, **chosen)

    @rule(which=INDEX, verb=st.sampled_from(sorted(STEPS)), who=INDEX, task=INDEX, by_browser=st.booleans())
    def try_anything(self, which: int, verb: str, who: int, task: int, by_browser: bool) -> None:
        """Anybody tries anything."""
        self._soon()
        matter = self._matter(which)
        number = sorted(matter.tasks)[task % len(matter.tasks)] if matter.tasks else None
        on = number if verb in (*attempts.SEVERAL, "accept_task") else None
        note(f"{verb} by {self._anybody(who)}, task {on}")
        self.world.step(matter, verb, self._anybody(who), task=on, by_browser=by_browser)

    @rule(unit=st.sampled_from(UNITS), who=INDEX, twist=st.sampled_from(attempts.TWISTS), by_browser=st.booleans())
    @precondition(lambda self: len(self.world.matters) < 9)
    def propose(self, unit: str, who: int, twist: str, by_browser: bool) -> None:
        """Somebody drafts a case; mostly somebody may."""
        self._soon()
        person = ("officer", "second_officer", self._anybody(who))[who % 3]
        at_browser = self._at_browser(person, by_browser or twist in attempts.BY_BROWSER_ONLY)
        self.world.begin(unit, person, twist=twist, which=who, by_browser=at_browser)

    @rule(unit=st.sampled_from(UNITS), which=INDEX, who=INDEX, by_browser=st.booleans())
    def write_to_a_unit(self, unit: str, which: int, who: int, by_browser: bool) -> None:
        """A reminder letter is drafted, signed, signed for; or somebody tries who may not."""
        self._soon()
        notes = self.world.notes
        if not notes or which % 4 == 0:
            drafter = ("supervisor", self._anybody(who))[who % 2]
            blank = ("", "", "matter", "problems", "requirements")[which % 5]
            beside.letter(self.world, drafter, unit, blank=blank, by_browser=self._at_browser(drafter, by_browser))
        elif which % 4 == 1:
            leader = ("group_leader", "deputy", self._anybody(who))[who % 3]
            at_browser = self._at_browser(leader, by_browser)
            beside.sign_letter(self.world, notes[who % len(notes)], leader, by_browser=at_browser)
        else:
            self._about_a_letter(notes[who % len(notes)], which, by_browser)

    def _about_a_letter(self, letter: Note, which: int, by_browser: bool) -> None:
        reader = (f"head_{letter.unit}", self._anybody(which))[which // 4 % 2]
        at_browser = self._at_browser(reader, by_browser)
        if which % 3 == 0:
            clerk = ("officer", "supervisor", self._anybody(which))[which // 12 % 3]
            paper = {"answer": letter.signed, "blank": which % 5 == 0}
            by_clerk = self._at_browser(clerk, by_browser)
            beside.register_letter_paper(self.world, letter, clerk, **paper, by_browser=by_clerk)
        elif which % 4 == 2:
            beside.take_letter(self.world, letter, reader, by_browser=at_browser)
        else:
            beside.answer_a_letter(self.world, letter, reader, blank=which % 5 == 0, by_browser=at_browser)

    @rule(unit=st.sampled_from(UNITS), which=INDEX, who=INDEX)
    def enter_what_was_done_on_paper(self, unit: str, which: int, who: int) -> None:
        """补录 is begun, goes on, is handed in, checked or discarded; or somebody tries who may not."""
        self._soon()
        person = ("officer", "second_officer", "director", self._anybody(who))[who % 4]
        entered = self.world.entered
        note(f"{person} enters what was done on paper: {which}")
        if not entered or (which % 6 == 0 and len(entered) < 3):
            earlier.begin_entering(self.world, person, unit)
        else:
            earlier.go_on_entering(self.world, entered[who % len(entered)], person, which=which)

    @rule(which=INDEX, who=INDEX, operation=st.sampled_from(("number", "void", "scan")), by_browser=st.booleans())
    def keep_papers(self, which: int, who: int, operation: str, by_browser: bool) -> None:
        """Numbers are reserved, used, voided; papers voided, their scans uploaded."""
        self._soon()
        inside = beside.anybody_inside(self.world)
        person = self._anybody(who) if who % 4 == 0 else inside[who % len(inside)]
        act = {"number": beside.number, "void": beside.void, "scan": beside.scan}[operation]
        act(self.world, person, which=which, by_browser=by_browser)

    @rule(which=INDEX)
    @precondition(lambda self: self.world.newcomers < 4)
    def somebody_is_replaced(self, which: int) -> None:
        """A post changes hands; the one who leaves has nothing left."""
        self._soon()
        posts = sorted(
            (post, who)
            for who, held in self.world.people.posts.items()
            for post, _, kind in held
            if kind not in SEPARATE_POSTS and not who.startswith("·")
        )
        post, leaver = posts[which % len(posts)]
        note(f"{leaver} leaves to {beside.replace(self.world, post)}")

    @rule(which=INDEX, unit=st.sampled_from(UNITS))
    @precondition(lambda self: sum(len(posts) > 1 for posts in self.world.people.posts.values()) < 2)
    def somebody_inside_serves_a_unit_too(self, which: int, unit: str) -> None:
        """回避: from now on they see the unit's half of its cases."""
        self._soon()
        inside = [one for one in beside.anybody_inside(self.world) if not self.world.people.belongs(one, unit)]
        who = inside[which % len(inside)]
        note(f"{who} is of {unit} too")
        beside.second_post(self.world, who, unit)

    @rule(who=INDEX, to=INDEX, days=st.sampled_from((0, 3, 20, 40)))
    def somebody_stands_in(self, who: int, to: int, days: int) -> None:
        """委托审定."""
        self._soon()
        people = self.world.people
        leaders = [one for one in people.with_account() if people.holds(one, expected.LEADERS)]
        delegator = leaders[who % len(leaders)] if who % 3 else self._anybody(who)
        beside.delegate(self.world, delegator, leaders[to % len(leaders)], days=days)

    @rule(who=INDEX, which=INDEX, what=st.sampled_from(("pages", "things", "search", "book", "batch")))
    def read(self, who: int, which: int, what: str) -> None:
        """Somebody looks for all there is."""
        person = self._anybody(who)
        note(f"{person} reads {what}")
        if what == "pages":
            pages.read_pages(self.world, person, which=which, whole=True)
            pages.figures_count_what_is_listed(person, which)
        elif what == "things":
            pages.find_only_ones_own(self.world, person)
            pages.lists_hold_exactly_ones_own(self.world, person)
        elif what == "search":
            pages.search_says_nothing(self.world, person, which)
        elif what == "book":
            pages.export_says_nothing(self.world, person)
        else:
            pages.a_batch_holds_only_ones_own(self.world, person)

    @rule(gap=st.sampled_from(GAPS))
    def time_passes(self, gap: timedelta) -> None:
        """The clock moves on."""
        if now() + gap < LAST_DAY:
            self.traveller.shift(gap)

    @invariant()
    def everything_holds(self) -> None:
        """After whatever was tried."""
        self.world.hold()

    @invariant()
    def somebody_awaits_what_the_table_of_steps_says(self) -> None:
        """待办, of one person after another."""
        self.read_by += 1
        people = self.world.people.with_account()
        assert_equal_for(cast.person(people[self.read_by % len(people)]))


def stored_files() -> frozenset[Path]:
    """Every file kept."""
    return frozenset(path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file())


# Where the play begins: unit, and how far its case has come.
BEGUN = (
    (cast.TOWN, "endorse"),
    (cast.COUNTY, "serve_notice"),
    (cast.MEMBER_UNIT, "send_minutes"),
    (cast.TOWN, "assign"),
    (cast.COUNTY, "close"),
)
REPORTED = ("prepare_report", "hand_in_report", "prepare_report", "hand_in_report")
USUAL = (
    *("submit", "endorse", "approve", "serve_notice", "acknowledge_receipt", "prepare_submission"),
    *("hand_in_submission", "hold_interview", "confirm_minutes", "send_minutes", "answer_minutes", "issue_minutes"),
    *("assign", *REPORTED, "accept_task", "accept_task", "begin_inspection", "conclude_inspection", "close"),
)


def begin() -> World:
    """Some cases on their way, with marked words in all their texts, by the same people."""
    world = World.of_the_cast()
    for unit, last in BEGUN:
        with time_machine.travel(cast.MONDAY, tick=False) as traveller:
            world.begin(unit, "officer", by_browser=False)
            for verb in USUAL[: USUAL.index(last) + 1]:
                traveller.shift(timedelta(days=8) if verb == "hold_interview" else timedelta(minutes=1))
                _go_on(world, world.matters[-1], verb)
    return world


def _go_on(world: World, matter: expected.Matter, wanted: str) -> None:
    _, who, task, choice = next(move for move in world.moves(matter) if move[0] == wanted)
    world.step(matter, wanted, who, task=task, choice=choice)


def test_random_people_never_get_the_case_where_it_may_not_be(office: object) -> None:
    RandomPeople.beginning = begin()
    RandomPeople.files = stored_files()
    quick = settings(
        max_examples=MORE or 6,
        stateful_step_count=60 if MORE else 12,
        derandomize=not MORE,
        database=None,
        print_blob=True,
        deadline=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink] if SHORTEN else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(RandomPeople, settings=quick)
    finally:
        shutil.rmtree(django_settings.MEDIA_ROOT, ignore_errors=True)
