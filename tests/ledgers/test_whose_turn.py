"""Lists by 现由谁办 and 承办人: a filter finds what the column says, and nothing inner of where one keeps away."""

import pytest

from tests import cast
from tests.exports import exported_rows
from tests.factories import appoint, case_after, case_in, letter_in, take
from tests.nothing_sent_twice import run_or_copy
from tests.web import browser
from yuetan.forms.frame.person_filters import CASE_ROLES, UNIT
from yuetan.ledgers.case.whose_turn import turns
from yuetan.ledgers.export import LEDGERS
from yuetan.models import Case, Letter, PendingStep, Task
from yuetan.vocabulary import CaseState, LetterState, PostKind, Role, TaskState, Verb

HEAD = f"head_{cast.TOWN}"
OTHER_SIDE = {"cases": "被约谈单位", "letters": "主送单位"}
ROWS = {"cases": Case, "letters": Letter}


@pytest.fixture
def full(office):
    def history():
        for state in (CaseState.DRAFTED, CaseState.PROPOSED, CaseState.NOTIFIED, CaseState.CLOSED):
            case_in(state)
        letter_in(LetterState.DRAFTED)
        letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
        return case_after(Verb.HAND_IN_REPORT)

    return run_or_copy(history, __name__)


def _hits(key, username, **asked):
    listed = LEDGERS[key].filtered(cast.person(username), asked)
    assert listed.is_valid(), listed.errors
    return {row.pk for row in listed.qs}


@pytest.mark.parametrize("key", ROWS)
def test_what_waits_for_a_side_is_what_the_column_says(full, key):
    rows = list(ROWS[key].objects.all())
    words = {
        pk: " ".join(name for names in turn.awaited.values() for name in names) for pk, turn in turns(rows).items()
    }
    seen = set()
    for value, name in ((UNIT, OTHER_SIDE[key]), *((role.value, role.label) for role in CASE_ROLES)):
        by_role = PendingStep.objects.now().filter(role=value) if value in Role.values else PendingStep.objects.none()
        in_person = {row.subject_id for row in by_role.exclude(person=None)}
        found = _hits(key, "officer", turn=value)
        assert found - in_person == {pk for pk in words if name in words[pk]} - in_person, value
        seen |= found
    assert seen
    assert seen < set(words) or key == "letters"


def test_what_waits_for_a_person_is_what_their_todos_say(full):
    for username in ("officer", "director", "group_leader", "supervisor"):
        person = cast.person(username)
        todos = {row.case_id for part in PendingStep.objects.of(person) for row in part if row.case_id}
        assert _hits("cases", "officer", turn=str(person.pk)) == todos, username
    assert _hits("cases", "officer", turn=str(cast.person("director").pk))


@pytest.mark.parametrize("key", ROWS)
def test_who_drafted_it_finds_it(full, key):
    for name in {row.drafter.name for row in ROWS[key].objects.all()}:
        assert _hits(key, "supervisor", officer=name) == {
            row.pk for row in ROWS[key].objects.filter(drafter__name=name)
        }
    assert _hits(key, "supervisor", officer="没有这个人") == set()


@pytest.mark.parametrize(
    ("key", "names"), [("cases", ("turn", "officer")), ("letters", ("turn", "officer", "approver"))]
)
def test_the_interviewed_side_is_not_asked_for_what_is_inner(full, key, names):
    everything = _hits(key, HEAD)
    for name in names:
        assert name not in LEDGERS[key].filtered(cast.person(HEAD), {}).form.fields
        assert _hits(key, HEAD, **{name: "unit"}) == everything != set()


@pytest.mark.parametrize("key", ROWS)
def test_who_keeps_away_from_a_unit_finds_nothing_of_it_by_what_is_inner(full, key):
    appoint(cast.person("second_officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    own = {row.pk for row in ROWS[key].objects.filter(unit__code=cast.TOWN)}
    assert _hits(key, "second_officer") & own
    assert not _hits(key, "second_officer", turn=UNIT) & own
    assert not _hits(key, "second_officer", officer=ROWS[key].objects.filter(pk__in=own).first().drafter.name) & own


def _task_rows(username, **asked):
    rows = browser(username).get("/tasks/", {"state": "", **asked}).context["rows"]
    return {row["task"].pk: row["turn"] for row in rows}


def test_a_task_waits_for_its_unit_until_it_reports_and_then_for_who_reviews_it(full):
    rows = _task_rows("supervisor")
    for task in Task.objects.all():
        awaited = rows[task.pk].awaited
        if task.state == TaskState.REPORTED:
            assert awaited == {"核查整改报告": ["督查员"]}
            assert rows[task.pk].since == task.reports.latest("handed_in_at").handed_in_at
        assert bool(awaited) == (task.state != TaskState.ACCEPTED)
    unit, office = (set(_task_rows("supervisor", turn=turn)) for turn in ("unit", "office"))
    assert unit == {pk for pk, turn in rows.items() if "报送整改报告" in turn.awaited}
    assert office == {pk for pk, turn in rows.items() if "核查整改报告" in turn.awaited} != set()


def test_an_extension_that_waits_is_named_with_the_report(office):
    case = case_in(CaseState.RECTIFYING)
    assert not _task_rows("officer", turn="office")
    take(Verb.ASK_EXTENSION, case)
    (turn,) = _task_rows("officer", turn="office").values()
    assert turn.awaited["审批延期"] == ["办公室主任"]


def test_the_file_of_tasks_says_whose_turn_it_is_to_both_sides(full):
    for username in ("officer", HEAD):
        head, *rows = exported_rows(username, "tasks", "state=")
        assert {row[head.index("现由谁办")] for row in rows} >= {"督查员：核查整改报告"}


def test_what_was_done_says_for_whom_it_waits_now(full):
    page = browser("officer").get("/done/")
    waiting = {row["event"].pk: row["turn"].words for row in page.context["rows"] if row["turn"].awaited}
    assert any(words.startswith("被约谈单位") for words in waiting.values())
    assert "现由谁办" in page.content.decode()
    assert "现由谁办" not in browser(HEAD).get("/done/").content.decode()
