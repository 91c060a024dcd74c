"""The pages that are measured, each with the same rows by hand."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from django.db.models import Count

from benchmark.ladder_pages import pages_of_the_ladder
from benchmark.measured_page import MeasuredPage
from benchmark.report_pages import pages_of_reports
from benchmark.year_pages import pages_of_the_year
from yuetan.models import Case, Post, Task, Unit, User
from yuetan.vocabulary import CaseState, PostKind

CASES = "SELECT register_year, register_serial, matter, unit, interviewer, state, due_on, id FROM by_hand.cases"
TASKS = "SELECT effective_due_on, unit, matter, number, content, state, case_id FROM by_hand.tasks"
PAPERS = "SELECT prefix, year, serial, title, kind, issued_at, unit, case_id FROM by_hand.papers"
REGISTER = " ORDER BY register_year DESC, register_serial DESC LIMIT 20"
AWAITING = " WHERE state NOT IN ('closed', 'declined', 'withdrawn') ORDER BY due_on LIMIT 30"
OPEN_TASKS = " WHERE state <> 'accepted' ORDER BY effective_due_on, id LIMIT 20"
LATEST = " ORDER BY issued_at DESC, id LIMIT 20"
BY_MONTH = "SELECT state, count(*) FROM by_hand.cases GROUP BY state"
OF_A_CASE = (
    CASES + " WHERE id = %s",
    TASKS + " WHERE case_id = %s",
    PAPERS + " WHERE case_id = %s",
    "SELECT verb, actor_title, opinion, created_at FROM yuetan_event WHERE case_id = %s ORDER BY id",
)


def liaison_of(unit: Unit) -> User:
    """Who works for a unit."""
    return Post.objects.current().filter(unit=unit, kind=PostKind.LIAISON).earliest("pk").holder


def people() -> dict[str, User]:
    """Those who look: the office, and the liaisons of the unit with most cases and of one with few."""
    office = {name: User.objects.get(username=name) for name in ("officer", "director", "supervisor", "group_leader")}
    of_units = Case.objects.filter(state=CaseState.CLOSED).order_by().values("unit").annotate(cases=Count("pk"))
    by_cases = [row["unit"] for row in of_units.order_by("-cases", "unit")]
    busy, quiet = (Unit.objects.get(pk=key) for key in (by_cases[0], by_cases[-1]))
    return office | {"busy unit": liaison_of(busy), "quiet unit": liaison_of(quiet)}


def pages(users: dict[str, User]) -> Iterator[MeasuredPage]:
    """Every page with who opens it."""
    yield from office_lists()
    yield from _of_units(users)
    yield from _of_one_case()
    yield from pages_of_the_ladder(users)
    yield from pages_of_reports(users)
    yield from pages_of_the_year(users)


def office_lists() -> Iterator[MeasuredPage]:
    """The homes and lists of the office, which are at one address whatever the data."""
    for who in ("officer", "director", "supervisor", "group_leader"):
        yield MeasuredPage("home", who, "/", (CASES + AWAITING,))
    yield MeasuredPage("cases", "officer", "/cases/", (CASES + REGISTER,))
    yield MeasuredPage("cases, one state", "officer", "/cases/?state=closed", (_in_state() + REGISTER,))
    yield MeasuredPage("cases, page 50", "officer", "/cases/?page=50", (CASES + REGISTER,))
    yield MeasuredPage("tasks", "supervisor", "/tasks/", (TASKS + OPEN_TASKS,))
    yield MeasuredPage("documents", "officer", "/documents/", (PAPERS + LATEST,))
    order = " ORDER BY year DESC, prefix, serial DESC LIMIT 20"
    yield MeasuredPage("number register", "officer", "/documents/numbers/", (PAPERS + order,))
    yield MeasuredPage("alerts", "officer", "/alerts/", (CASES + REGISTER,))
    yield MeasuredPage("new letter", "supervisor", "/letters/new/", (CASES + REGISTER,))
    for words in ("线索", "线索 摸排", "约谈〔2026〕12号"):
        yield MeasuredPage(f"search, {words}", "officer", f"/search/?q={quote(words)}", (CASES + REGISTER,))
    yield MeasuredPage("agenda, month", "officer", "/agenda/", (CASES + REGISTER,))
    yield MeasuredPage("agenda, month", "group_leader", "/agenda/", (CASES + REGISTER,))
    for kind in ("year", "month"):
        yield MeasuredPage(f"statistics, {kind}", "officer", f"/statistics/?kind={kind}", (BY_MONTH,))
    yield MeasuredPage("done", "officer", "/done/", (CASES + REGISTER,))
    yield MeasuredPage("done", "supervisor", "/done/", (CASES + REGISTER,))
    for order in ("number", "kind", "unit"):
        yield MeasuredPage(f"documents by {order}", "officer", f"/documents/?sort={order}", (PAPERS + LATEST,))
    yield MeasuredPage("numbers by unit", "officer", "/documents/numbers/?sort=unit", (PAPERS + LATEST,))


def _in_state() -> str:
    return CASES + " WHERE state = 'closed'"


def _of_units(users: dict[str, User]) -> Iterator[MeasuredPage]:
    for who in ("busy unit", "quiet unit"):
        unit = users[who].current_posts[0].unit_id
        own = (unit,)
        open_tasks = OPEN_TASKS.replace("WHERE", "WHERE unit_id = %s AND")
        yield MeasuredPage("home", who, "/", (TASKS + open_tasks,), own)
        yield MeasuredPage("cases", who, "/cases/", (CASES + " WHERE unit_id = %s AND announced" + REGISTER,), own)
        yield MeasuredPage("tasks", who, "/tasks/", (TASKS + open_tasks,), own)
        yield MeasuredPage("documents", who, "/documents/", (PAPERS + " WHERE unit_id = %s" + LATEST,), own)
    yield MeasuredPage("new proposal", "officer", f"/cases/new/?unit={unit}", (CASES + REGISTER,))
    for who in ("busy unit", "quiet unit"):
        post = users[who].current_posts[0]
        own = CASES + " WHERE unit_id = %s" + REGISTER
        yield MeasuredPage(f"record of {who}", "officer", f"/units/{post.unit_id}/", (own,), (post.unit_id,))
        address = f"/documents/numbers/?area={post.unit.code}"
        yield MeasuredPage(f"numbers of {who}", "officer", address, (own,), (post.unit_id,))
    leader = users["group_leader"]
    yield MeasuredPage("record of a leader", "officer", f"/people/{leader.pk}/", (CASES + REGISTER,))


def _of_one_case() -> Iterator[MeasuredPage]:
    """The case with most tasks of a state, and the pages of its steps."""
    stops = (
        (CaseState.CLOSED, "officer", ""),
        (CaseState.RECTIFYING, "supervisor", "steps/chase/"),
        (CaseState.IN_REVIEW, "director", "steps/endorse/"),
        (CaseState.PROPOSED, "group_leader", "steps/approve/"),
        (CaseState.APPROVED, "officer", "steps/serve_notice/"),
        (CaseState.INSPECTING, "supervisor", "steps/conclude_inspection/"),
    )
    for state, who, step in stops:
        case = _example(state)
        if case is None:  # of a small database no case may be there yet
            continue
        yield MeasuredPage(f"case, {state}", who, f"/cases/{case.pk}/", OF_A_CASE, (case.pk,))
        if step:
            address = f"/cases/{case.pk}/{step}"
            yield MeasuredPage(f"step, {step[6:-1]}", who, address, OF_A_CASE[:1], (case.pk,))


def _example(state: CaseState) -> Case | None:
    """Of one state the first, with most tasks where there are any."""
    task = Task.objects.filter(case__state=state).order_by("-number", "pk").first()
    return task.case if task else Case.objects.filter(state=state).order_by("register_year", "register_serial").first()
